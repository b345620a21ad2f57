"""The weeks as bars: distance always, climb, descent or fast distance where they stood out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from evengait.charts.furniture import Panel, Window, top_of
from evengait.charts.marks import gridlines, layer, scale_y, ticks
from evengait.charts.palette import colour
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.charts.canvas import Canvas, Row

WEEK_HEIGHT, TOTAL_HEIGHT = 108, 64


def bars(
    ground: Canvas, weeks: pl.DataFrame, column: str, scale: alt.Scale, factor: float
) -> list[alt.Chart]:
    """Return one bar a week; a down week lighter, a week after the onset or not wholly covered only outlined."""
    rows: list[Row] = []
    for row in weeks.filter(pl.col(column).is_not_null()).iter_rows(named=True):
        first = ground.day(row["week"])
        if first + 7 <= 0 or first >= ground.days:
            continue
        partial = row["week"] > ground.onset or not row["whole"]
        edge = "bar-light" if row["down"] and not partial else "bar"
        value = row[column] * factor
        rows.append(
            {"x": max(first, 0) + 0.5, "x2": min(first + 7, ground.days) - 0.5, "y": value, "zero": 0,
             "fill": colour("paper" if partial else edge), "edge": colour(edge),
             "week": u.short_day(row["week"]), "amount": round(value, 1)}
        )  # fmt: skip
    return [
        layer(rows)
        .mark_rect(strokeWidth=0.8)
        .encode(
            x=ground.x(), x2=alt.X2("x2:Q"), y=alt.Y("y:Q", scale=scale, axis=None), y2=alt.Y2("zero:Q"),
            fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None),
            tooltip=[alt.Tooltip("week:N", title=say("week of")), alt.Tooltip("amount:Q", title=column)],
        )
    ]  # fmt: skip


def week_panel(
    ground: Canvas, weeks: pl.DataFrame, windows: tuple[Window, ...], *, pain_below: bool
) -> Panel:
    """Return the distance of every week as bars."""
    factor = u.in_units(1.0, ground.units)
    shown = weeks.filter((pl.col("week") >= ground.start) & (pl.col("week") <= ground.end))
    highest = max(float(shown["distance_m"].fill_null(0.0).max() or 0.0) * factor, 1.0)  # type: ignore[arg-type] # a float column
    top = top_of(ground, windows)
    scale = scale_y(0, highest * 1.04, top, top + WEEK_HEIGHT)
    layers = gridlines(ground, ticks(highest * 1.04), scale) + bars(
        ground, weeks, "distance_m", scale, factor
    )
    title = say("{unit} a week", unit=u.LONG_NAMES[ground.units].capitalize())
    note = say("faded: a down week;\noutlined: incomplete")
    return Panel(title, note, WEEK_HEIGHT, layers, windows, below=3 if pain_below else 14, name_gaps=True)


def total_panel(
    ground: Canvas, weeks: pl.DataFrame, column: str, title: str, windows: tuple[Window, ...]
) -> Panel:
    """Return the week's sum of one more column as bars: drawn only where it is what stood out."""
    height = column != "fast_distance_m"
    factor = (
        (1 / u.METRES_A_FOOT if ground.units == "mi" else 1.0) if height else u.in_units(1.0, ground.units)
    )
    unit = ("ft" if ground.units == "mi" else "m") if height else ground.units
    shown = weeks.filter((pl.col("week") >= ground.start) & (pl.col("week") <= ground.end))
    highest = max(float(shown[column].fill_null(0.0).max() or 0.0) * factor, 1.0)  # type: ignore[arg-type] # a float column
    top = top_of(ground, windows)
    scale = scale_y(0, highest * 1.05, top, top + TOTAL_HEIGHT)
    layers = gridlines(ground, ticks(highest * 1.05, 2.5), scale) + bars(ground, weeks, column, scale, factor)
    return Panel(title, say("{unit} a week", unit=unit), TOTAL_HEIGHT, layers, windows)
