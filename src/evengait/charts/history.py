"""Any span of an archive, from years to a month: distance, pain, what hurt, ground and left/right, aligned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from evengait.charts.canvas import Canvas
from evengait.charts.daily import own_noise
from evengait.charts.furniture import Panel, furnished_plainly, tinted
from evengait.charts.ground import shoe_panel, shoes
from evengait.charts.marks import at_y, at_y2, gridlines, layer, rounds, scale_y, text, ticks, view
from evengait.charts.palette import colour
from evengait.charts.style import housed, unchecked
from evengait.charts.weeks import is_down
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.charts.canvas import Row
    from evengait.charts.daily import Noise

TOP = {False: 4, True: 32}
DISTANCE, PAIN, GROUND, BALANCE, NAME_ROW = 128, 48, 30, 66, 15
FEWEST_YEARS_LINES = 800
"""Days from which lines stand at years, and no more at months."""
MOST_DAYS_OF_SHOES = 400
"""A longer span has more pairs than rows."""
LETTER = 6.3
"""Pixels a letter takes at the most."""

Span = tuple[date, date, str]


def history(
    periods: pl.DataFrame,
    first: date,
    last: date,
    problems: Sequence[Span] = (),
    units: u.Units = "km",
    *,
    per: str = "week",
    days: tuple[pl.DataFrame, pl.DataFrame] | None = None,
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
    days : (DataFrame, DataFrame), optional
        The ``exposures`` and ``sessions`` tables, for the runner's own noise and the shoes.
    compact : bool
        For a narrow screen.
    """
    ground = _ground(first, last, units, compact=compact)
    rows = [_row(ground, row) for row in periods.iter_rows(named=True)]
    if per == "week":
        down = periods.select(is_down(pl.when(pl.col("covered") == 7).then(pl.col("distance_m")))).to_series()
        rows = [row | {"down": is_so} for row, is_so in zip(rows, down, strict=True)]
    spans = _spans(ground, problems)
    noise = None
    if days is not None:
        began = [begin for begin, _, _ in problems if first <= begin <= last]
        noise = own_noise(days[0], "balance_left_pct", min(began, default=last))
    with unchecked():
        panels = [_distance(ground, rows, per), _pain(ground, rows)]
        panels += [_paved(ground, rows), _balance(ground, rows, noise)]
        if days is not None and ground.days <= MOST_DAYS_OF_SHOES:
            # Every pair up to the last day: nothing here is compared with an onset.
            whole = replace(ground, onset=last)
            panels.append(shoe_panel(whole, shoes(days[0], days[1], whole), ()))
        lines = _lines(ground)
        views = [furnished_plainly(ground, panel, lines, spans) for panel in panels if panel is not None]
        return housed([*_head(ground, spans), *views, _foot(ground, lines)])


def pains(
    days: pl.DataFrame, first: date, last: date, problems: Sequence[Span] = (), *, compact: bool = False
) -> alt.VConcatChart | None:
    """Draw the pain of a span alone, as it stands in a history; None where nothing was said.

    Parameters
    ----------
    days : DataFrame
        ``date`` and ``pain``: the worst that was said of it.
    first, last : date
        The span drawn.
    problems : sequence of (first, last, name)
        What hurt.
    compact : bool
        For a narrow screen.
    """
    ground = _ground(first, last, "km", compact=compact)
    known = days.filter(pl.col("date").is_between(first, last)).rename({"date": "first"})
    rows = [_row(ground, row) for row in known.with_columns(days=1).iter_rows(named=True)]
    panel = _pain(ground, rows)
    if panel is None:
        return None
    spans = _spans(ground, problems)
    with unchecked():
        lines = _lines(ground)
        return housed(
            [*_head(ground, spans), furnished_plainly(ground, panel, lines, spans), _foot(ground, lines)]
        )


def _ground(first: date, last: date, units: u.Units, *, compact: bool) -> Canvas:
    width, left, right = (350, 34, 44) if compact else (780, 168, 72)
    return Canvas(first, (last - first).days + 1, first, units, width, left, right, compact)


def _spans(ground: Canvas, problems: Sequence[Span]) -> list[Row]:
    """Return what hurt within the days drawn, each with its name and the row in which the name has room."""
    rows: list[Row] = []
    taken: list[float] = []
    for begin, end, name in sorted(problems):
        if end < ground.start or begin > ground.end:
            continue
        begins = begin >= ground.start
        words = f"{u.short_day(begin)}: {name}" if begins else name
        x, x2 = max(ground.day(begin), 0), min(ground.day(end) + 1, ground.days)
        at, length = ground.pixel(x), LETTER * len(words)
        left_of = at + length > ground.width
        low, high = (at - length, at) if left_of else (at, at + length)
        line = next((n for n, until in enumerate(taken) if low > until + 8), len(taken))
        taken[line : line + 1] = [high]
        rows.append({"x": x, "x2": x2, "begins": begins, "text": words, "line": line, "left_of": left_of})
    return rows


def _head(ground: Canvas, spans: list[Row]) -> list[alt.LayerChart]:
    """Return the strip on top, where each stretch that hurt has its day and its name; nothing where nothing hurt."""
    if not spans:
        return []
    height = NAME_ROW * (1 + max(row["line"] for row in spans)) + 4
    pixels = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)
    layers = tinted(ground, spans, 0, height)
    for left_of, align, aside in ((False, "left", 5), (True, "right", -5)):
        some: list[Row] = [
            {"x": row["x"], "y": 9 + NAME_ROW * row["line"], "text": row["text"]}
            for row in spans
            if row["left_of"] == left_of
        ]
        if some:
            layers.append(
                text(some, ground.x(), pixels, "pain", fontSize=11, fontWeight=600, align=align, dx=aside)
            )
    return [view(layers, ground.width, height)]


def _row(ground: Canvas, row: dict[str, object]) -> Row:
    day, days = row["first"], row["days"]
    assert isinstance(day, date)  # noqa: S101 - the table says so
    assert isinstance(days, int)  # noqa: S101 - the table says so
    x, gap = ground.day(day), 0.12 * days
    ends = {"x": x + gap / 2, "x2": x + days - gap / 2, "from": x, "to": x + days}
    return {**row, **ends, "middle": x + days / 2, "zero": 0.0}


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
        layers.append(gap.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=at_y(top), y2=at_y2(top + DISTANCE)))
    for light in (False, True):
        some = [row for row in bars if bool(row.get("down")) == light]
        if some:
            bar = layer(_only(some, "x", "x2", "y", "zero")).mark_rect(
                color=colour("bar-light" if light else "bar")
            )
            layers.append(bar.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("zero:Q")))
    if longest and per != "day":
        layers += _longest(ground, longest, scale, high)
    name = u.LONG_NAMES[ground.units].capitalize()
    notes = {
        "week": say("faded: a down week;\ngrey: nothing recorded"),
        "month": say("grey: nothing recorded"),
    }
    return Panel(_every(name, per), notes.get(per, ""), DISTANCE, layers, below=5)


def _every(name: str, per: str) -> str:
    """Return the title of the bars: kilometres a week."""
    if per == "month":
        return say("{unit} a month", unit=name)
    return say("{unit} a week", unit=name) if per == "week" else say("{unit} a day", unit=name)


def _longest(ground: Canvas, rows: list[Row], scale: alt.Scale, high: float) -> list[alt.Chart]:
    """Return the longest run of each period as one line of steps, broken where there is none."""
    steps: list[Row] = []
    for row in rows:
        new = not steps or row["from"] - steps[-1]["x"] > 0.5
        piece = steps[-1]["piece"] + new if steps else 0
        steps += [{"x": at, "y": row["y"], "piece": piece} for at in (row["from"], row["to"])]
    y = alt.Y("y:Q", scale=scale, axis=None)
    line = layer(steps).mark_line(color=colour("ink"), strokeWidth=1.3)
    layers = [line.encode(x=ground.x(), y=y, detail=alt.Detail("piece:N"))]
    if ground.pixel(steps[-1]["x"]) > ground.width - ground.right - 60:
        at = TOP[ground.compact] + DISTANCE * (1 - steps[-1]["y"] / high)
        words = [{"text": say("longest") if ground.compact else say("longest run")}]
        layers.append(
            text(words, ground.beside, min(at, TOP[ground.compact] + DISTANCE - 5), "ink", fontSize=10.5)
        )
    return layers


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
    return Panel(say("Worst pain"), say("where it was said"), PAIN, layers)


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
    layers = [soft, paved]
    if ground.pixel(known[-1]["to"]) > ground.width - ground.right - 24:
        share = u.share(known[-1]["y"])
        words = [{"text": share if ground.compact else say("{share} paved", share=share)}]
        layers.append(text(words, ground.beside, top + GROUND - 8, "ink", fontSize=10.5))
    return Panel(say("Ground"), say("from below: paved share"), GROUND, layers)


def _balance(ground: Canvas, rows: list[Row], noise: Noise | None) -> Panel | None:
    known = [row | {"y": row["balance_left_pct"]} for row in rows if row["balance_left_pct"] is not None]
    if not known:
        return None
    top = TOP[ground.compact]
    middle = noise.usual if noise else 50.0
    reach = max(2.0, *(abs(row["y"] - middle) * 1.1 for row in known))
    scale = scale_y(middle - reach, middle + reach, top, top + BALANCE)
    y = alt.Y("y:Q", scale=scale, axis=None)
    layers: list[alt.Chart] = []
    if noise:
        band = layer([{"x": 0, "x2": ground.days, "y": noise.low, "y2": noise.high}])
        tint = band.mark_rect(color=colour("band"))
        layers.append(tint.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q")))
    levels = rounds(middle - reach, middle + reach)
    layers += gridlines(ground, levels, scale, [f"{u.number(level)}%" for level in levels])
    for beyond, role, size in ((False, "dot-light", 15), (True, "ink", 26)):
        some = [row for row in known if _beyond(row["y"], noise) == beyond]
        if some:
            dot = layer(_only(some, "middle", "y")).mark_circle(color=colour(role), opacity=1, size=size)
            layers.append(dot.encode(x=ground.x("middle"), y=y))
    if noise and not ground.compact:
        layers.append(text([{"text": say("your usual")}], ground.beside, top + BALANCE / 2, fontSize=10.5))
    note = say("of ground contact;\nband: your own noise") if noise else say("of ground contact")
    return Panel(say("Left foot’s share"), note, BALANCE, layers)


def _beyond(value: float, noise: Noise | None) -> bool:
    return noise is not None and not noise.low <= value <= noise.high


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


def _foot(ground: Canvas, lines: list[Row]) -> alt.LayerChart:
    rows = [row for row in lines if ground.pixel(row["x"]) < ground.width - ground.right - 24]
    every = next(n for n in (1, 2, 3, 5, 10, 50) if n * ground.width / max(len(rows), 1) >= 40 or n == 50)
    named = rows[::every] or [{"x": 0, "text": u.short_day(ground.start)}]
    near = len(named) > 1 and ground.pixel(named[1]["x"]) - ground.pixel(named[0]["x"]) < 60
    short = near and ground.days > 45
    return view(
        [
            text(
                [
                    row | {"text": row["text"][: 3 if short and row["text"][:1].isalpha() else None]}
                    for row in named
                ],
                ground.x(),
                9,
                dx=3,
            )
        ],
        ground.width,
        18,
    )
