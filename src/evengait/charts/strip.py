"""One factor against the runner's own earlier windows: where the value before the onset lies among them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt

from evengait.charts.marks import at_y, at_y2, layer, scale_y, view
from evengait.charts.palette import colour
from evengait.charts.style import housed, unchecked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evengait.charts.canvas import Row

BINS = 44


def strip(factor: Mapping[str, Any], width: int = 200, height: int = 30) -> alt.VConcatChart | None:
    """Draw the earlier windows as a small pile of bars, the usual range behind them, the value as a pin.

    Parameters
    ----------
    factor : mapping
        A factor of an explanation; ``control_values`` (the earlier windows) may be absent: then the usual range and
        the pin alone are drawn.
    width, height : int
        Pixels.

    Returns
    -------
    alt.VConcatChart or None
        None where the value is unknown, or has nothing to be compared with.
    """
    value, usual = factor.get("value"), factor.get("usual_range")
    controls = [v for v in factor.get("control_values") or [] if v is not None and math.isfinite(v)]
    if value is None or (not controls and not usual):
        return None
    everything = [value, *controls, *(usual or [])]
    low, high = min(everything), max(everything)
    room = (high - low) * 0.04 or 1.0
    scale = alt.Scale(domain=[low - room, high + room], range=[1, width - 1], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    with unchecked():
        layers = []
        if usual:
            band = layer([{"x": usual[0], "x2": usual[1]}]).mark_rect(color=colour("band"))
            layers.append(band.encode(x=x("x"), x2=alt.X2("x2:Q"), y=at_y(0), y2=at_y2(height - 1)))
        if controls:
            layers.append(_pile(_bins(controls, low - room, high + room), x("x"), height))
        role = "window-edge" if factor["stands_out"] else "ink"
        pin = layer([{"x": value}])
        line = pin.mark_rule(color=colour(role), strokeWidth=2.5)
        head = pin.mark_point(color=colour(role), filled=True, opacity=1, size=46, shape="diamond")
        ground = layer([{"x": low - room, "x2": high + room}]).mark_rule(color=colour("line"))
        layers += [
            ground.encode(x=x("x"), x2=alt.X2("x2:Q"), y=at_y(height - 1)),
            line.encode(x=x("x"), y=at_y(5), y2=at_y2(height - 1)),
            head.encode(x=x("x"), y=at_y(5)),
        ]
        return housed([view(layers, width, height)])


def _bins(values: Sequence[float], low: float, high: float) -> list[Row]:
    """Return the filled ones of equal bins, each a little narrower than its share so that bars stay apart."""
    step = (high - low) / BINS
    counts = [0] * BINS
    for value in values:
        counts[min(int((value - low) / step), BINS - 1)] += 1
    return [
        {"x": low + (i + 0.1) * step, "x2": low + (i + 0.9) * step, "y": n, "zero": 0}
        for i, n in enumerate(counts)
        if n
    ]


def _pile(rows: list[Row], x: alt.X, height: int) -> alt.Chart:
    scale = scale_y(0, max(row["y"] for row in rows), height * 0.3, height - 1)
    pile: alt.Chart = (
        layer(rows)
        .mark_rect(color=colour("bar"))
        .encode(x=x, x2=alt.X2("x2:Q"), y=alt.Y("y:Q", scale=scale, axis=None), y2=alt.Y2("zero:Q"))
    )
    return pile
