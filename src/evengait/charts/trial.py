"""A self-trial's diary: a dot a day, the blocks with it shaded, the two levels with their bands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import altair as alt

from evengait.charts.marks import at_y, at_y2, layer, scale_y, text, view
from evengait.charts.palette import colour
from evengait.charts.style import housed, unchecked
from evengait.core.language import figures, say
from evengait.core.units import SHORT_MONTHS, short_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.charts.canvas import Row

WIDE, NARROW = (780, 34, 150), (350, 26, 12)
"""Pixels of the whole, of the left and of the right margin."""
HEIGHT, TOP, FOOT = 190, 26, 22
NARROW_TOP = 58
FEWEST_PIXELS_FOR_WORD = 34


def trial(answer: Mapping[str, Any], *, compact: bool = False) -> alt.VConcatChart:
    """Draw a trial's diary.

    Parameters
    ----------
    answer : mapping
        As ``trial analyse --json`` prints it.
    compact : bool
        For a narrow screen: the levels' words stand above the picture.

    Returns
    -------
    alt.VConcatChart
        Days left out (settling, or without a known treatment) are hollow; a day without pain told has no dot.
    """
    with unchecked():
        return _trial(answer, compact=compact)


def _trial(answer: Mapping[str, Any], *, compact: bool) -> alt.VConcatChart:
    width, left, right = NARROW if compact else WIDE
    top = NARROW_TOP if compact else TOP
    bottom = top + HEIGHT
    first = date.fromisoformat(answer["first"])
    days: list[Mapping[str, Any]] = answer["diary"]
    across = alt.Scale(domain=[0, len(days)], range=[left, width - right], nice=False, zero=False)
    x, x2 = alt.X("x:Q", scale=across, axis=None), alt.X2("x2:Q")
    down = scale_y(0, 10, top, bottom)
    y = alt.Y("y:Q", scale=down, axis=None)
    per_day = (width - left - right) / len(days)
    layers = [
        *_blocks(days, x, x2, top, bottom, per_day),
        *_grid(x, x2, y, len(days), left, compact=compact),
        *_levels(answer, x, x2, down, width - right + 8, compact=compact),
        *_dots(days, x, y, per_day),
        *_months(first, len(days), x, bottom, per_day),
    ]
    return housed([view(layers, width, bottom + FOOT)])


def stretches(days: list[Mapping[str, Any]]) -> list[tuple[int, int, bool]]:
    """Return first day, day after the last, and with or without, for each stretch of one sort; unknown days end one.

    Examples
    --------
    >>> stretches([{"treated": 1.0}, {"treated": 1.0}, {"treated": None}, {"treated": 0.0}])
    [(0, 2, True), (3, 4, False)]
    """
    found: list[tuple[int, int, bool]] = []
    for i, day in enumerate(days):
        if day["treated"] is None:
            continue
        on = bool(day["treated"])
        if found and found[-1][1] == i and found[-1][2] == on:
            found[-1] = (found[-1][0], i + 1, on)
        else:
            found.append((i, i + 1, on))
    return found


def _blocks(
    days: list[Mapping[str, Any]], x: alt.X, x2: alt.X2, top: int, bottom: int, per_day: float
) -> list[alt.Chart]:
    runs = stretches(days)
    rows: list[Row] = [{"x": first, "x2": end} for first, end, on in runs if on]
    if not rows:
        return []
    shade = layer(rows).mark_rect(color=colour("window"))
    edge = layer(rows).mark_rule(color=colour("window-edge"), strokeWidth=2)
    words = [
        {"x": (first + end) / 2, "text": say("with") if on else say("without")}
        for first, end, on in runs
        if (end - first) * per_day >= FEWEST_PIXELS_FOR_WORD + (12 if not on else 0)
    ]
    named = [text(words, x, top - 8, align="center", fontSize=10.5)] if words else []
    return [
        shade.encode(x=x, x2=x2, y=at_y(top), y2=at_y2(bottom)),
        edge.encode(x=x, x2=x2, y=at_y(top)),
        *named,
    ]


def _grid(x: alt.X, x2: alt.X2, y: alt.Y, days: int, left: int, *, compact: bool) -> list[alt.Chart]:
    rows: list[Row] = [{"y": score, "x": 0, "x2": days, "text": str(score)} for score in (0, 5, 10)]
    rule = layer(rows).mark_rule(color=colour("grid"))
    scale = text(rows, left - 6, y, align="right", fontSize=10.5)
    title = text([{"text": say("Pain, 0 to 10")}], 0, 9, "ink", fontSize=12.5, fontWeight=600)
    return [rule.encode(x=x, x2=x2, y=y), scale, *([title] if compact else [])]


def _dots(days: list[Mapping[str, Any]], x: alt.X, y: alt.Y, per_day: float) -> list[alt.Chart]:
    told = [(i, day) for i, day in enumerate(days) if day["pain"] is not None]
    size = min(max(per_day * 4.5, 9.0), 42.0)
    layers = []
    for used in (False, True):
        rows = [{"x": i + 0.5, "y": day["pain"]} for i, day in told if day["used"] == used]
        if rows:
            style: dict[str, Any] = {"size": size, "opacity": 1, "strokeWidth": 1.1, "stroke": colour("dot")}
            fill = colour("dot") if used else colour("paper")
            layers.append(layer(rows).mark_circle(fill=fill, **style).encode(x=x, y=y))
    return layers


def _levels(
    answer: Mapping[str, Any], x: alt.X, x2: alt.X2, down: alt.Scale, beside: int, *, compact: bool
) -> list[alt.Chart]:
    bands = answer.get("bands") or {}
    drawn: list[alt.Chart] = []
    runs = stretches(answer["diary"])
    named = {"treated": (say("with it"), "window-edge"), "untreated": (say("without it"), "dot")}
    at = _apart({name: 10 - band[0] for name, band in bands.items()})
    for place, (name, (words, role)) in enumerate(named.items()):
        if name not in bands:
            continue
        level, low, high = bands[name]
        mine = [
            {"x": first, "x2": end, "y": level, "low": max(low, 0), "high": min(high, 10)}
            for first, end, on in runs
            if on == (name == "treated")
        ]
        y = alt.Y("low:Q", scale=down, axis=None)
        band = layer(mine).mark_rect(color=colour(role), opacity=0.17)
        line = layer(mine).mark_rule(color=colour(role), strokeWidth=2.5)
        drawn += [
            band.encode(x=x, x2=x2, y=y, y2=alt.Y2("high:Q")),
            line.encode(x=x, x2=x2, y=alt.Y("y:Q", scale=down, axis=None)),
        ]
        said = f"{figures(f'{level:.1f}')} {words}"
        if compact:
            drawn.append(text([{"text": said}], 0 if place == 0 else 110, 28, role, fontWeight=600))
        else:
            label = alt.Y("at:Q", scale=down, axis=None)
            rows: list[Row] = [{"text": said, "at": 10 - at[name]}]
            drawn.append(text(rows, beside, label, role, fontWeight=600, fontSize=12))
            span = say("90 %: {low:.1f} to {high:.1f}", low=max(low, 0), high=min(high, 10))
            drawn.append(text([{"text": span, "at": 10 - at[name]}], beside, label, dy=14, fontSize=10.5))
    return drawn


def _apart(places: dict[str, float]) -> dict[str, float]:
    """Return the heights of the words, at least 1.9 points from one another."""
    if len(places) < 2:
        return places
    (one, a), (other, b) = sorted(places.items(), key=lambda item: item[1])
    short = max(1.9 - (b - a), 0) / 2
    a = min(max(a - short, 0.2), 7.2)
    return {one: a, other: min(max(b + short, a + 1.9), 9.4)}


def _months(first: date, days: int, x: alt.X, bottom: int, per_day: float) -> list[alt.Chart]:
    rows: list[Row] = [{"x": 0, "text": short_day(first)}]
    for i in range(1, days):
        when = first + timedelta(days=i)
        if when.day == 1 and i * per_day > 44 and (days - i) * per_day > 20:
            rows.append({"x": i, "text": say(SHORT_MONTHS[when.month - 1])})
    ticks = layer(rows).mark_rule(color=colour("line"))
    return [
        ticks.encode(x=x, y=at_y(bottom), y2=at_y2(bottom + 5)),
        text(rows, x, bottom + 13, dx=1, fontSize=10.5),
    ]
