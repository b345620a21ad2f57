from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.exposures import EXPOSURE_METRICS, ExposureSettings, exposures_by_day
from evengait.analysis.run_log import RunLog
from evengait.core.columns import polars_schema
from evengait.core.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    Sessions = Callable[[list[dict[str, Any]]], pl.DataFrame]
    Day = Callable[[int], date]

SPORTS = ["running", "walking", "strength"]


def test_the_table_has_the_columns_and_types_of_the_schema(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(sessions([{"day": 0, "km": 10.0}]), day(3))
    assert dict(table.schema) == polars_schema("exposures")
    assert table["date"].to_list() == [day(0), day(1), day(2), day(3)]


def test_no_sessions_give_an_empty_table(sessions: Sessions, day: Day) -> None:
    assert exposures_by_day(sessions([]), day(3)).shape == (0, len(polars_schema("exposures")))
    assert exposures_by_day(sessions([{"day": 9, "km": 5.0}]), day(3)).height == 0


def test_later_sessions_change_nothing(sessions: Sessions, day: Day) -> None:
    rows = [{"day": number, "km": 8.0 + number % 3} for number in range(0, 60, 2)]
    early = exposures_by_day(sessions(rows), day(58))
    late = exposures_by_day(sessions([*rows, {"day": 60, "km": 90.0}]), day(58))
    assert early.equals(late)


def test_a_rest_day_is_a_true_zero_and_a_long_gap_is_unknown(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(
        sessions([{"day": 0, "km": 10.0}, {"day": 2, "km": 5.0}, {"day": 40, "km": 5.0}]), day(41)
    )
    assert table["distance_m"][:3].to_list() == [10_000.0, 0.0, 5_000.0]
    gap = table[3:40]
    assert not gap["covered"].any()
    assert all(gap[name].null_count() == 37 for name in gap.columns if name not in ("date", "covered"))
    assert table["distance_m"][40:].to_list() == [5_000.0, 0.0]


def test_any_sport_covers_its_days(sessions: Sessions, day: Day) -> None:
    rows = [{"day": 0, "km": 10.0}, {"day": 20, "sport": "cycling", "km": 40.0}, {"day": 40, "km": 10.0}]
    table = exposures_by_day(sessions(rows), day(40))
    assert table["covered"].all()
    assert table["distance_m"].sum() == 20_000.0


def test_days_after_the_last_session_are_zero_for_the_length_of_a_gap(sessions: Sessions, day: Day) -> None:
    run = sessions([{"day": 0, "km": 10.0}])
    assert exposures_by_day(run, day(28))["covered"].all()
    assert exposures_by_day(run, day(29))["covered"].sum() == 1
    assert exposures_by_day(run, day(29), settings=ExposureSettings(gap_days=40))["covered"].all()


def test_absent_is_never_zero(sessions: Sessions, day: Day) -> None:
    rows = [{"day": 0, "km": 10.0, "ascent_m": 50.0}, {"day": 0, "km": 5.0}, {"day": 1, "ascent_m": 20.0}]
    table = exposures_by_day(sessions(rows), day(2))
    assert table["climb_m"].to_list() == [None, 20.0, 0.0]
    assert table["distance_m"].to_list() == [15_000.0, None, 0.0]
    assert table["runs"].to_list() == [2, 1, 0]


def test_strength_is_counted_and_no_distance_of_other_sports(sessions: Sessions, day: Day) -> None:
    rows = [
        {"day": 0, "sport": "strength"},
        {"day": 0, "sport": "strength"},
        {"day": 1, "sport": "walking", "km": 4.0},
    ]
    table = exposures_by_day(sessions(rows), day(1))
    assert table["strength_sessions"].to_list() == [2, 0]
    assert table["distance_m"].to_list() == [0.0, 0.0]
    assert table["runs"].to_list() == [0, 0]


def test_a_missing_column_is_named(sessions: Sessions, day: Day) -> None:
    with pytest.raises(TableError, match="'shoe'"):
        exposures_by_day(sessions([{"day": 0}]).drop("shoe"), day(1))


def test_every_column_is_filled_by_one_metric(sessions: Sessions, day: Day) -> None:
    log = RunLog(sessions([{"day": 0, "km": 10.0}]), day(1), gap_days=28)
    filled = [column for metric in EXPOSURE_METRICS for column in metric(log, ExposureSettings())]
    assert sorted([*filled, "date", "covered"]) == sorted(polars_schema("exposures"))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.none() | st.floats(0, 60), st.sampled_from(SPORTS)), max_size=25
    )
)
def test_known_values_lie_in_range_and_uncovered_days_are_null(
    sessions: Sessions, day: Day, rows: list[tuple[int, float | None, str]]
) -> None:
    made = [{"day": at, "sport": sport} | ({} if km is None else {"km": km}) for at, km, sport in rows]
    found = exposures_by_day(sessions(made), day(120))
    assert found.filter(~found["covered"]).drop("date", "covered").null_count().sum_horizontal().sum() == (
        found.filter(~found["covered"]).height * (found.width - 2)
    )
    run_days = {day(at) for at, _, sport in rows if sport == "running"}
    assert set(found.filter(found["runs"] > 0)["date"].to_list()) == run_days
    for name in ("distance_m", "longest_30d_m", "session_spike", "week_rise", "weeks_since_down_week"):
        known = found[name].drop_nulls()
        assert (known >= 0).all()
        assert known.is_finite().all()
