"""Made-up towns and runs through them."""

from __future__ import annotations

import numpy as np

from evengait.simulation.town import TownSettings, make_town
from evengait.simulation.town_run import WatchSettings, run_through


def test_a_seed_makes_the_same_town_again() -> None:
    one, other = make_town(3), make_town(3)
    assert [way.tags for way in one.ways] == [way.tags for way in other.ways]
    assert all(np.array_equal(a.points, b.points) for a, b in zip(one.ways, other.ways, strict=True))


def test_ways_meet_at_their_ends() -> None:
    town = make_town(1)
    places: dict[int, list[float]] = {}
    for way in town.ways:
        for end, point in zip(way.ends, (way.points[0], way.points[-1]), strict=True):
            assert places.setdefault(end, point.tolist()) == point.tolist()


def test_tags_are_true_where_nothing_is_wrong_and_there_where_nothing_is_missing() -> None:
    told = {"asphalt": "paved", "gravel": "gravel", "dirt": "trail", "ground": "trail", "tartan": "other"}
    for way in make_town(2, TownSettings(untagged=0, wrong=0, unmapped=0)).ways:
        assert way.tags is not None
        assert "surface" in way.tags
        assert told.get(way.tags["surface"], way.ground) == way.ground


def test_a_run_goes_where_the_ways_are_and_its_error_is_the_watchs() -> None:
    town = make_town(4)
    quiet, loud = (run_through(town, 9, 5000, WatchSettings(error_m=e)) for e in (0.0, 10.0))
    assert np.array_equal(quiet.along_m, loud.along_m)
    assert 4_900 < quiet.along_m[-1] < 8_000
    apart = loud.samples.columns["lat_semicircles"][0] - quiet.samples.columns["lat_semicircles"][0]
    assert 5 < float(np.std(apart * 180 / 2**31 * 111_195)) < 15


def test_gaps_take_positions_and_leave_the_distance() -> None:
    run = run_through(make_town(4), 2, 5000, WatchSettings(gaps=2))
    known = run.samples.columns["lat_semicircles"][1]
    assert known is not None
    assert 0.8 < known.mean() < 1
    assert run.samples.columns["distance_m_x100"][1] is None
