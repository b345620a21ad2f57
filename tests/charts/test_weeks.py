"""Days gathered into weeks, and the stretches without data."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from evengait.charts.weeks import gaps, weekly
from made_up import made_up_exposures

MONDAY = date(2026, 9, 7)


def days(weeks: list[float | None], **columns: list) -> pl.DataFrame:
    """Return exposures of whole weeks, each with its distance on every day; None = a week not covered."""
    rows = [
        {"date": MONDAY + timedelta(days=7 * i + d), "covered": metres is not None, "distance_m": metres}
        for i, metres in enumerate(weeks)
        for d in range(7)
    ]
    frame = pl.DataFrame(rows, schema={"date": pl.Date, "covered": pl.Boolean, "distance_m": pl.Float64})
    empty = {
        "longest_run_m",
        "climb_m",
        "descent_m",
        "fast_distance_m",
        "paved_share",
        "gravel_share",
        "balance_left_pct",
    } - set(columns)
    return frame.with_columns(
        *[pl.lit(None, pl.Float64).alias(name) for name in empty],
        pl.lit(None, pl.String).alias("shoe"),
        **{name: pl.Series(values, dtype=pl.Float64) for name, values in columns.items()},
    )


def test_a_week_is_the_sum_of_its_days_from_monday() -> None:
    week = weekly(days([1000.0, 2000.0]))
    assert week["week"].to_list() == [MONDAY, MONDAY + timedelta(days=7)]
    assert week["distance_m"].to_list() == [7000.0, 14000.0]


def test_a_week_without_any_known_day_is_unknown_not_zero() -> None:
    week = weekly(days([1000.0, None]))
    assert week["distance_m"].to_list() == [7000.0, None]
    assert week["whole"].to_list() == [True, False]


def test_a_down_week_has_at_most_four_fifths_of_the_median_of_the_four_before() -> None:
    assert weekly(days([100.0, 100.0, 100.0, 100.0, 80.0]))["down"].to_list()[-1]
    assert not weekly(days([100.0, 100.0, 100.0, 100.0, 81.0]))["down"].to_list()[-1]


def test_without_two_known_weeks_before_it_no_week_is_called_down() -> None:
    assert not weekly(days([100.0, None, None, None, 10.0]))["down"].to_list()[-1]
    assert weekly(days([100.0, 100.0, None, None, 10.0]))["down"].to_list()[-1]


def test_the_paved_share_counts_metres_not_runs() -> None:
    week = weekly(days([None], paved_share=[1.0, 0.0, None, None, None, None, None]).with_columns(
        distance_m=pl.Series([3000.0, 1000.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    ))  # fmt: skip
    assert week["paved_share"].to_list() == [0.75]


def test_a_week_mostly_on_unknown_ground_has_no_paved_share() -> None:
    week = weekly(days([None], paved_share=[1.0, None, None, None, None, None, None]).with_columns(
        distance_m=pl.Series([1000.0, 2000.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    ))  # fmt: skip
    assert week["paved_share"].to_list() == [None]


@pytest.mark.parametrize("start", [date(2026, 9, 5), date(2026, 9, 7), date(2026, 9, 20)])
def test_gaps_hold_every_day_not_covered_and_no_other(start) -> None:
    table = days([1.0, None, 1.0])
    found = gaps(table, start, 20)
    unknown = {i for first, end in found for i in range(first, end)}
    missing = set(table.filter(~pl.col("covered"))["date"].to_list())
    assert unknown == {i for i in range(20) if start + timedelta(days=i) in missing}


def test_the_made_up_gap_is_found() -> None:
    table = made_up_exposures()
    assert [end - first for first, end in gaps(table, date(2026, 8, 1), 100)] == [18]
