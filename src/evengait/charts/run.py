"""One run along its time: pace, heart rate, height, step rate, left and right, each in a strip of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from evengait.charts.canvas import Canvas
from evengait.charts.furniture import Panel, furnished_plainly
from evengait.charts.marks import gridlines, layer, rounds, scale_y, text, view
from evengait.charts.palette import colour
from evengait.charts.style import housed, unchecked
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.charts.canvas import Row

HEIGHT = 74
TOP = {False: 4, True: 32}
PACES_S = (10, 15, 30, 60, 120, 300)
"""Seconds a mile or kilometre between two lines of the pace."""
STEPS_MIN = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440)
SLOW_M_S = 1.0
"""Slower than this is no pace: standing, or a crossing."""


@dataclass(frozen=True)
class Strip:
    """One track: its column, its words, how its values read."""

    column: str
    title: str
    note: str
    least_span: float


def strips(units: u.Units) -> tuple[Strip, ...]:
    """Return the tracks in their order."""
    return (
        Strip(
            "speed_m_s",
            say("Pace"),
            say("minutes a mile") if units == "mi" else say("minutes a kilometre"),
            1.0,
        ),
        Strip("heart_rate_bpm", say("Heart rate"), say("beats a minute"), 20.0),
        Strip("altitude_m", say("Height"), say("feet") if units == "mi" else say("metres"), 20.0),
        Strip("step_rate_spm", say("Step rate"), say("steps a minute"), 20.0),
        Strip("balance_left_pct", say("Left foot’s share"), say("of contact, %"), 4.0),
    )


def run(points: pl.DataFrame, units: u.Units = "km", *, compact: bool = False) -> alt.VConcatChart | None:
    """Draw a run; None where nothing of it can be drawn.

    Parameters
    ----------
    points : DataFrame
        ``second`` and the tracks, as ``actions/look_back.py`` makes them; null = not recorded.
    units : {"mi", "km"}
    compact : bool
        For a narrow screen.
    """
    length = max(1, round(float(points["second"][-1]) / 60 + 0.5))
    width, left, right = (350, 44, 8) if compact else (780, 168, 20)
    ground = Canvas(date(2000, 1, 1), length, date(2000, 1, 1), units, width, left, right, compact)
    with unchecked():
        panels = [_panel(ground, points, strip) for strip in strips(units)]
        lines = _minutes(ground)
        views = [furnished_plainly(ground, panel, lines) for panel in panels if panel is not None]
        if not views:
            return None
        foot = text(lines, ground.x(), 9, dx=3)
        return housed([*views, view([foot], ground.width, 18)])


def _panel(ground: Canvas, points: pl.DataFrame, strip: Strip) -> Panel | None:
    column = pl.col(strip.column)
    known = points.filter(column.is_not_null() & (column > SLOW_M_S if strip.column == "speed_m_s" else True))
    if known.height < 2:
        return None
    if strip.column == "altitude_m" and ground.units == "mi":
        known = known.with_columns(column / u.METRES_A_FOOT)
    step = float(points["second"][1] - points["second"][0]) / 60
    rows: list[Row] = []
    piece = 0
    for second, value in known.select("second", strip.column).iter_rows():
        # A stretch without a value starts a new piece of line, so that no line crosses it.
        piece += bool(rows) and second / 60 - rows[-1]["x"] > 2.5 * step
        rows.append({"x": second / 60, "y": value, "piece": piece})
    low, high = (float(known[strip.column].quantile(q) or 0.0) for q in (0.005, 0.995))
    middle, reach = (low + high) / 2, max((high - low) * 0.55, strip.least_span / 2)
    top = TOP[ground.compact]
    scale = scale_y(middle - reach, middle + reach, top, top + HEIGHT)
    for row in rows:
        row["y"] = min(max(row["y"], middle - reach), middle + reach)
    levels = _levels(middle - 0.92 * reach, middle + 0.92 * reach, strip, ground.units)
    line = layer(rows).mark_line(color=colour("dot"), strokeWidth=1.4)
    layers = gridlines(ground, levels, scale, [_words(level, strip, ground.units) for level in levels])
    y = alt.Y("y:Q", scale=scale, axis=None)
    layers.append(line.encode(x=ground.x(), y=y, detail=alt.Detail("piece:N")))
    return Panel(strip.title, strip.note, HEIGHT, layers)


def _levels(low: float, high: float, strip: Strip, units: u.Units) -> list[float]:
    """Return round values, at most four: of a pace whole minutes or parts of one, not round speeds."""
    if strip.column != "speed_m_s" or low <= 0:
        return rounds(low, high, 3)
    metres = u.METRES_A_MILE if units == "mi" else 1000.0
    fast, slow = metres / high, metres / low
    step = next((s for s in PACES_S if (slow - fast) / s < 4), PACES_S[-1])
    return [metres / (n * step) for n in range(int(fast // step) + 1, int(slow // step) + 1)]


def _words(value: float, strip: Strip, units: u.Units) -> str:
    if strip.column == "speed_m_s":
        return u.pace(value, units).partition(u.NBSP)[0]
    return u.number(value)


def _minutes(ground: Canvas) -> list[Row]:
    step = next((n for n in STEPS_MIN if ground.days / n <= (4 if ground.compact else 9)), STEPS_MIN[-1])
    return [{"x": n, "text": f"{n} min"} for n in range(0, ground.days, step)]
