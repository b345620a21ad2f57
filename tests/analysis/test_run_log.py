from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.run_log import RunLog, covered_days
from evengait.analysis.series import ratio, shifted, sum_by, window_sum

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    Sessions = Callable[[list[dict[str, Any]]], pl.DataFrame]
    Day = Callable[[int], date]


def test_a_gap_of_just_the_limit_is_covered() -> None:
    assert covered_days(np.array([0, 3]), 4, gap_days=2).all()
    assert covered_days(np.array([0, 4]), 5, gap_days=2).tolist() == [True, False, False, False, True]


@given(st.sets(st.integers(0, 200), min_size=1), st.integers(0, 40))
def test_days_with_a_session_are_covered_and_holes_are_longer_than_the_limit(
    days: set[int], gap_days: int
) -> None:
    found = covered_days(np.array(sorted(days)), 201, gap_days)
    assert found[sorted(days)].all()
    holes = "".join("x" if ok else "." for ok in found[min(days) :]).split("x")
    assert all(len(hole) > gap_days for hole in holes if hole)


def test_runs_are_in_order_of_their_dates_whatever_the_tables_order(sessions: Sessions, day: Day) -> None:
    table = sessions(
        [{"day": 5, "km": 5.0}, {"day": 0, "km": 1.0}, {"day": 3, "sport": "cycling", "km": 30.0}]
    )
    log = RunLog(table, day(6), gap_days=28)
    assert log.day.tolist() == [0, 5]
    assert log.numbers("distance_m").tolist() == [1000.0, 5000.0]
    assert len(log) == 7


def test_most_of_a_date_may_have_no_label(sessions: Sessions, day: Day) -> None:
    rows = [{"day": 0, "km": 6.0}, {"day": 0, "km": 5.0, "shoe": "a"}, {"day": 1, "km": 5.0, "shoe": "a"}]
    log = RunLog(sessions(rows), day(2), gap_days=28)
    assert log.most(log.runs["shoe"].to_list()) == [None, "a", None]


def test_list_columns_come_flat_with_the_run_they_belong_to(sessions: Sessions, day: Day) -> None:
    rows = [{"day": 0, "gait_seconds": [1.0, 2.0]}, {"day": 1}, {"day": 2, "gait_seconds": [None]}]
    run, values = RunLog(sessions(rows), day(2), gap_days=28).rows("gait_seconds")
    assert run.tolist() == [0, 0, 2]
    assert values.tolist() == pytest.approx([1.0, 2.0, np.nan], nan_ok=True)


def test_no_sessions_make_a_log_without_days(sessions: Sessions, day: Day) -> None:
    assert len(RunLog(sessions([]), day(3), gap_days=28)) == 0


def test_small_sums_keep_the_unknown() -> None:
    assert sum_by(np.array([0, 0]), np.array([1.0, np.nan]), 2).tolist() == pytest.approx(
        [np.nan, 0.0], nan_ok=True
    )
    assert ratio(np.array([]), np.array([])).tolist() == []
    assert window_sum(np.array([1.0]), 7).tolist() == pytest.approx([np.nan], nan_ok=True)
    assert shifted(np.array([1.0]), 7).tolist() == pytest.approx([np.nan], nan_ok=True)
