"""The timeline as a table: the same weeks in numbers, for whoever does not see the picture or wants to copy them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl


def week_rows(
    exposures: pl.DataFrame, explanation: Mapping[str, Any], pain: pl.DataFrame | None, units: u.Units
) -> tuple[list[str], list[list[str]]]:
    """Return header and rows, a row a week, oldest first; a column that is never known is left out.

    Parameters
    ----------
    exposures : pl.DataFrame
        The ``exposures`` table.
    explanation : mapping
    pain : pl.DataFrame or None
        date, pain_during_nprs.
    units : {"mi", "km"}

    Returns
    -------
    (list of str, list of list of str)
        Unknown values read "not known".
    """
    import polars as pl

    from evengait.charts.canvas import canvas
    from evengait.charts.weeks import weekly

    onset = date.fromisoformat(explanation["onset"])
    base = canvas(exposures["date"].min(), exposures["date"].max(), onset, units)  # type: ignore[arg-type] # a date column
    weeks = weekly(exposures).filter((pl.col("week") >= base.start) & (pl.col("week") <= base.end))
    worst = _worst_pain(pain)
    columns: dict[str, list[str]] = {
        say("Week from"): [],
        say("Distance ({units})", units=units): [],
        say("Longest run"): [],
        say("Paved"): [],
    }
    columns |= {say("Left share"): [], say("Worst pain"): [], say("Shoes"): []}
    for row in weeks.iter_rows(named=True):
        marks = [say(" (down week)") if row["down"] else "", "" if row["whole"] else say(" (incomplete)")]
        marks.append(say(" (pain began)") if row["week"] <= onset < row["week"] + timedelta(days=7) else "")
        cells = [
            u.plain_day(row["week"]) + "".join(marks),
            u.distance(row["distance_m"], units),
            u.distance(row["longest_run_m"], units),
            u.share(row["paved_share"]),
            u.not_known()
            if row["balance_left_pct"] is None
            else u.quantity(row["balance_left_pct"], "%", units),
            u.number(worst.get(row["week"]), 2),
            ", ".join(row["shoes"]) or u.not_known(),
        ]
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    kept = {name: cells for name, cells in columns.items() if any(cell != u.not_known() for cell in cells)}
    return list(kept), [list(row) for row in zip(*kept.values(), strict=True)]


def _worst_pain(pain: pl.DataFrame | None) -> dict[date, float]:
    if pain is None or pain.is_empty():
        return {}
    worst: dict[date, float] = {}
    for day, score in pain.select("date", "pain_during_nprs").iter_rows():
        monday = day - timedelta(days=day.weekday())
        if score is not None:
            worst[monday] = max(score, worst.get(monday, 0.0))
    return worst
