"""Pain while running, hanging below the weeks it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from evengait.charts.furniture import Panel, top_of
from evengait.charts.marks import layer, scale_y, text
from evengait.charts.palette import colour
from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.charts.canvas import Canvas

PAIN_HEIGHT = 40


def pain_panel(ground: Canvas, pain: pl.DataFrame) -> Panel | None:
    """Return pain while running hanging below the weeks it belongs to; None without a single score."""
    known = pain.filter(pl.col("pain_during_nprs").is_not_null() & (pl.col("date") >= ground.start))
    known = known.filter(pl.col("date") <= ground.end)
    if known.is_empty():
        return None
    rows = [
        {
            "x": ground.day(day) + 0.1,
            "x2": ground.day(day) + 0.9,
            "y": max(score, 0.15),
            "zero": 0,
            "score": score,
        }
        for day, score in known.select("date", "pain_during_nprs").iter_rows()
    ]
    top = top_of(ground)
    scale = scale_y(0, 10, top + PAIN_HEIGHT, top)
    bar = (
        layer(rows)
        .mark_rect(color=colour("pain"))
        .encode(
            x=ground.x(), x2=alt.X2("x2:Q"), y=alt.Y("y:Q", scale=scale, axis=None), y2=alt.Y2("zero:Q"),
            tooltip=[alt.Tooltip("score:Q", title=say("pain, 0 to 10"))],
        )
    )  # fmt: skip
    asked = {"x": rows[0]["x"] - 0.1, "x2": rows[-1]["x2"] + 0.1}
    # The scale is drawn over the days asked about alone: elsewhere pain is unknown, not zero.
    frame = layer([asked | {"y": level} for level in (5, 10)]).mark_rule(color=colour("grid"))
    lines = frame.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=alt.Y("y:Q", scale=scale, axis=None))
    at = alt.Y("y:Q", scale=scale, axis=None)
    words = text([{"text": str(level), "y": level} for level in (0, 10)], ground.beside, at, fontSize=10.5)
    return Panel(
        say("Pain while running"), say("0 to 10, hanging"), PAIN_HEIGHT, [lines, words, bar], gaps=False
    )
