"""Single runs against the longest of the 30 days before each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from evengait.charts.furniture import Panel, Window, top_of
from evengait.charts.marks import gridlines, layer, scale_y, text, ticks
from evengait.charts.palette import colour
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.charts.canvas import Canvas, Row

RUNS_HEIGHT = 92
SPIKE = 1.1
"""A run this much beyond the longest of the 30 days before is drawn large: the step the cohort's curve has."""


def runs_panel(ground: Canvas, exposures: pl.DataFrame, windows: tuple[Window, ...]) -> Panel:
    """Return each day's longest run as a dot, and the longest of the 30 days before as a line."""
    factor = u.in_units(1.0, ground.units)
    days = exposures.filter((pl.col("date") >= ground.start) & (pl.col("date") <= ground.end)).sort("date")
    dots: list[Row] = []
    steps: list[Row] = []
    for row in days.select("date", "longest_run_m", "longest_30d_m").iter_rows(named=True):
        x, run, longest = ground.day(row["date"]), row["longest_run_m"], row["longest_30d_m"]
        if run:
            beyond = longest is not None and run > SPIKE * longest
            dots.append({"x": x + 0.5, "y": run * factor, "fill": colour("ink" if beyond else "dot-light"),
                         "size": 36 if beyond else 14, "day": u.short_day(row["date"])})  # fmt: skip
        if longest is not None:
            # A run of days without a value (a gap) starts a new piece of line, so no line crosses it.
            new = not steps or x - steps[-1]["at"] > 1
            piece = steps[-1]["piece"] + new if steps else 0
            steps += [{"x": x, "at": x, "y": longest * factor, "piece": piece},
                      {"x": x + 1, "at": x, "y": longest * factor, "piece": piece}]  # fmt: skip
    highest = max([row["y"] for row in dots + steps] or [1.0])
    top = top_of(ground, windows)
    scale = scale_y(0, highest * 1.08, top, top + RUNS_HEIGHT)
    layers = gridlines(ground, ticks(highest * 1.08), scale) + _runs(ground, dots, steps, scale)
    if steps and not ground.compact:
        label = [{"text": say("longest of\nthe 30 days\nbefore")}]
        at = _pixel(steps[-1]["y"], highest, top)
        layers.append(text(label, ground.beside, at, "ink", fontSize=10.5))
    note = (
        say("line: longest of 30 days before; large: 10% beyond")
        if ground.compact
        else say("large: more than 10%\nbeyond the line")
    )
    return Panel(say("Single runs"), note, RUNS_HEIGHT, layers, windows)


def _pixel(value: float, highest: float, top: int) -> float:
    at = top + RUNS_HEIGHT * (1 - value / (highest * 1.08))
    # The first of three lines of text is centred here; the block must end inside the panel.
    return min(at, top + RUNS_HEIGHT - 28)


def _runs(ground: Canvas, dots: list[Row], steps: list[Row], scale: alt.Scale) -> list[alt.Chart]:
    y = alt.Y("y:Q", scale=scale, axis=None)
    line = layer(steps).mark_line(color=colour("ink"), strokeWidth=1.3)
    point = layer(dots).mark_circle(opacity=1)
    return [
        line.encode(x=ground.x(), y=y, detail=alt.Detail("piece:N")),
        point.encode(
            x=ground.x(), y=y, color=alt.Color("fill:N", scale=None),
            size=alt.Size("size:Q", scale=None), tooltip=[alt.Tooltip("day:N"), alt.Tooltip("y:Q", title=ground.units)],
        ),
    ]  # fmt: skip
