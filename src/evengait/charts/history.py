"""Any span of an archive, from years to a month: distance, pain, what hurt, ground and left/right, aligned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import altair as alt

from evengait.charts.canvas import Canvas
from evengait.charts.furniture import Panel, furnished_plainly
from evengait.charts.marks import gridlines, layer, scale_y, text, ticks, view
from evengait.charts.palette import colour
from evengait.charts.style import housed, unchecked
from evengait.core import units as u

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from evengait.charts.canvas import Row

TOP = {False: 4, True: 32}
DISTANCE, PAIN, GROUND, BALANCE, PROBLEM_ROW = 110, 44, 30, 60, 16
FEWEST_YEARS_LINES = 800
"""Days from which lines stand at years, and no more at months."""

Span = tuple[date, date, str]


def history(
    periods: pl.DataFrame,
    first: date,
    last: date,
    problems: Sequence[Span] = (),
    units: u.Units = "km",
    *,
    per: str = "week",
    compact: bool = False,
) -> alt.VConcatChart:
    """Draw a span.

    Parameters
    ----------
    periods : DataFrame
        As ``actions/look_back.py`` makes it: ``first``, ``days``, ``covered``, ``distance_m``, ``pain``,
        ``paved_share``, ``balance_left_pct``.
    first, last : date
        The span drawn.
    problems : sequence of (first, last, name)
        What hurt.
    per : str
        What a bar is: day, week or month.
    compact : bool
        For a narrow screen.
    """
    width, left, right = (350, 34, 8) if compact else (780, 168, 20)
    ground = Canvas(first, (last - first).days + 1, first, units, width, left, right, compact)
    rows = [_row(ground, row) for row in periods.iter_rows(named=True)]
    with unchecked():
        panels = [_distance(ground, rows, per), _pain(ground, rows), _hurt(ground, problems)]
        panels += [_paved(ground, rows), _balance(ground, rows)]
        views = [furnished_plainly(ground, panel, _lines(ground)) for panel in panels if panel is not None]
        return housed([*views, _foot(ground)])


def _row(ground: Canvas, row: dict[str, object]) -> Row:
    day, days = row["first"], row["days"]
    assert isinstance(day, date)  # noqa: S101 - the table says so
    assert isinstance(days, int)  # noqa: S101 - the table says so
    x, gap = ground.day(day), 0.12 * days
    return {**row, "x": x + gap / 2, "x2": x + days - gap / 2, "middle": x + days / 2, "zero": 0.0}


def _distance(ground: Canvas, rows: list[Row], per: str) -> Panel:
    factor = u.in_units(1.0, ground.units)
    bars = [row | {"y": row["distance_m"] * factor} for row in rows if row["distance_m"] is not None]
    longest = [row | {"y": row["longest_run_m"] * factor} for row in rows if row["longest_run_m"]]
    high = max([row["y"] for row in bars] or [1.0]) * 1.05 or 1.0
    top = TOP[ground.compact]
    scale = scale_y(0, high, top, top + DISTANCE)
    y = alt.Y("y:Q", scale=scale, axis=None)
    unknown = [{"x": row["x"], "x2": row["x2"]} for row in rows if not row["covered"]]
    layers = gridlines(ground, ticks(high), scale)
    if unknown:
        gap = layer(unknown).mark_rect(color=colour("gap"))
        layers.append(gap.encode(x=ground.x(), x2=alt.X2("x2:Q")))
    if bars:
        bar = layer(_only(bars, "x", "x2", "y", "zero")).mark_rect(color=colour("bar"))
        layers.append(bar.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("zero:Q")))
    if longest and per != "day":
        dash = layer(_only(longest, "x", "x2", "y")).mark_rule(color=colour("ink"), strokeWidth=1.6)
        layers.append(dash.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=y))
    name = u.LONG_NAMES[ground.units].capitalize()
    note = "" if per == "day" else "line: the longest run;\ngrey: nothing recorded"
    return Panel(f"{name} a {per}", note, DISTANCE, layers)


def _pain(ground: Canvas, rows: list[Row]) -> Panel | None:
    told = [row | {"y": max(row["pain"], 0.2)} for row in rows if row["pain"] is not None]
    if not told:
        return None
    top = TOP[ground.compact]
    scale = scale_y(0, 10, top, top + PAIN)
    bar = layer(_only(told, "x", "x2", "y", "zero")).mark_rect(color=colour("pain"))
    y = alt.Y("y:Q", scale=scale, axis=None)
    layers = gridlines(ground, [0.0, 5.0, 10.0], scale)
    layers.append(bar.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("zero:Q")))
    return Panel("Worst pain", "where it was said", PAIN, layers)


def _hurt(ground: Canvas, problems: Sequence[Span]) -> Panel | None:
    shown = [one for one in problems if one[1] >= ground.start and one[0] <= ground.end]
    if not shown:
        return None
    top = TOP[ground.compact]
    height = PROBLEM_ROW * len(shown)
    pixels = alt.Scale(domain=[0, top + height], range=[0, top + height], nice=False, zero=False)
    rows: list[Row] = []
    for number, (begin, end, name) in enumerate(shown):
        y = top + number * PROBLEM_ROW
        x = max(ground.day(begin), 0)
        rows.append({"x": x, "x2": min(ground.day(end) + 1, ground.days), "y": y + 2.0, "y2": y + 6.0,
                     "at": y + 11.0, "text": name, "late": x > ground.days * 0.6})  # fmt: skip
    bar = layer(_only(rows, "x", "x2", "y", "y2")).mark_rect(color=colour("pain"))
    across = {"x": ground.x(), "x2": alt.X2("x2:Q")}
    layers = [bar.encode(**across, y=alt.Y("y:Q", scale=pixels, axis=None), y2=alt.Y2("y2:Q"))]
    for late, align in ((False, "left"), (True, "right")):
        some: list[Row] = [
            {"x": row["x2"] if late else row["x"], "y": row["at"], "text": row["text"]}
            for row in rows
            if row["late"] == late
        ]
        if some:
            at = alt.Y("y:Q", scale=pixels, axis=None)
            layers.append(text(some, ground.x(), at, "ink", fontSize=10.5, align=align))
    return Panel("What hurt", "", height, layers)


def _paved(ground: Canvas, rows: list[Row]) -> Panel | None:
    known = [row | {"y": row["paved_share"], "one": 1.0} for row in rows if row["paved_share"] is not None]
    if not known:
        return None
    top = TOP[ground.compact]
    y = alt.Y("y:Q", scale=scale_y(0, 1, top, top + GROUND), axis=None)
    across = {"x": ground.x(), "x2": alt.X2("x2:Q")}
    some = _only(known, "x", "x2", "y", "zero", "one")
    soft = layer(some).mark_rect(color=colour("trail")).encode(**across, y=y, y2=alt.Y2("one:Q"))
    paved = layer(some).mark_rect(color=colour("paved")).encode(**across, y=y, y2=alt.Y2("zero:Q"))
    return Panel("Ground", "from below: paved share", GROUND, [soft, paved])


def _balance(ground: Canvas, rows: list[Row]) -> Panel | None:
    known = [row | {"y": row["balance_left_pct"]} for row in rows if row["balance_left_pct"] is not None]
    if not known:
        return None
    top = TOP[ground.compact]
    reach = max(2.0, *(abs(row["y"] - 50) * 1.1 for row in known))
    scale = scale_y(50 - reach, 50 + reach, top, top + BALANCE)
    layers = gridlines(ground, [50 - reach / 2, 50.0, 50 + reach / 2], scale)
    dot = layer(_only(known, "middle", "y")).mark_circle(color=colour("dot"), opacity=1, size=12)
    layers.append(dot.encode(x=ground.x("middle"), y=alt.Y("y:Q", scale=scale, axis=None)))
    return Panel("Left foot’s share", "of contact, %", BALANCE, layers)


def _only(rows: list[Row], *names: str) -> list[Row]:
    return [{name: row[name] for name in names} for row in rows]


def _lines(ground: Canvas) -> list[Row]:
    """Return where the upright lines stand: years of a long span, months of a shorter one, weeks of a month."""
    if ground.days > FEWEST_YEARS_LINES:
        years = range(ground.start.year + (ground.start > date(ground.start.year, 1, 1)), ground.end.year + 1)
        return [{"x": ground.day(date(year, 1, 1)), "text": f"{year}"} for year in years]
    if ground.days > 45:
        return list(ground.months())
    days = [ground.start + timedelta(days=n) for n in range(ground.days)]
    return [{"x": ground.day(day), "text": u.short_day(day)} for day in days if day.weekday() == 0]


def _foot(ground: Canvas) -> alt.LayerChart:
    rows = [row for row in _lines(ground) if ground.pixel(row["x"]) < ground.width - ground.right - 24]
    every = next(n for n in (1, 2, 3, 5, 10, 50) if n * ground.width / max(len(rows), 1) >= 40 or n == 50)
    named = rows[::every] or [{"x": 0, "text": u.short_day(ground.start)}]
    return view([text(named, ground.x(), 9, dx=3)], ground.width, 18)
