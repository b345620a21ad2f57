"""Days gathered into the weeks a runner plans in, Monday to Sunday, with what is unknown kept unknown."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

DOWN_WEEK = 0.8
"""A week of at most this share of the median of the four before it (the definition of ``weeks_since_down_week``)."""
FEWEST_WEEKS = 2
"""Whole weeks among those four without which it cannot be told."""


def weekly(exposures: pl.DataFrame) -> pl.DataFrame:
    """Return one row per calendar week.

    Parameters
    ----------
    exposures : pl.DataFrame
        One row per local date, the ``exposures`` table.

    Returns
    -------
    pl.DataFrame
        week (its Monday), whole (seven covered days), distance_m, climb_m, descent_m, fast_distance_m (sums over the
        known days; null without one), longest_run_m, paved_share and gravel_share (distance-weighted; null where less
        than half the distance has a known surface), balance_left_pct (mean of the days), shoes (names, most worn
        first), down (true: a down week; false where it cannot be told).

    Examples
    --------
    >>> from datetime import date
    >>> days = {"date": [date(2026, 11, 2)], "covered": [True], "distance_m": [9000.0], "longest_run_m": [9000.0],
    ...         "climb_m": [None], "descent_m": [None], "fast_distance_m": [0.0], "paved_share": [0.5],
    ...         "gravel_share": [None], "balance_left_pct": [None], "shoe": ["A"]}
    >>> weekly(pl.DataFrame(days)).select("week", "whole", "distance_m", "climb_m", "down").row(0)
    (datetime.date(2026, 11, 2), False, 9000.0, None, False)
    """
    worn = pl.col("shoe").filter(pl.col("shoe").is_not_null())

    def share(name: str) -> pl.Expr:
        on_known = pl.col("distance_m").filter(pl.col(name).is_not_null()).sum()
        mostly_known = (on_known > 0) & (on_known >= 0.5 * pl.col("distance_m").sum())
        weighted = (pl.col(name) * pl.col("distance_m")).sum()
        return pl.when(mostly_known).then(weighted / on_known)

    def total(name: str) -> pl.Expr:
        return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)

    frame = (
        exposures.sort("date")
        .group_by(week=pl.col("date").dt.truncate("1w"), maintain_order=True)
        .agg(
            whole=(pl.len() == 7) & pl.col("covered").all(),
            **{name: total(name) for name in ("distance_m", "climb_m", "descent_m", "fast_distance_m")},
            longest_run_m=pl.col("longest_run_m").max(),
            paved_share=share("paved_share"),
            gravel_share=share("gravel_share"),
            balance_left_pct=pl.col("balance_left_pct").mean(),
            shoes=worn.unique(maintain_order=True),
        )
    )
    return frame.with_columns(down=is_down(pl.when(pl.col("whole")).then(pl.col("distance_m"))))


def is_down(whole_m: pl.Expr) -> pl.Expr:
    """Return which weeks are down weeks, of the distance of whole weeks in their order; null = not a whole week."""
    before = [whole_m.shift(i) for i in range(1, 5)]
    enough = pl.sum_horizontal([value.is_not_null() for value in before]) >= FEWEST_WEEKS
    usual = pl.concat_list(before).list.median()
    return (enough & (whole_m <= DOWN_WEEK * usual)).fill_null(value=False)


def gaps(exposures: pl.DataFrame, start: date, days: int) -> list[tuple[int, int]]:
    """Return the stretches without data as day numbers from ``start``, each with the day after its last.

    Days before the archive's first and after its last are outside it: nothing was expected there, so they are no gap.

    Examples
    --------
    >>> from datetime import date
    >>> days = pl.DataFrame({"date": [date(2026, 1, d) for d in (2, 3, 4)], "covered": [True, False, True]})
    >>> gaps(days, date(2026, 1, 1), 5)
    [(2, 3)]
    """
    span = (exposures["date"] >= start) & (exposures["date"] < start + timedelta(days=days))
    found: list[tuple[int, int]] = []
    for day in exposures.filter(span & ~exposures["covered"]).sort("date")["date"]:
        number = (day - start).days
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found
