"""Which days were run, and which of them hard: long, fast or hilly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import polars as pl

    from evengait.core.strength_block import HardRun


def run_days(exposures: pl.DataFrame, rule: HardRun) -> dict[date, bool]:
    """Return each date with a run; True where it was hard.

    Parameters
    ----------
    exposures : DataFrame, one row per local date
        The [exposures] table. What is null there (a run without altitude) makes no day hard.

    Examples
    --------
    >>> import polars as pl
    >>> from datetime import date
    >>> from evengait.core.strength_block import HardRun
    >>> rows = {"date": [date(2026, 11, 1)], "runs": [1], "longest_run_m": [20e3], "longest_30d_m": [18e3]}
    >>> days = pl.DataFrame(rows | {"fast_distance_m": [None], "climb_m": [None]})
    >>> run_days(days, HardRun(0.9, 2000, 300))
    {datetime.date(2026, 11, 1): True}
    """
    found = {}
    columns = ("date", "runs", "longest_run_m", "longest_30d_m", "fast_distance_m", "climb_m")
    for day, runs, longest, before, fast, climb in exposures.select(columns).iter_rows():
        if not runs:
            continue
        long = longest is not None and before is not None and longest >= rule.long_share * before
        quick = fast is not None and fast >= rule.fast_m
        found[day] = long or quick or (climb is not None and climb >= rule.climb_m)
    return found


def usual_hard_days(weekdays: Iterable[int], first: date, last: date) -> dict[date, bool]:
    """Return the dates on which a runner usually runs hard, each True.

    Examples
    --------
    >>> from datetime import date
    >>> usual_hard_days([6], date(2026, 11, 23), date(2026, 11, 30))
    {datetime.date(2026, 11, 29): True}
    """
    wanted = set(weekdays)
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return {day: True for day in days if day.weekday() in wanted}
