"""The ground under a run, where the truth is known."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.surface.ground_metres import ground_metres
from evengait.analysis.surface.match import match
from evengait.analysis.surface.steps import steps_of
from evengait.core.ground import GROUNDS, GroundMetres
from evengait.core.recording import Samples
from evengait.simulation.town import TownSettings, make_town
from evengait.simulation.town_run import WatchSettings, run_through
from made_up_map import drawn_ways, listed_ways, run_along

ROAD = {"highway": "tertiary", "surface": "asphalt"}
GRAVEL = {"highway": "track", "surface": "gravel"}
PATH = {"highway": "path", "surface": "ground"}
NORTH = [(0.0, 0.0), (0.0, 2000.0)]


def told(samples: Samples, *ways: object) -> GroundMetres:
    found = ground_metres(samples, "running", drawn_ways(ways))  # type: ignore[arg-type]
    assert found is not None
    return found


def metres(found: GroundMetres) -> float:
    return sum(value for value in astuple(found)[:5])


def without(samples: Samples, lost: np.ndarray) -> Samples:
    columns = dict(samples.columns)
    for name in ("lat_semicircles", "lon_semicircles"):
        columns[name] = (columns[name][0], ~lost)
    return Samples(samples.timestamp_us, columns)


def test_a_run_along_a_way_is_on_its_ground() -> None:
    found = told(run_along(NORTH, error_m=4), (ROAD, NORTH))
    assert found.paved_m == pytest.approx(2000, abs=10)
    assert found.unknown_m < 10
    assert 0.9 < (found.sure or 0) < 1


def test_a_run_changes_ground_where_the_ways_meet() -> None:
    middle = (0.0, 1000.0)
    found = told(run_along(NORTH, error_m=4), (ROAD, [NORTH[0], middle]), (PATH, [middle, NORTH[1]]))
    assert found.paved_m == pytest.approx(1000, abs=40)
    assert found.trail_m == pytest.approx(1000, abs=40)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("beside", "error_m"), [(15.0, 5.0), (20.0, 8.0), (30.0, 12.0)])
def test_a_trail_beside_a_road_is_told_from_it(beside: float, error_m: float, seed: int) -> None:
    """The watch is at times nearer to the road; what counts is how its error moves."""
    trail = [(0.0, 0.0), (beside, 40.0), (beside, 1960.0), (0.0, 2000.0)]
    found = told(run_along(trail, error_m=error_m, seed=seed), (ROAD, NORTH), (PATH, trail))
    assert found.trail_m > 0.7 * metres(found)
    assert found.paved_m < 0.15 * metres(found)


def test_off_the_map_is_unknown_and_not_the_nearest_way() -> None:
    field = [(0.0, 0.0), (45.0, 100.0), (30.0, 300.0), (90.0, 500.0), (40.0, 700.0), (70.0, 1000.0)]
    found = told(run_along(field, error_m=3), (ROAD, NORTH))
    assert found.unknown_m > 0.8 * metres(found)
    far = told(run_along([(5000.0, 0.0), (5000.0, 900.0)], error_m=3), (ROAD, NORTH))
    assert far.unknown_m == metres(far)
    assert far.sure is None


def test_a_run_across_streets_is_not_on_them() -> None:
    streets = [(ROAD, [(-500.0, y), (500.0, y)]) for y in range(60, 2000, 120)]
    found = told(run_along(NORTH, error_m=4), *streets)
    assert found.unknown_m > 0.8 * metres(found)


def test_a_tunnel_is_laid_along_its_way() -> None:
    run = run_along(NORTH, error_m=4)
    gone = np.arange(len(run)) * 3.0
    found = told(without(run, (gone > 700) & (gone < 1150)), (ROAD, NORTH))
    assert found.paved_m > 1950


def test_a_gap_with_a_bend_is_unknown() -> None:
    there_and_back = [(0.0, 0.0), (0.0, 600.0), (300.0, 600.0), (0.0, 600.0), (0.0, 1000.0)]
    run = run_along(there_and_back, error_m=3)
    gone = np.arange(len(run)) * 3.0
    found = told(without(run, (gone > 590) & (gone < 1210)), (ROAD, NORTH))
    assert found.unknown_m == pytest.approx(620, abs=40)
    assert metres(found) == pytest.approx(1600, abs=5)


def test_a_running_track_is_none_of_the_three() -> None:
    angle = np.linspace(0, 2 * np.pi, 60)
    oval = [(60 * float(np.cos(a)), 40 * float(np.sin(a))) for a in angle[:-1]]
    lap = [*oval, oval[0]]
    found = told(run_along(lap * 8, error_m=4), ({"leisure": "track", "surface": "tartan"}, lap))
    assert found.other_m > 0.9 * metres(found)


def test_without_a_position_no_map_tells_anything() -> None:
    run = run_along(NORTH)
    indoors = Samples(run.timestamp_us, {"distance_m_x100": run.columns["distance_m_x100"]})
    assert ground_metres(indoors, "running", drawn_ways([(ROAD, NORTH)])) is None
    assert ground_metres(Samples(np.zeros(0, np.int64), {}), "running", drawn_ways([(ROAD, NORTH)])) is None


def test_standing_at_a_light_adds_no_metres() -> None:
    run = run_along([(0.0, 0.0), (0.0, 600.0)], error_m=4)
    waits = np.concatenate([np.arange(100), np.full(300, 100), np.arange(100, len(run))])
    columns = {name: (values[waits], None) for name, (values, _) in run.columns.items()}
    stood = Samples(np.arange(len(waits)) * 1_000_000, columns)
    assert metres(told(stood, (ROAD, NORTH))) == pytest.approx(metres(told(run, (ROAD, NORTH))), abs=1)


def test_over_the_date_line_and_far_north_positions_go_on() -> None:
    north = np.full(200, round(70.0 * 2**31 / 180))
    east = np.rint((179.99 + np.arange(200) * 1e-4 + 180) % 360 * 2**31 / 180 - 2**31).astype(np.int64)
    columns = {"lat_semicircles": (north, None), "lon_semicircles": (east, None)}
    steps = steps_of(Samples(np.arange(200) * 2_000_000, columns), "running")
    assert steps is not None
    assert steps.linked[1:].all()
    assert float(steps.metres.sum()) == pytest.approx(199e-4 * 111_195 * 0.342, rel=0.02)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.floats(0, 20))
def test_metres_add_up_and_the_sureness_is_a_share(seed: int, every: int, error_m: float) -> None:
    rng = np.random.default_rng(seed)
    line = np.cumsum(rng.normal(0, 150, (6, 2)), axis=0)
    run = run_along([(float(x), float(y)) for x, y in line], error_m=error_m, seed=seed)
    kept = np.arange(0, len(run), every)
    thin = Samples(
        run.timestamp_us[kept],
        {k: (v[kept], rng.random(len(kept)) < 0.9) for k, (v, _) in run.columns.items()},
    )
    found = ground_metres(
        thin, "running", drawn_ways([(ROAD, NORTH), (PATH, [(-300.0, 0.0), (300.0, 20.0)])])
    )
    if found is None:
        return
    distance = thin.floats("distance_m_x100")
    assert distance is not None
    known = distance[~np.isnan(distance)]
    assert metres(found) == pytest.approx(known[-1] - known[0], abs=0.1)
    assert all(value >= 0 for value in astuple(found)[:5])
    assert found.sure is None or 0.4 <= found.sure < 1


@pytest.mark.parametrize(("error_m", "least"), [(5.0, 0.95), (10.0, 0.9)])
def test_in_a_made_up_town_what_is_told_is_right(error_m: float, least: float) -> None:
    """Tags all there and true: what is wrong is the matching alone. The study in docs/surfaces.md has the rest."""
    right = total = unmapped = caught = 0.0
    for seed in range(4):
        town = make_town(seed, TownSettings(untagged=0, wrong=0, unmapped=0.3))
        run = run_through(town, seed, 6000, WatchSettings(error_m))
        steps = steps_of(run.samples, "running")
        assert steps is not None
        under = match(steps, listed_ways(town.mapped()))
        at = np.searchsorted(run.along_m, steps.along_m).clip(0, len(run.along_m) - 1)
        names = np.array([*GROUNDS, "unknown"])[under.ground]
        told_ = names != "unknown"
        right += float(steps.metres[told_ & (names == run.ground[at])].sum())
        total += float(steps.metres[told_].sum())
        unmapped += float(steps.metres[~run.mapped[at]].sum())
        caught += float(steps.metres[~run.mapped[at] & ~told_].sum())
    assert right > least * total
    assert caught > 0.7 * unmapped > 0
