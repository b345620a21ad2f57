"""Training week by week: what is not known is said, what was not run is empty, the future is not there."""

from __future__ import annotations

from datetime import date

import polars as pl

from evengait.report.training_weeks import WEEKS, training_state

TODAY = date(2026, 11, 26)  # a Thursday


def sessions(*rows: tuple[str, date, float | None]) -> pl.DataFrame:
    schema = {"sport": pl.String, "local_date": pl.Date, "distance_m": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_weeks_begin_on_monday_the_latest_first_and_hold_runs_alone() -> None:
    told = training_state(
        sessions(
            ("running", date(2026, 11, 23), 10_000.0), ("running", date(2026, 11, 26), 5_000.0),
            ("cycling", date(2026, 11, 24), 40_000.0), ("running", date(2026, 11, 22), 8_000.0),
        ), TODAY, "km",
    )  # fmt: skip
    assert told is not None
    assert told["header"] == ["Week from", "Runs", "Distance", "Longest run"]
    assert len(told["rows"]) == WEEKS
    assert told["rows"][0] == ["23 November 2026", "2", "15.0\xa0km", "10.0\xa0km"]
    assert told["rows"][1] == ["16 November 2026", "1", "8.0\xa0km", "8.0\xa0km"]
    assert told["rows"][2] == ["9 November 2026", "0", "", ""]


def test_a_distance_that_is_not_known_makes_the_week_at_least_that_far() -> None:
    told = training_state(
        sessions(("running", TODAY, 5_000.0), ("running", TODAY, None), ("running", date(2026, 11, 17), None)),
        TODAY, "mi",
    )  # fmt: skip
    assert told is not None
    assert told["rows"][0][1:] == ["2", "at least 3.1\xa0mi", "3.1\xa0mi"]
    assert told["rows"][1][1:] == ["1", "not known", "not known"]


def test_nothing_is_told_of_who_has_not_run_and_nothing_of_tomorrow() -> None:
    assert training_state(sessions(("walking", TODAY, 5_000.0)), TODAY, "km") is None
    assert training_state(sessions(("running", date(2026, 11, 27), 5_000.0)), TODAY, "km") is None
