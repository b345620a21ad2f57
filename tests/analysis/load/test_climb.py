from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.climb import climb_m, swings
from evengait.analysis.load.stretches import Stretches
from evengait.core.recording import DeviceTotals

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.recording import Bout

    Maker = Callable[..., Bout]

UNKNOWN = {"ascent_m": None, "descent_m": None}


def test_noise_of_a_flat_run_is_no_climb(bout: Maker) -> None:
    noise = np.random.default_rng(1).normal(0, 0.5, 3600)
    assert climb_m(Stretches(bout(range(3600), altitude_m=100 + noise))) == {
        "ascent_m": 0.0,
        "descent_m": 0.0,
    }


def test_ten_hills_of_twenty_metres_are_two_hundred(bout: Maker) -> None:
    t = np.arange(0, 3600)
    row = climb_m(Stretches(bout(t, altitude_m=100 + 10 * (1 - np.cos(2 * np.pi * t / 360)))))
    assert row["ascent_m"] == pytest.approx(200.0, rel=0.03)
    assert row["descent_m"] == pytest.approx(200.0, rel=0.03)


def test_gaps_in_altitude_are_bridged_up_to_a_fifth(bout: Maker) -> None:
    height = np.linspace(0, 100, 1000)
    height[100:250] = np.nan
    assert climb_m(Stretches(bout(range(1000), altitude_m=height)))["ascent_m"] == pytest.approx(100, abs=2)
    height[250:400] = np.nan
    assert climb_m(Stretches(bout(range(1000), altitude_m=height))) == UNKNOWN


def test_without_altitude_the_devices_total_or_unknown(bout: Maker) -> None:
    assert climb_m(Stretches(bout(range(10), distance_m=range(10)))) == UNKNOWN
    assert climb_m(Stretches(bout([]))) == UNKNOWN
    run = bout(range(10), distance_m=range(10), totals=DeviceTotals(ascent_m=12.0))
    assert climb_m(Stretches(run)) == {"ascent_m": 12.0, "descent_m": None}


def test_swings_by_hand() -> None:
    assert swings([0.0], 2.0) == (0.0, 0.0)
    assert swings([5.0, 6.0, 5.5], 2.0) == (0.0, 0.0)
    assert swings([0.0, 5.0, 4.0, 9.0, 1.0, 2.0, 0.0], 2.0) == (9.0, 9.0)
    assert swings([9.0, 3.0, 4.0, 0.0, 6.0], 2.0) == (6.0, 9.0)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=60), st.floats(0.5, 10))
def test_rises_less_falls_differ_from_end_to_end_by_less_than_two_swings(
    points: list[float], least: float
) -> None:
    up, down = swings(points, least)
    assert up >= 0
    assert down >= 0
    assert abs((up - down) - (points[-1] - points[0])) <= 2 * least


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=60))
def test_a_coarser_look_never_climbs_more(points: list[float]) -> None:
    assert swings(points, 5.0)[0] <= swings(points, 1.0)[0] + 1e-9
