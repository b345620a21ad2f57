import json
from pathlib import Path

from click.testing import CliRunner, Result

from evengait.actions.import_archive import import_archive
from evengait.cli import cli
from small_files import strava_zip


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "doctor", *words], standalone_mode=False)


def test_a_sound_archive_is_said_to_be(tmp_path: Path) -> None:
    report = import_archive(tmp_path / "runners" / "me", [strava_zip(tmp_path / "e.zip", [0, 1])], workers=1)
    result = run(tmp_path)
    assert result.return_value == 0
    assert "2 sessions from 4 files; 2 originals kept" in result.stdout
    assert report.batch in result.stdout
    document = json.loads(run(tmp_path, "--json").stdout)
    assert document["sound"]
    assert document["sessions"] == 2


def test_leftovers_are_told_and_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "runners" / "me"
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0])], workers=1)
    (folder / "samples" / "part-x-0001.parquet").write_bytes(b"x")
    result = run(tmp_path)
    assert result.return_value == 0
    assert "left 1 pieces" in result.stdout


def test_damage_is_an_exit_status(tmp_path: Path) -> None:
    folder = tmp_path / "runners" / "me"
    import_archive(folder, [strava_zip(tmp_path / "e.zip", [0])], workers=1)
    next((folder / "originals").iterdir()).unlink()
    result = run(tmp_path)
    assert result.return_value == 1
    assert "DAMAGED" in result.stdout
