"""Maps on the shelf: whole or not at all, mapped into memory, taken off again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from evengait.actions.add_map import add_map
from evengait.core.errors import TableError, UsageError
from evengait.core.ground import ARRAYS
from evengait.storage.maps.shelf import Shelf
from made_up_map import write_map

if TYPE_CHECKING:
    from pathlib import Path

PATH = {"highway": "path"}


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return write_map(
        tmp_path / "green hills.osm.pbf", [(PATH, [(0, 0), (90, 0)])], stamp="2026-11-20T21:20:00Z"
    )


def test_a_map_comes_back_as_it_was_put(tmp_path: Path, extract: Path) -> None:
    added = add_map(tmp_path, extract)
    assert added.new
    assert (added.info.name, added.info.ways, added.info.data_of) == (
        "green-hills",
        1,
        "2026-11-20T21:20:00Z",
    )
    assert Shelf(tmp_path).infos() == [added.info]
    ways = Shelf(tmp_path).open(added.info)
    assert all(isinstance(getattr(ways, name), np.memmap) for name in ARRAYS if getattr(ways, name).size)
    assert ways.kinds[0].ground == "trail"


def test_the_same_extract_is_known_again(tmp_path: Path, extract: Path) -> None:
    first, second = add_map(tmp_path, extract), add_map(tmp_path, extract)
    assert (first.new, second.new) == (True, False)
    assert first.info == second.info


def test_a_newer_extract_of_the_same_name_replaces_the_older(tmp_path: Path, extract: Path) -> None:
    add_map(tmp_path, extract)
    write_map(extract, [(PATH, [(0, 0), (90, 0)]), (PATH, [(0, 9), (90, 9)])])
    assert add_map(tmp_path, extract).info.ways == 2
    assert [info.ways for info in Shelf(tmp_path).infos()] == [2]


def test_several_maps_and_one_taken_off(tmp_path: Path, extract: Path) -> None:
    add_map(tmp_path, extract)
    add_map(tmp_path, extract, name="other")
    Shelf(tmp_path).remove("green-hills")
    assert [info.name for info in Shelf(tmp_path).infos()] == ["other"]
    with pytest.raises(UsageError, match="no map called"):
        Shelf(tmp_path).remove("green-hills")


@pytest.mark.parametrize("name", ["../x", ".hidden", "a/b", "", "x" * 65])
def test_a_name_never_leads_off_the_shelf(tmp_path: Path, extract: Path, name: str) -> None:
    with pytest.raises(UsageError):
        Shelf(tmp_path).remove(name)
    if name:
        with pytest.raises(UsageError, match="A map's name"):
            add_map(tmp_path, extract, name=name)


def test_what_a_crash_left_half_written_is_no_map(tmp_path: Path, extract: Path) -> None:
    add_map(tmp_path, extract)
    (tmp_path / "maps" / ".green-hills.new").mkdir()
    (tmp_path / "maps" / "notes").mkdir()
    assert [info.name for info in Shelf(tmp_path).infos()] == ["green-hills"]
    add_map(tmp_path, extract, name="again")
    assert not (tmp_path / "maps" / ".green-hills.new").exists()


def test_a_damaged_or_foreign_map_says_what_to_do(tmp_path: Path, extract: Path) -> None:
    info = add_map(tmp_path, extract).info
    with pytest.raises(TableError, match="another version"):
        Shelf(tmp_path).open(replace(info, layout=0))
    (tmp_path / "maps" / info.name / "way.npy").write_bytes(b"short")
    with pytest.raises(TableError, match="surfaces remove green-hills"):
        Shelf(tmp_path).open(info)


def test_an_extract_without_a_runnable_way_is_told(tmp_path: Path) -> None:
    file = write_map(tmp_path / "sea.osm.pbf", [({"waterway": "river"}, [(0, 0), (9, 0)])])
    with pytest.raises(UsageError, match="Nothing in"):
        add_map(tmp_path, file)
    with pytest.raises(UsageError, match="no file"):
        add_map(tmp_path, tmp_path / "not there.osm.pbf")
