from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.exposures import exposures_by_day
from evengait.analysis.load.fast_distance import above, speed_exceeded

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    Sessions = Callable[[list[dict[str, Any]]], pl.DataFrame]
    Day = Callable[[int], date]


def histogram(**metres_by_bin: float) -> list[float]:
    out = [0.0] * 40
    for name, metres in metres_by_bin.items():
        out[int(name[1:])] = metres
    return out


def steady(days: int) -> list[dict[str, Any]]:
    """Ten kilometres a day, one of them between 4 and 4.25 m/s."""
    return [{"day": d, "km": 10.0, "speed_hist_m": histogram(b11=9000.0, b16=1000.0)} for d in range(days)]


def test_the_threshold_is_what_a_tenth_of_the_past_exceeded(sessions: Sessions, day: Day) -> None:
    rows = [
        *steady(30),
        {"day": 30, "km": 8.0, "speed_hist_m": histogram(b11=5000.0, b16=2000.0, b20=1000.0)},
    ]
    table = exposures_by_day(sessions(rows), day(31))
    assert table["fast_distance_m"][29] == pytest.approx(1000.0)
    assert table["fast_distance_m"][30] == pytest.approx(3000.0)
    assert table["fast_distance_m"][31] == 0.0


def test_the_threshold_is_unknown_before_twenty_runs(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(sessions(steady(21)), day(20))
    assert table["fast_distance_m"][:20].null_count() == 20
    assert table["fast_distance_m"][20] == pytest.approx(1000.0)


def test_a_rest_day_is_zero_even_before_the_threshold_is_known(sessions: Sessions, day: Day) -> None:
    assert exposures_by_day(sessions(steady(1)), day(1))["fast_distance_m"].to_list() == [None, 0.0]


def test_a_run_without_speed_makes_its_date_unknown(sessions: Sessions, day: Day) -> None:
    rows = [*steady(25), {"day": 24, "km": 3.0}]
    table = exposures_by_day(sessions(rows), day(24))
    assert table["fast_distance_m"][23] == pytest.approx(1000.0)
    assert table["fast_distance_m"][24] is None


def test_a_fast_day_does_not_raise_its_own_threshold(sessions: Sessions, day: Day) -> None:
    race = {"day": 40, "km": 42.0, "speed_hist_m": histogram(b17=42_000.0)}
    table = exposures_by_day(sessions([*steady(40), race]), day(40))
    assert table["fast_distance_m"][40] == pytest.approx(42_000.0)


def test_no_distance_has_no_threshold() -> None:
    assert np.isnan(speed_exceeded(np.zeros((1, 40)), 0.1)).all()
    assert np.isnan(above(np.ones((1, 40)), np.array([np.nan]))).all()


@given(
    st.lists(st.floats(0, 5000), min_size=40, max_size=40).filter(lambda row: sum(row) > 1),
    st.floats(0.02, 0.9),
)
def test_just_the_wanted_share_lies_above_the_threshold(row: list[float], share: float) -> None:
    metres = np.array([row])
    assert above(metres, speed_exceeded(metres, share))[0] == pytest.approx(share * sum(row), rel=1e-6)
