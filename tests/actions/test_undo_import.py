from pathlib import Path

import pytest

from evengait.actions.import_archive import import_archive
from evengait.actions.undo_import import undo_import
from evengait.core.errors import UsageError
from evengait.storage.archive import Archive
from small_files import strava_zip


def test_an_import_can_be_taken_back_and_made_again(tmp_path: Path) -> None:
    export = strava_zip(tmp_path / "e.zip", [0, 1])
    home = tmp_path / "home"
    first = import_archive(home, [export], workers=1)
    undone = undo_import(home, first.batch)
    assert (undone.batch, undone.sessions) == (first.batch, 2)
    assert Archive(home).sessions().is_empty()
    assert not list((home / "originals").iterdir())
    assert import_archive(home, [export], workers=1).counts["added"] == 2


def test_what_another_import_found_to_be_the_same_stays_when_the_first_is_undone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = import_archive(home, [strava_zip(tmp_path / "a.zip", [0])], workers=1)
    renamed = strava_zip(tmp_path / "b.zip", [0])
    renamed.write_bytes(renamed.read_bytes().replace(b"100.fit.gz", b"777.fit.gz"))
    assert import_archive(home, [renamed], workers=1).counts["duplicate"] == 1
    undone = undo_import(home, first.batch)
    assert (undone.sessions, undone.kept) == (0, 1)
    assert Archive(home).sessions().height == 1
    assert Archive(home).files()["verdict"].to_list() == ["added"]
    assert import_archive(home, [renamed], workers=1).counts["duplicate"] == 1


@pytest.mark.parametrize("there", [True, False])
def test_an_unknown_import_is_one_sentence(tmp_path: Path, there: bool) -> None:
    if there:
        import_archive(tmp_path, [strava_zip(tmp_path / "e.zip", [0])], workers=1)
    with pytest.raises(UsageError, match="No import is called 'x'"):
        undo_import(tmp_path if there else tmp_path / "none", "x")
