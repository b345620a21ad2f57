"""Maps, imports and matching together: what is told, kept, told anew, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from evengait.actions.add_map import add_map
from evengait.actions.import_archive import import_archive
from evengait.actions.match_surfaces import match_surfaces
from evengait.actions.undo_import import undo_import
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.maps.shelf import Shelf
from made_up_map import gpx_of, run_along, write_map

if TYPE_CHECKING:
    from pathlib import Path

ROAD = {"highway": "tertiary", "surface": "asphalt"}
PATH = {"highway": "path", "surface": "ground"}
NORTH = [(0.0, 0.0), (0.0, 1500.0)]
MIXED = [(ROAD, [(0.0, 0.0), (0.0, 1000.0)]), (PATH, [(0.0, 1000.0), (0.0, 1500.0)])]
FAR = [(90_000.0, 0.0), (90_000.0, 1500.0)]


class Home:
    """A home with an archive, maps and files to take in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder / "home", folder / "files"
        self.files.mkdir()
        self.runner = runner_folder(self.folder, "me")

    def add_map(self, ways: Any, name: str = "hills") -> None:
        add_map(self.folder, write_map(self.files / f"{name}.osm.pbf", ways), name=name)

    def bring(self, name: str, points: Any, day: int = 1) -> Any:
        file = self.files / f"{name}.gpx"
        file.write_text(gpx_of(run_along(points, error_m=3), datetime(2026, 5, day, 6, tzinfo=UTC)))
        return import_archive(self.runner, [file], workers=1)

    def match(self, **how: Any) -> Any:
        return match_surfaces(self.folder, self.runner, **how)

    @property
    def sessions(self) -> list[dict[str, Any]]:
        return Archive(self.runner).sessions().to_dicts()

    @property
    def surfaces(self) -> list[dict[str, Any]]:
        return Archive(self.runner).surfaces().to_dicts()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_an_import_tells_the_ground_where_a_map_covers_the_run(home: Home) -> None:
    home.add_map(MIXED)
    assert home.bring("one", NORTH).on_maps == 1
    (row,), (told,) = home.sessions, home.surfaces
    assert row["paved_share"] == pytest.approx(2 / 3, abs=0.04)
    assert row["trail_share"] == pytest.approx(1 / 3, abs=0.04)
    assert row["surface_source"] == "map"
    assert 0.85 < row["surface_sure"] < 1
    assert told["map"] == Shelf(home.folder).infos()[0].identifier
    assert sum(
        told[f"{name}_m"] for name in ("paved", "gravel", "trail", "other", "unknown")
    ) == pytest.approx(1500, abs=40)


def test_without_a_map_an_import_looks_at_no_ground(home: Home) -> None:
    assert home.bring("one", NORTH).on_maps == 0
    assert home.surfaces == []
    assert home.sessions[0]["paved_share"] is None


def test_a_map_that_comes_later_is_asked_by_hand(home: Home) -> None:
    home.bring("one", NORTH)
    home.bring("far", FAR, day=2)
    home.add_map(MIXED)
    report = home.match()
    assert (report.matched.total(), report.unknown, report.kept) == (1, 1, 0)
    assert {row["surface_source"] for row in home.sessions} == {"map", None}
    assert home.match().kept == 2
    assert home.match(again=True).matched.total() == 1


def test_a_newer_extract_tells_its_runs_anew_and_no_others(home: Home) -> None:
    home.add_map(MIXED)
    home.add_map([(ROAD, FAR)], name="away")
    home.bring("one", NORTH)
    home.bring("far", FAR, day=2)
    home.add_map([(PATH, NORTH)])
    report = home.match()
    assert (report.matched.total(), report.kept) == (1, 1)
    assert sorted(row["paved_share"] for row in home.sessions) == [0.0, 1.0]


def test_of_two_maps_the_one_that_tells_more_counts(home: Home) -> None:
    home.add_map([(PATH, [(0.0, 0.0), (0.0, 300.0)])], name="part")
    home.add_map(MIXED, name="whole")
    home.bring("one", NORTH)
    (told,) = home.surfaces
    assert told["map"].startswith("whole@")
    assert len(told["maps"]) == 2


def test_a_map_that_is_gone_tells_until_matched_anew(home: Home) -> None:
    home.add_map(MIXED)
    home.bring("one", NORTH)
    Shelf(home.folder).remove("hills")
    assert home.sessions[0]["surface_source"] == "map"
    assert home.match().unknown == 1
    assert home.sessions[0]["surface_source"] is None


def test_an_undo_takes_the_ground_back_and_an_import_brings_it_again(home: Home) -> None:
    home.add_map(MIXED)
    kept, gone = home.bring("one", NORTH), home.bring("two", NORTH, day=2)
    undo_import(home.runner, gone.batch)
    assert len(home.surfaces) == 1
    assert home.bring("two", NORTH, day=2).on_maps == 1
    undo_import(home.runner, kept.batch)
    assert len(home.surfaces) == 1


def test_a_damaged_map_does_not_keep_a_run_out(home: Home) -> None:
    home.add_map(MIXED)
    (home.folder / "maps" / "hills" / "way.npy").write_bytes(b"junk")
    report = home.bring("one", NORTH)
    assert report.sessions == 1
    assert "damaged" in report.problems[0]
    assert home.sessions[0]["paved_share"] is None


def test_nothing_is_written_where_nothing_changed(home: Home) -> None:
    home.add_map(MIXED)
    home.bring("one", NORTH)
    before = sorted(path.name for path in (home.runner / "surfaces").iterdir())
    assert home.match().kept == 1
    assert sorted(path.name for path in (home.runner / "surfaces").iterdir()) == before
