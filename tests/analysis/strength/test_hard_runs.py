"""Hard days of running: long, fast or hilly for this runner; what is not known makes none."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from evengait.analysis.strength.hard_runs import run_days, usual_hard_days
from evengait.knowledge.strength_book import strength_block

DAY = date(2026, 11, 2)
RULE = strength_block().hard_run


def test_each_way_to_be_hard() -> None:
    rows = [
        (0, 10e3, 20e3, 500.0, 50.0),  # easy
        (1, 18e3, 20e3, None, None),  # long
        (2, 10e3, 20e3, 2500.0, None),  # fast
        (3, 10e3, 20e3, None, 400.0),  # hilly
        (4, 10e3, None, None, None),  # nothing known
    ]
    table = pl.DataFrame(
        [(DAY + timedelta(days=n), 1, *rest) for n, *rest in rows],
        schema=["date", "runs", "longest_run_m", "longest_30d_m", "fast_distance_m", "climb_m"],
        orient="row",
    )
    assert list(run_days(table, RULE).values()) == [False, True, True, True, False]


def test_a_day_without_a_run_is_no_run_day() -> None:
    table = pl.DataFrame({"date": [DAY], "runs": [0], "longest_run_m": [0.0], "longest_30d_m": [1.0],
                          "fast_distance_m": [0.0], "climb_m": [0.0]})  # fmt: skip
    assert run_days(table, RULE) == {}


def test_usual_hard_days_are_every_week() -> None:
    found = usual_hard_days([1, 6], DAY, DAY + timedelta(days=13))
    assert sorted(found) == [DAY + timedelta(days=n) for n in (1, 6, 8, 13)]
    assert usual_hard_days([], DAY, DAY) == {}
