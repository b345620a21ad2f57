from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.exposures import exposures_by_day
from evengait.analysis.load.longest_run import longest_before

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    Sessions = Callable[[list[dict[str, Any]]], pl.DataFrame]
    Day = Callable[[int], date]


def daily(km: float, days: int) -> list[dict[str, Any]]:
    return [{"day": number, "km": km} for number in range(days)]


def test_a_spike_is_the_run_over_the_longest_of_the_thirty_days_before(sessions: Sessions, day: Day) -> None:
    rows = [*daily(10.0, 30), {"day": 30, "km": 16.0}, {"day": 30, "km": 4.0}, {"day": 31, "km": 12.0}]
    table = exposures_by_day(sessions(rows), day(31))
    assert table["longest_run_m"][30] == 16_000.0
    assert table["longest_30d_m"].to_list()[29:] == [None, 10_000.0, 16_000.0]
    assert table["session_spike"].to_list()[29:] == [None, 1.6, 0.75]


def test_the_longest_run_leaves_the_window_after_thirty_days(sessions: Sessions, day: Day) -> None:
    rows = [{"day": 0, "km": 30.0}, *[{"day": number, "km": 10.0} for number in range(1, 32)]]
    table = exposures_by_day(sessions(rows), day(31))
    assert table["longest_30d_m"].to_list()[30:] == [30_000.0, 10_000.0]


def test_a_day_without_a_run_has_no_spike(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(sessions(daily(10.0, 31)), day(31))
    assert table["longest_run_m"][31] == 0.0
    assert table["session_spike"][31] is None


def test_thirty_days_without_a_run_leave_nothing_to_compare_with(sessions: Sessions, day: Day) -> None:
    rows = [{"day": 0, "km": 10.0}, {"day": 20, "sport": "cycling"}, {"day": 40, "km": 5.0}]
    table = exposures_by_day(sessions(rows), day(40))
    assert table["covered"].all()
    assert table["longest_30d_m"][40] is None
    assert table["session_spike"][40] is None


def test_a_run_of_unknown_distance_may_have_been_the_longest(sessions: Sessions, day: Day) -> None:
    rows = [*daily(10.0, 30), {"day": 15}, {"day": 30, "km": 12.0}]
    table = exposures_by_day(sessions(rows), day(46))
    assert table["longest_run_m"][15] is None
    assert table["longest_30d_m"][30] is None
    assert table["longest_30d_m"][46] == 12_000.0


def test_short_and_empty_series_are_unknown() -> None:
    assert longest_before(np.array([]), 30).tolist() == []
    assert np.isnan(longest_before(np.arange(30.0), 30)).all()


@given(st.lists(st.floats(0, 50_000), min_size=31, max_size=50))
def test_no_value_before_exceeds_the_window_and_scale_does_not_matter(longest: list[float]) -> None:
    before = longest_before(np.array(longest), 30)
    for index in range(30, len(longest)):
        top = max(longest[index - 30 : index])
        assert before[index] == top or (top == 0 and np.isnan(before[index]))
    assert longest_before(np.array(longest) * 2, 30)[30:] == pytest.approx(before[30:] * 2, nan_ok=True)
