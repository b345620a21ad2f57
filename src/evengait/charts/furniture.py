"""What every panel shares: its title, month lines, stretches without data, the shaded window and the onset line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from evengait.charts.marks import at_y, at_y2, layer, text, view
from evengait.charts.palette import colour
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import date

    from evengait.charts.canvas import Canvas, Row

COMPACT_TITLE = 32
"""Pixels a title takes above a panel on a narrow screen."""
MONTH_WIDTH = 30
"""Pixels the name of a month takes."""
GAP_FOR_WORDS = 14
"""Pixels of a gap that hold upright words."""


@dataclass(frozen=True)
class Window:
    """A stretch of days to shade, with the words at its edge (none for the windows after the first)."""

    first: date
    last: date
    words: str | None = None


@dataclass(frozen=True)
class Panel:
    """One strip of the timeline before its furniture: layers drawn between the pixels ``top`` and ``top + height``."""

    title: str
    note: str
    height: int
    layers: list[alt.Chart]
    windows: tuple[Window, ...] = ()
    below: int = 14
    gaps: bool = True
    name_gaps: bool = False


def top_of(ground: Canvas, windows: tuple[Window, ...] = ()) -> int:
    """Return where a panel's drawing begins: below its title when compact, below a window's words when it has some."""
    words = 16 if any(window.words for window in windows) else 0
    return (COMPACT_TITLE if ground.compact else 4) + words


def _titles(ground: Canvas, panel: Panel, top: int) -> list[alt.Chart]:
    if ground.compact:
        layers = [text([{"text": panel.title}], 0, 9, "ink", fontSize=12.5, fontWeight=600)]
        if panel.note:
            note = panel.note.replace("\n", " ")
            layers.append(text([{"text": note}], 0, 23, fontSize=10.5))
        return layers
    layers = [text([{"text": panel.title}], 0, top + 6, "ink", fontSize=12.5, fontWeight=600)]
    if panel.note:
        layers.append(text([{"text": panel.note}], 0, top + 22, baseline="middle"))
    return layers


def _verticals(ground: Canvas, top: int, bottom: int) -> alt.Chart:
    lines: alt.Chart = (
        layer(ground.months())
        .mark_rule(color=colour("grid"), strokeWidth=1)
        .encode(x=ground.x(), y=at_y(top), y2=at_y2(bottom))
    )
    return lines


def _tints(ground: Canvas, windows: tuple[Window, ...], top: int, bottom: int) -> list[alt.Chart]:
    rows = [
        {"x": max(0, ground.day(w.first)), "x2": min(ground.days, ground.day(w.last) + 1), "text": w.words}
        for w in windows
        if ground.day(w.last) >= 0
    ]
    if not rows:
        return []
    ends = {"x": ground.x(), "x2": alt.X2("x2:Q")}
    # A little beyond the strip, so that it shows where bars fill the strip to its edges.
    tint = layer(rows).mark_rect(color=colour("window"))
    edge = layer(rows).mark_rule(color=colour("window-edge"), strokeWidth=2)
    return [tint.encode(**ends, y=at_y(top - 1), y2=at_y2(bottom + 5)), edge.encode(**ends, y=at_y(top - 2))]


def window_words(ground: Canvas, windows: tuple[Window, ...], top: int) -> list[alt.Chart]:
    """Return the words over a window, ending where the window ends so that they never leave the picture."""
    rows = [{"x": min(ground.days, ground.day(w.last) + 1), "text": w.words} for w in windows if w.words]
    if not rows:
        return []
    return [text(rows, ground.x(), top - 8, "window-edge", align="right", dx=-4, fontWeight=600)]


def gap_layers(ground: Canvas, gaps: list[tuple[int, int]], top: float, bottom: float) -> list[alt.Chart]:
    """Return grey, hatched stretches for the days that nothing is known of.

    Parameters
    ----------
    ground : Canvas
    gaps : list of (int, int)
        First day and the day after the last.
    top, bottom : float
        Pixels.
    """
    if not gaps:
        return []
    per_pixel = ground.days / (ground.width - ground.left - ground.right)
    slant, step = (bottom - top) * per_pixel, 7 * per_pixel
    rows: list[Row] = []
    for first, end in gaps:
        at = first - slant
        while at < end:
            low, high = max(at, float(first)), min(at + slant, float(end))
            if high > low:
                # A hatch line climbs one pixel a pixel; cut it where the gap begins and ends.
                rows.append(
                    {
                        "x": low,
                        "x2": high,
                        "y": bottom - (low - at) / per_pixel,
                        "y2": bottom - (high - at) / per_pixel,
                    }
                )
            at += step
    pixels = alt.Scale(domain=[top, bottom], range=[top, bottom], nice=False, zero=False)
    data: dict[str, Any] = {"x": ground.x(), "x2": alt.X2("x2:Q")}
    ground_rows = [{"x": first, "x2": end} for first, end in gaps]
    fill = layer(ground_rows).mark_rect(color=colour("gap"))
    hatch = layer(rows).mark_rule(color=colour("gap-line"), strokeWidth=0.7)
    return [
        fill.encode(**data, y=at_y(top), y2=at_y2(bottom)),
        hatch.encode(**data, y=alt.Y("y:Q", scale=pixels, axis=None), y2=alt.Y2("y2:Q")),
    ]


def _gap_words(ground: Canvas, gaps: list[tuple[int, int]], top: float, bottom: float) -> list[alt.Chart]:
    wide = [(first, end) for first, end in gaps if ground.pixel(end) - ground.pixel(first) >= GAP_FOR_WORDS]
    rows: list[Row] = [{"x": (first + end) / 2, "text": say("no data")} for first, end in wide]
    # Upright, so that the words stay inside a gap of a week.
    return [text(rows, ground.x(), (top + bottom) / 2, align="center", angle=270)] if rows else []


def furnished(ground: Canvas, panel: Panel, gaps: list[tuple[int, int]]) -> alt.LayerChart:
    """Return the panel with title, month lines, gaps, shaded windows and the onset line through its whole height."""
    top = top_of(ground, panel.windows)
    bottom = top + panel.height
    onset = (
        layer([{"x": ground.onset_x}])
        .mark_rule(color=colour("pain"), strokeWidth=1.3)
        .encode(x=ground.x(), y=at_y(0), y2=at_y2(bottom + panel.below))
    )
    hatched = gaps if panel.gaps else []
    tints = _tints(ground, panel.windows, top, bottom)
    layers = [
        *tints[:1],
        _verticals(ground, top, bottom),
        *gap_layers(ground, hatched, top, bottom),
        onset,
        *panel.layers,
        *tints[1:],
        *(_gap_words(ground, hatched, top, bottom) if panel.name_gaps else []),
        *window_words(ground, panel.windows, top),
        *_titles(ground, panel, top),
    ]
    return view(layers, ground.width, bottom + panel.below)


def furnished_plainly(
    ground: Canvas, panel: Panel, lines: list[Row], spans: list[Row] | None = None
) -> alt.LayerChart:
    """Return a panel with its title and upright lines, where no single onset is meant.

    Parameters
    ----------
    ground : Canvas
    panel : Panel
    lines : list of rows
        With ``x``, a day number or whatever the canvas counts.
    spans : list of rows, optional
        With ``x``, ``x2`` and ``begins`` (whether the onset itself is in the picture): tinted through the whole height,
        so that they run on from strip to strip.
    """
    top = top_of(ground)
    bottom = top + panel.height
    rule = layer(lines or [{"x": 0}]).mark_rule(color=colour("grid"), strokeWidth=1)
    upright = rule.encode(x=ground.x(), y=at_y(top), y2=at_y2(bottom))
    layers = [
        *tinted(ground, spans or [], 0, bottom + panel.below), upright, *panel.layers,
        *_titles(ground, panel, top),
    ]  # fmt: skip
    return view(layers, ground.width, bottom + panel.below)


def tinted(ground: Canvas, spans: list[Row], top: float, bottom: float) -> list[alt.Chart]:
    """Return stretches of days in which something hurt, tinted, with a line where each began."""
    if not spans:
        return []
    across = {"x": ground.x(), "y": at_y(top), "y2": at_y2(bottom)}
    ends = [{"x": row["x"], "x2": row["x2"]} for row in spans]
    tint = layer(ends).mark_rect(color=colour("pain-soft"), opacity=0.3).encode(**across, x2=alt.X2("x2:Q"))
    begun = [{"x": row["x"]} for row in spans if row["begins"]]
    line = layer(begun).mark_rule(color=colour("pain"), strokeWidth=1.3).encode(**across) if begun else None
    return [tint, line] if line else [tint]


def onset_head(ground: Canvas) -> alt.LayerChart:
    """Return the strip on top: the onset line begins, with its words."""
    at = ground.onset_x
    words: list[Row] = [{"x": at, "text": say("pain began {short_day}", short_day=u.short_day(ground.onset))}]
    label = text(words, ground.x(), 8, "pain", align="right", fontWeight=600, dx=-5, fontSize=11.5)
    rule = layer([{"x": at}]).mark_rule(color=colour("pain"), strokeWidth=1.3)
    line = rule.encode(x=ground.x(), y=at_y(2), y2=at_y2(20))
    return view([line, label], ground.width, 20)


def month_foot(ground: Canvas) -> alt.LayerChart:
    """Return the strip below: the names of the months, as many as have room."""
    months = ground.months()
    # A month that begins at the right edge would print its name outside the picture.
    inside = [
        row for row in months if ground.pixel(row["x"]) < ground.width - ground.right - MONTH_WIDTH * 0.7
    ]
    apart = ground.pixel(30) - ground.pixel(0)
    every = next(step for step in (1, 2, 3, 4, 6, 12) if step * apart >= MONTH_WIDTH or step == 12)
    named = [
        row | {"text": row["text"] if every * apart > 2 * MONTH_WIDTH else row["text"][:3]} for row in inside
    ]
    labels = text(named[::every], ground.x(), 9, dx=3)
    rule = layer(months).mark_rule(color=colour("grid"))
    return view([rule.encode(x=ground.x(), y=at_y(0), y2=at_y2(15)), labels], ground.width, 18)
