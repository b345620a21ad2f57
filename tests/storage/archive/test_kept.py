"""What a long-lived process keeps of an archive is what the archive holds."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import polars as pl

from evengait.actions.import_archive import import_archive
from evengait.actions.undo_import import undo_import
from evengait.storage.archive import Archive
from evengait.storage.archive.kept import KeptArchive
from small_files import fit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def brought_in(tmp_path: Path, number: int) -> str:
    file = tmp_path / f"run{number}.fit"
    file.write_bytes(fit(number))
    return str(import_archive(tmp_path / "runner", [file]).batch)


def test_what_is_kept_follows_every_import_and_every_undo(tmp_path: Path) -> None:
    folder = tmp_path / "runner"
    assert KeptArchive(folder).sessions().is_empty()
    brought_in(tmp_path, 0)
    first = KeptArchive(folder).sessions()
    assert first.equals(Archive(folder).sessions())
    assert KeptArchive(folder).sessions() is first
    batch = brought_in(tmp_path, 1)
    assert KeptArchive(folder).sessions().height == 2
    undo_import(folder, batch)
    assert KeptArchive(folder).sessions().equals(first)
    name = first["session"][0]
    assert KeptArchive(folder).samples(name).collect().equals(Archive(folder).samples(name).collect())


def test_an_archive_that_is_gone_is_empty(tmp_path: Path) -> None:
    brought_in(tmp_path, 0)
    assert KeptArchive(tmp_path / "runner").sessions().height == 1
    shutil.rmtree(tmp_path / "runner")
    assert KeptArchive(tmp_path / "runner").sessions().is_empty()


def test_only_so_many_bytes_are_kept_of_all_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evengait.storage.archive import kept

    frame = pl.DataFrame({"a": range(1000)})
    monkeypatch.setattr(kept, "MOST_READ", 4 * int(frame.estimated_size()))
    for number in range(7):
        (tmp_path / str(number)).mkdir()  # what is read of one that is gone is dropped
        KeptArchive(tmp_path / str(number)).held("a", lambda: frame.clone())
    assert [key[0].name for key in kept._read.kept] == ["3", "4", "5", "6"]
    KeptArchive(tmp_path / "3").held("a", frame.clone)
    KeptArchive(tmp_path / "6").held("one more", frame.clone)
    assert [key[0].name for key in kept._read.kept] == ["5", "6", "3", "6"]
    whole = KeptArchive(tmp_path / "1").held("whole", lambda: [frame] * 9)
    assert [key[1] for key in kept._read.kept] == [
        "whole"
    ]  # larger than all that may be kept: at least the last
    assert KeptArchive(tmp_path / "1").held("whole", list) is whole


def test_what_was_read_and_drawn_of_one_that_is_gone_is_dropped(tmp_path: Path) -> None:
    from evengait.storage.archive import kept

    gone, other = tmp_path / "gone", tmp_path / "other"
    for folder in (gone, other):
        folder.mkdir()
        KeptArchive(folder).held("a", lambda: 1)
        KeptArchive(folder).pictured("a", lambda: {"wide": "x"})
    gone.rmdir()
    KeptArchive(other).held("a", lambda: 1)
    KeptArchive(other).pictured("a", lambda: {"wide": "x"})
    for shelf in (kept._read, kept._drawn):
        assert gone not in {folder for folder, _ in shelf.kept}
    kept.forget_frames(other)
    assert not {other, gone} & {folder for shelf in (kept._read, kept._drawn) for folder, _ in shelf.kept}


def test_pictures_are_kept_until_the_archive_changes_and_only_so_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evengait.storage.archive import kept

    drawn = []

    def draw(number: int, signs: int = 10) -> str:
        def made() -> dict[str, str]:
            drawn.append(number)
            return {"wide": f"{number}" * signs}

        return KeptArchive(tmp_path / "runner").pictured(number, made)["wide"]

    assert draw(1) == draw(1) == "1" * 10
    assert drawn == [1]
    draw(0)
    brought_in(tmp_path, 0)
    assert draw(1) == "1" * 10
    assert drawn == [1, 0, 1]
    assert [key[1] for key in kept._drawn.kept if key[0] == tmp_path / "runner"] == [
        1
    ]  # of what it was, none
    monkeypatch.setattr(kept, "MOST_DRAWN", 3 * sys.getsizeof("2" * 10))
    for number in (2, 3, 4):
        draw(number)
    assert [key[1] for key in kept._drawn.kept if key[0] == tmp_path / "runner"] == [2, 3, 4]
    assert draw(5, signs=99) == "5" * 99


def test_a_picture_of_something_else_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    from evengait.storage.archive import kept

    archive = KeptArchive(tmp_path)

    def draw(of: tuple[int, ...]) -> str:
        return archive.pictured("history", lambda: {"wide": f"{of}"}, of=of)["wide"]

    assert [draw((-1,)), draw((-2,)), draw((-2,))] == ["(-1,)", "(-2,)", "(-2,)"]
    assert len([folder for folder, _ in kept._drawn.kept if folder == tmp_path]) == 1
