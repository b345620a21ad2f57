"""The few kinds of mark that every panel is made of, in the house's sizes and colours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Self

import altair as alt

from evengait.charts.palette import colour
from evengait.core import units as u

if TYPE_CHECKING:
    from evengait.charts.canvas import Canvas, Row

SMALL, LABEL, TITLE = 10.5, 11, 12.5
"""Sizes of letters in pixels of the drawing."""


class _Layer(alt.Chart):
    """A chart that is handed on by reference.

    Altair copies every part of a chart at every level it is put into, and again when it is written out: more than half
    of the time that a picture takes. None of ours is changed after it was put together.
    """

    def __deepcopy__(self, _: object) -> Self:
        """Return this very chart."""
        return self


class _View(alt.LayerChart):
    """Layers over one another, handed on by reference like them."""

    def __deepcopy__(self, _: object) -> Self:
        """Return this very view."""
        return self


class _Rows(alt.InlineData):
    """Rows that are written out as they are: Altair looks into each value for something of its own."""

    def to_dict(self, *_: object, **__: object) -> dict[str, Any]:
        """Return the rows."""
        return {"values": self.values}


def layer(rows: list[Row]) -> alt.Chart:
    """Return a chart over the rows, ready for its mark; their values are numbers, words or None."""
    return _Layer(_Rows(values=rows))


def at_x(pixel: float) -> alt.XValue:
    """Return a fixed place in pixels from the left of its view."""
    return alt.XValue(pixel)  # type: ignore[no-untyped-call] # Altair leaves its own __init__ untyped


def at_y(pixel: float) -> alt.YValue:
    """Return a fixed height in pixels from the top of its view."""
    # Altair turns a plain alt.value() into this through its whole schema, at several milliseconds each.
    return alt.YValue(pixel)  # type: ignore[no-untyped-call] # Altair leaves its own __init__ untyped


def at_y2(pixel: float) -> alt.Y2Value:
    """Return the other end of a mark, in pixels from the top of its view."""
    return alt.Y2Value(pixel)  # type: ignore[no-untyped-call] # Altair leaves its own __init__ untyped


def view(layers: list[alt.Chart], width: int, height: int) -> alt.LayerChart:
    """Return layers over one another, each with its own vertical scale, in a view of this size."""
    return _View(layer=layers, width=width, height=height, resolve=alt.Resolve(scale={"y": "independent"}))


def scale_y(low: float, high: float, top: float, bottom: float) -> alt.Scale:
    """Return a vertical scale from ``low`` at the pixel ``bottom`` to ``high`` at the pixel ``top``."""
    return alt.Scale(domain=[low, high], range=[bottom, top], nice=False, zero=False)


def ticks(high: float, most: float = 4.3) -> list[float]:
    """Return round values from 0 up to ``high``, at most ``most`` steps above 0.

    Examples
    --------
    >>> ticks(104.0), ticks(38.7), ticks(0.0)
    ([0.0, 50.0, 100.0], [0.0, 10.0, 20.0, 30.0], [0.0])
    """
    if high <= 0:
        return [0.0]
    for step in (mantissa * 10.0**power for power in range(-3, 7) for mantissa in (1, 2, 5)):
        if high / step < most:
            return [i * step for i in range(int(high / step) + 1)]
    return [0.0]


def rounds(low: float, high: float, most: float = 4.5) -> list[float]:
    """Return round values between ``low`` and ``high``, at most ``most`` steps apart from one end to the other.

    Examples
    --------
    >>> rounds(47.6, 52.3), rounds(128.0, 159.0), rounds(3.0, 3.0)
    ([48.0, 49.0, 50.0, 51.0, 52.0], [130.0, 140.0, 150.0], [])
    """
    if high <= low:
        return []
    for step in (mantissa * 10.0**power for power in range(-3, 7) for mantissa in (1, 2, 5)):
        if (high - low) / step < most + 0.5:
            return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return []


def text(
    values: list[Row], x: alt.X | float, y: alt.Y | float, role: str = "muted", **mark: str | float
) -> alt.Chart:
    """Return a layer of text; every value has a ``text``; ``x`` and ``y`` are channels, or pixels."""
    style: dict[str, Any] = {
        "fontSize": 11,
        "baseline": "middle",
        "align": "left",
        "lineBreak": "\n",
        "lineHeight": 13,
    } | mark
    chart = layer(values).mark_text(color=colour(role), **style)
    across = x if isinstance(x, alt.X) else at_x(x)
    down = y if isinstance(y, alt.Y) else at_y(y)
    words: alt.Chart = chart.encode(across, down, alt.Text("text:N"))
    return words


def gridlines(
    ground: Canvas, values: list[float], scale: alt.Scale, words: list[str] | None = None
) -> list[alt.Chart]:
    """Return faint horizontal lines with their numbers in the left margin."""
    words = words or [u.number(value) for value in values]
    rows: list[Row] = [
        {"y": value, "x": 0, "x2": ground.days, "text": word}
        for value, word in zip(values, words, strict=True)
    ]
    y = alt.Y("y:Q", scale=scale, axis=None)
    rule = layer(rows).mark_rule(color=colour("grid"))
    return [
        rule.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=y),
        text(rows, ground.left - 6, y, align="right", fontSize=10.5),
    ]
