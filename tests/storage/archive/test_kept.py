"""What a long-lived process keeps of an archive is what the archive holds."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

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


def test_only_so_much_is_kept(tmp_path: Path) -> None:
    from evengait.storage.archive import kept

    for number in range(kept.MOST_ARCHIVES + 3):
        (tmp_path / str(number)).mkdir()  # what is read of one that is gone is dropped at once
        KeptArchive(tmp_path / str(number)).held("a", lambda: 1)
    assert len(kept._kept) == kept.MOST_ARCHIVES
    for number in range(kept.MOST_THINGS + 3):
        assert KeptArchive(tmp_path).held(number, lambda number=number: number) == number  # type: ignore[misc]
    assert len(kept._kept[tmp_path][1]) == kept.MOST_THINGS


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
    assert [key[1] for key in kept._drawn if key[0] == tmp_path / "runner"] == [1]  # of what it was, none
    monkeypatch.setattr(kept, "MOST_DRAWN", 3 * sys.getsizeof("2" * 10))
    for number in (2, 3, 4):
        draw(number)
    assert [key[1] for key in kept._drawn if key[0] == tmp_path / "runner"] == [2, 3, 4]
    assert draw(5, signs=99) == "5" * 99
