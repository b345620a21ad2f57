"""Training week by week, up to today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import date

WEEKS = 8


def training_state(sessions: pl.DataFrame, today: date, units: u.Units) -> dict[str, Any] | None:
    """Return the last weeks, Monday to Sunday, the latest first; None where no run is known at all.

    Parameters
    ----------
    sessions : DataFrame, one row per session
        ``sport``, ``local_date``, ``distance_m`` (null = not known, and then the week's distance is "at least").
    today : date
        On the runner's own calendar.
    units : {"km", "mi"}
    """
    runs = sessions.filter((pl.col("sport") == "running") & (pl.col("local_date") <= today))
    if runs.is_empty():
        return None
    monday = today - timedelta(days=today.weekday())
    rows = []
    for week in range(WEEKS):
        first = monday - timedelta(weeks=week)
        of_week = runs.filter(pl.col("local_date").is_between(first, first + timedelta(days=6)))
        metres = of_week["distance_m"]
        known = metres.drop_nulls()
        least = say("at least ") if 0 < len(known) < len(metres) else ""
        far = f"{least}{u.distance(float(known.sum()), units)}" if len(known) else say("not known")
        longest = u.distance(float(known.max()), units) if len(known) else say("not known")  # type: ignore[arg-type]
        rows.append([u.plain_day(first), str(len(of_week)), *([far, longest] if len(of_week) else ["", ""])])
    return {"header": [say("Week from"), say("Runs"), say("Distance"), say("Longest run")], "rows": rows}
