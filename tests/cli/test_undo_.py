from pathlib import Path

from click.testing import CliRunner

from evengait.actions.import_archive import import_archive
from evengait.cli import cli
from evengait.core.errors import UsageError
from small_files import strava_zip


def test_undo_says_what_it_removed(tmp_path: Path) -> None:
    report = import_archive(tmp_path / "runners" / "me", [strava_zip(tmp_path / "e.zip", [0, 1])], workers=1)
    words = ["--home", str(tmp_path), "undo", report.batch]
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    assert f"Took back import {report.batch}: 2 sessions removed" in result.stdout
    again = CliRunner().invoke(cli, words, standalone_mode=False)
    assert isinstance(again.exception, UsageError)
