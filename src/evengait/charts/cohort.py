"""A cohort's answer: the ratios of one factor's states with their intervals, and who is injured by which day."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt

from evengait.charts.marks import at_y, at_y2, layer, scale_y, text, view
from evengait.charts.palette import colour
from evengait.charts.style import housed, unchecked
from evengait.core.language import figures, say
from evengait.core.spike import STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evengait.charts.canvas import Row

WIDE, NARROW = (780, 110, 40), (350, 76, 24)
"""Pixels of the whole, of the left and of the right margin."""
ROW, TOP, FOOT = 34, 14, 26
RATIOS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
HEIGHT = 190


def ratios(states: Sequence[Mapping[str, Any]], *, compact: bool = False) -> alt.VConcatChart | None:
    """Draw the hazard ratios of a factor's states with their intervals; half and double are as far from one.

    Parameters
    ----------
    states : sequence of mapping
        As ``cohort spikes --json`` has them; states without a ratio are left out.
    compact : bool
        For a narrow screen.

    Returns
    -------
    alt.VConcatChart or None
        None where no state has a ratio with an interval.
    """
    told = [one for one in states if one["hazard_ratio"] is not None]
    if not any(one["interval"] for one in told):
        return None
    with unchecked():
        return _ratios(told, *(NARROW if compact else WIDE))


def _ratios(told: Sequence[Mapping[str, Any]], width: int, left: int, right: int) -> alt.VConcatChart:
    edges = [edge for one in told for edge in one["interval"] or [1.0]]
    marks = [one for one in RATIOS if min(*edges, 0.5) / 2 < one < max(*edges, 2.0) * 2]
    low, high = min(*marks, *edges), max(*marks, *edges)
    bottom = TOP + ROW * len(told)
    across = alt.Scale(type="log", domain=[low, high], range=[left, width - right], nice=False)
    x = alt.X("x:Q", scale=across, axis=None)
    ticks: list[Row] = [{"x": one, "text": figures(f"{one:g}")} for one in marks]
    rows = [(one, TOP + ROW * (place + 0.5)) for place, one in enumerate(told)]
    layers = [
        layer(ticks).mark_rule(color=colour("grid")).encode(x=x, y=at_y(TOP), y2=at_y2(bottom)),
        layer([{"x": 1.0}])
        .mark_rule(color=colour("line"), strokeWidth=1.5)
        .encode(x=x, y=at_y(TOP), y2=at_y2(bottom)),
        text(ticks, x, bottom + 13, align="center", fontSize=10.5),
    ]
    for one, at in rows:
        layers.append(
            text(
                [{"text": STATE_WORDS.get(one["state"], one["state"])}],
                left - 14,
                at,
                "ink",
                align="right",
                fontSize=12,
            )
        )
        dot: list[Row] = [{"x": one["hazard_ratio"]}]
        if one["interval"]:
            span: list[Row] = [{"x": one["interval"][0], "x2": one["interval"][1]}]
            line = layer(span).mark_rule(color=colour("bar"), strokeWidth=3)
            layers.append(line.encode(x=x, x2=alt.X2("x2:Q"), y=at_y(at)))
        fill = colour("dot") if one["interval"] else colour("paper")
        mark = layer(dot).mark_circle(fill=fill, stroke=colour("dot"), size=62, opacity=1, strokeWidth=1.2)
        layers.append(mark.encode(x=x, y=at_y(at)))
    return housed([view(layers, width, bottom + FOOT)])


def incidence(days: Sequence[Mapping[str, Any]], *, compact: bool = False) -> alt.VConcatChart | None:
    """Draw the share injured by each of some days with its interval.

    Parameters
    ----------
    days : sequence of mapping
        As ``cohort spikes --json`` has them under ``cumulative_incidence``.
    compact : bool
        For a narrow screen.

    Returns
    -------
    alt.VConcatChart or None
        None where there are fewer than two days.
    """
    if len(days) < 2:
        return None
    with unchecked():
        return _incidence(days, *(NARROW if compact else WIDE))


def _incidence(days: Sequence[Mapping[str, Any]], width: int, left: int, right: int) -> alt.VConcatChart:
    start = {"days": 0, "share": 0.0, "interval": (0.0, 0.0)}
    rows: list[Row] = [
        {"x": one["days"], "y": one["share"], "low": one["interval"][0], "high": one["interval"][1]}
        for one in (start, *days)
    ]
    top = max(math.ceil(10 * row["high"]) for row in rows) / 10
    bottom = TOP + HEIGHT
    across = alt.Scale(domain=[0, days[-1]["days"]], range=[left, width - right], nice=False, zero=False)
    x, down = alt.X("x:Q", scale=across, axis=None), scale_y(0, top, TOP, bottom)
    y = alt.Y("y:Q", scale=down, axis=None)
    step = 0.1 if top <= 0.5 else 0.2
    grid: list[Row] = [
        {"x": 0, "x2": days[-1]["days"], "y": i * step, "text": f"{100 * i * step:.0f} %"}
        for i in range(round(top / step) + 1)
    ]
    ends: list[Row] = [{"x": one["days"], "text": f"{one['days']}"} for one in days]
    layers = [
        layer(grid).mark_rule(color=colour("grid")).encode(x=x, x2=alt.X2("x2:Q"), y=y),
        text(grid, left - 10, y, align="right", fontSize=10.5),
        layer(rows)
        .mark_area(color=colour("bar"), opacity=0.22)
        .encode(x=x, y=alt.Y("low:Q", scale=down, axis=None), y2=alt.Y2("high:Q")),
        layer(rows).mark_line(color=colour("bar"), strokeWidth=2.5).encode(x=x, y=y),
        layer(rows[1:]).mark_circle(color=colour("dot"), size=46, opacity=1).encode(x=x, y=y),
        text(ends, x, bottom + 13, align="center", fontSize=10.5),
        text([{"text": say("day")}], width - right + 14, bottom + 13, fontSize=10.5),
    ]
    return housed([view(layers, width, bottom + FOOT)])
