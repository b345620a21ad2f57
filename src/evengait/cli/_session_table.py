"""Sessions as a table for people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from evengait.cli._surface_words import in_words
from evengait.core.language import Said, say
from evengait.core.units import NOT_KNOWN, distance, elevation, not_known, pace

if TYPE_CHECKING:
    import polars as pl

    from evengait.core.units import Units

_GROUND = 6
"""Column of the ground: left out where no map or profile tells any."""

_SPORTS = Said({
    "running": "running", "walking": "walking", "hiking": "hiking", "cycling": "cycling", "swimming": "swimming",
    "strength": "strength", "other": "other",
}, context="sport")  # fmt: skip

_HEAD = Said({
    "local_date": "date", "sport": "sport", "distance_m": "distance", "moving_s": "time", "pace": "pace",
    "ascent_m": "climb", "surfaces": "ground", "shoe": "shoe", "name": "name",
}, context="column")  # fmt: skip


def as_table(sessions: pl.DataFrame, units: Units) -> str:
    """Return sessions as lines of a table, newest last; what is not known is a dash.

    Parameters
    ----------
    sessions : DataFrame
        Columns of ``columns.toml`` [sessions].
    units : "mi" or "km"
    """
    if sessions.is_empty():
        return say("No session to show: none is in, or none fits. Take some in with: evengait import PATH")
    head = list(_HEAD.values())
    rows = [head, *(_cells(row, units) for row in sessions.iter_rows(named=True))]
    if not any(row[_GROUND] for row in rows[1:]):
        rows = [row[:_GROUND] + row[_GROUND + 1 :] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    right = {2, 3, 4, 5}
    lines = [
        "  ".join(
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join(lines)


def _cells(row: dict[str, Any], units: Units) -> list[str]:
    metres, seconds = row["distance_m"], row["moving_s"]
    speed = metres / seconds if metres is not None and seconds else None
    cells = [
        row["local_date"].isoformat(),
        _SPORTS[row["sport"]],
        distance(metres, units),
        _clock(seconds),
        pace(speed, units) if row["sport"] in {"running", "walking", "hiking"} else "",
        elevation(row["ascent_m"], units),
        in_words(row.get("surfaces")),
        row["shoe"] or "",
        row["name"] or "",
    ]
    return ["–" if cell in {NOT_KNOWN, not_known()} else cell.replace("\n", " ")[:40] for cell in cells]


def _clock(seconds: float | None) -> str:
    if seconds is None or not math.isfinite(seconds):
        return NOT_KNOWN
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
