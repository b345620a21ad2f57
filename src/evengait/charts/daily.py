"""Dots by day against the runner's own noise: balance, and step rate or contact time where they stood out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from evengait.charts.furniture import Panel, Window, top_of
from evengait.charts.marks import gridlines, layer, scale_y, text
from evengait.charts.palette import colour
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from evengait.charts.canvas import Canvas, Row

BALANCE_HEIGHT = 66
FEWEST_FOR_A_BAND = 20
"""Days within one sensor below which no own noise is drawn."""
CLEAR_OF_ONSET, YEAR = timedelta(days=28), timedelta(days=364)


@dataclass(frozen=True)
class Noise:
    """The runner's own usual value and the band that 95 of 100 days fall in, within one sensor."""

    usual: float
    low: float
    high: float
    first: date
    sensor: str | None


def own_noise(exposures: pl.DataFrame, column: str, before: date) -> Noise | None:
    """Return the runner's own noise in a daily column up to ``before``, within the sensor last used.

    Parameters
    ----------
    exposures : pl.DataFrame
        The ``exposures`` table.
    column : str
        E.g. ``balance_left_pct``.
    before : date
        The band is made of earlier days only.

    Returns
    -------
    Noise or None
        Of the year before ``before``: median, and median ± 1.96 times the scaled median absolute deviation. None with
        under 20 days.

    References
    ----------
    gct-balance-mdc
    """
    known = exposures.filter(pl.col(column).is_not_null()).sort("date")
    if known.is_empty():
        return None
    sensor = known["gait_sensor"][-1]
    same = known.filter(pl.col("gait_sensor").eq_missing(pl.lit(sensor, pl.String)))
    year = (pl.col("date") < before) & (pl.col("date") >= before - YEAR)
    values = same.filter(year)[column]
    if len(values) < FEWEST_FOR_A_BAND:
        return None
    usual = float(values.median())  # type: ignore[arg-type] # a float column
    spread = 1.96 * 1.4826 * float((values - usual).abs().median())  # type: ignore[arg-type] # a float column
    return Noise(usual, usual - spread, usual + spread, same["date"][0], sensor)


def daily_panel(
    ground: Canvas,
    exposures: pl.DataFrame,
    column: str,
    words: tuple[str, str, str],
    *,
    changed_on: date | None = None,
    windows: tuple[Window, ...] = (),
    height: int = BALANCE_HEIGHT,
    least_span: float = 4.0,
) -> Panel | None:
    """Return a dot a day with the runner's own noise band; dots outside it, or of another sensor, look different.

    Parameters
    ----------
    ground : Canvas
    exposures : pl.DataFrame
    column : str
        Daily value to draw.
    words : (str, str, str)
        Title, note, and the unit put after the numbers at the left.
    changed_on : date or None
        First day of a change: the band is then made of the days before it.
    windows : tuple of Window
    height : int
        Pixels.
    least_span : float
        Smallest span of the vertical scale, so that noise is not blown up into a drama.

    Returns
    -------
    Panel or None
        None where no day drawn has a value.
    """
    shown = exposures.filter(
        pl.col(column).is_not_null() & (pl.col("date") >= ground.start) & (pl.col("date") <= ground.end)
    )
    if shown.is_empty():
        return None
    # What came later, perhaps from another sensor, is no business of this onset.
    until = exposures.filter(pl.col("date") <= ground.end)
    noise = own_noise(until, column, changed_on or ground.onset - CLEAR_OF_ONSET)
    rows: list[Row] = [
        {"x": ground.day(day) + 0.5, "y": value, "day": u.short_day(day)} | _look(value, sensor, noise)
        for day, value, sensor in shown.select("date", column, "gait_sensor").iter_rows()
    ]
    middle = noise.usual if noise else sum(row["y"] for row in rows) / len(rows)
    reach = max(least_span / 2, *(abs(row["y"] - middle) * 1.08 for row in rows))
    top = top_of(ground, windows)
    scale = scale_y(middle - reach, middle + reach, top, top + height)
    step = next(s for s in (0.5, 1, 2, 5, 10, 20, 50, 100, 200) if 2 * reach / s < 4.9)
    lines = [i * step for i in range(int((middle - reach) // step) + 1, int((middle + reach) // step) + 1)]
    layers = _band(ground, noise, scale) if noise else []
    layers += gridlines(ground, lines, scale, [f"{u.number(line)}{words[2]}" for line in lines])
    layers.append(_dots(ground, rows, scale))
    if noise and not ground.compact:
        at = top + height * (1 - (noise.usual - middle + reach) / (2 * reach))
        layers.append(
            text(
                [{"text": say("your usual")}],
                ground.beside,
                at,
                fontSize=10.5,
            )
        )
    return Panel(words[0], words[1], height, layers, windows)


def _look(value: float, sensor: str | None, noise: Noise | None) -> Row:
    """Return fill, edge and size of a dot: hollow for another sensor, dark and larger outside the band."""
    if noise is not None and sensor != noise.sensor:
        return {"fill": colour("paper"), "edge": colour("dot-light"), "size": 13}
    if noise is None or noise.low <= value <= noise.high:
        return {"fill": colour("dot-light"), "edge": colour("dot-light"), "size": 15}
    return {"fill": colour("ink"), "edge": colour("ink"), "size": 26}


def _band(ground: Canvas, noise: Noise, scale: alt.Scale) -> list[alt.Chart]:
    row = {
        "x": max(0, ground.day(noise.first)),
        "x2": ground.days,
        "y": noise.low,
        "y2": noise.high,
        "usual": noise.usual,
    }
    rows = [row]
    across = {"x": ground.x(), "x2": alt.X2("x2:Q")}
    band = layer(rows).mark_rect(color=colour("band"))
    usual = layer(rows).mark_rule(color=colour("dot-light"), strokeDash=[2, 3])
    return [
        band.encode(**across, y=alt.Y("y:Q", scale=scale, axis=None), y2=alt.Y2("y2:Q")),
        usual.encode(**across, y=alt.Y("usual:Q", scale=scale, axis=None)),
    ]


def _dots(ground: Canvas, rows: list[Row], scale: alt.Scale) -> alt.Chart:
    dots = layer(rows).mark_point(filled=True, shape="circle", opacity=1, strokeWidth=0.8)
    encoded: alt.Chart = dots.encode(
            x=ground.x(), y=alt.Y("y:Q", scale=scale, axis=None), fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None), size=alt.Size("size:Q", scale=None),
            tooltip=[alt.Tooltip("day:N"), alt.Tooltip("y:Q", format=".1f")],
    )  # fmt: skip
    return encoded
