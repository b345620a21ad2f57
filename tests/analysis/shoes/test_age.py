from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.exposures import ExposureSettings, exposures_by_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    Sessions = Callable[[list[dict[str, Any]]], pl.DataFrame]
    Day = Callable[[int], date]


def run(day: int, shoe: str | None, km: float = 10.0, **given: Any) -> dict[str, Any]:
    return {"day": day, "shoe": shoe, "km": km} | given


def test_a_shoe_first_worn_later_is_counted_from_nothing(sessions: Sessions, day: Day) -> None:
    rows = [run(0, "old"), run(21, "fresh", 8.0), run(23, "fresh", 12.0), run(24, "fresh", 5.0)]
    table = exposures_by_day(sessions(rows), day(24))
    assert table["shoe_age_km"].to_list()[21:] == [0.0, None, 8.0, 20.0]
    assert table["shoe"].to_list()[21:] == ["fresh", None, "fresh", "fresh"]


def test_a_shoe_already_there_when_labels_begin_has_an_unknown_past(sessions: Sessions, day: Day) -> None:
    rows = [run(0, None), run(10, "old"), run(30, "older"), run(31, "fresh")]
    table = exposures_by_day(sessions(rows), day(31))
    assert table["shoe_age_km"].to_list()[30:] == [None, 0.0]
    assert table["shoe_age_km"][10] is None


def test_the_runner_may_say_what_a_shoe_had_done(sessions: Sessions, day: Day) -> None:
    settings = ExposureSettings(shoe_initial_km={"old": 300.0})
    table = exposures_by_day(sessions([run(0, "old"), run(2, "old")]), day(2), settings=settings)
    assert table["shoe_age_km"].to_list() == [300.0, None, 310.0]


def test_walks_wear_shoes_and_rides_do_not(sessions: Sessions, day: Day) -> None:
    rows = [
        run(0, "old"),
        run(30, "a"),
        run(31, "a", 4.0, sport="walking"),
        run(32, "a", 50.0, sport="cycling"),
    ]
    table = exposures_by_day(sessions([*rows, run(33, "a")]), day(33))
    assert table["shoe_age_km"][33] == 14.0


def test_two_runs_of_a_date_have_the_age_before_the_date_by_distance(sessions: Sessions, day: Day) -> None:
    rows = [run(0, "old"), run(30, "a", 20.0), run(31, "b", 30.0), run(32, "a", 5.0), run(32, "b", 15.0)]
    table = exposures_by_day(sessions(rows), day(32))
    assert table["shoe_age_km"][32] == pytest.approx((5 * 20 + 15 * 30) / 20)
    assert table["shoe"][32] == "b"


def test_a_date_mostly_without_a_label_is_unknown(sessions: Sessions, day: Day) -> None:
    rows = [run(0, "old"), run(30, "a"), run(31, "a", 4.0), run(31, None, 6.0)]
    table = exposures_by_day(sessions(rows), day(31))
    assert table.select("shoe", "shoe_age_km", "shoe_new_share").row(31) == (None, None, None)


def test_a_shoe_is_new_for_three_weeks(sessions: Sessions, day: Day) -> None:
    rows = [run(0, "old"), run(30, "a"), run(51, "a", 5.0), run(51, "old", 15.0), run(52, "a")]
    table = exposures_by_day(sessions(rows), day(52))
    assert table["shoe_new_share"][30] == 1.0
    assert table["shoe_new_share"][51] == 0.25
    assert table["shoe_new_share"][52] == 0.0


def test_whether_a_shoe_is_new_cannot_be_told_when_labels_begin(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(sessions([run(0, "a"), run(21, "a"), run(22, "a")]), day(22))
    assert table["shoe_new_share"][0] is None
    assert table["shoe_new_share"][21] is None
    assert table["shoe_new_share"][22] == 0.0


def test_no_labels_at_all_are_unknown(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(sessions([run(0, None), run(1, None)]), day(2))
    assert table.select("shoe", "shoe_age_km", "shoe_new_share").null_count().row(0) == (3, 3, 3)


def test_a_run_of_unknown_distance_still_says_its_shoe(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(sessions([run(0, "old"), {"day": 30, "shoe": "a"}]), day(30))
    assert table["shoe"][30] == "a"
    assert table["shoe_age_km"][30] == 0.0


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(1, 30)), min_size=1, max_size=20))
def test_one_shoe_grows_by_what_was_run_in_it(
    sessions: Sessions, day: Day, runs: list[tuple[int, float]]
) -> None:
    rows, at, gone = [run(0, "old")], 25, 0.0
    for gap, km in runs:
        at += gap
        rows.append(run(at, "a", km))
        gone += km
    rows.append(run(at + 1, "a"))
    assert exposures_by_day(sessions(rows), day(at + 1))["shoe_age_km"][at + 1] == pytest.approx(gone)
