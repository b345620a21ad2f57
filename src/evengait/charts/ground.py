"""The strips under the load: what was run on, and in which shoes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from evengait.charts.furniture import Panel, Window, gap_layers, top_of
from evengait.charts.marks import layer, scale_y, text
from evengait.charts.palette import colour
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import date

    from evengait.charts.canvas import Canvas, Row

SURFACE_HEIGHT, SHOE_ROW, MOST_SHOES = 30, 17, 7


def surface_panel(ground: Canvas, weeks: pl.DataFrame, windows: tuple[Window, ...]) -> Panel | None:
    """Return the ground of every week, from below: paved, gravel if a map told it, softer; None = no week is known."""
    shown = weeks.filter((pl.col("week") >= ground.start) & (pl.col("week") <= ground.end))
    if shown["paved_share"].null_count() == shown.height:
        return None
    rows: list[Row] = []
    unknown: list[tuple[int, int]] = []
    for row in shown.iter_rows(named=True):
        first, end = max(ground.day(row["week"]), 0), min(ground.day(row["week"]) + 7, ground.days)
        if row["paved_share"] is not None:
            # Paved ground may be known of more runs than gravel is.
            built = min(row["paved_share"] + (row["gravel_share"] or 0.0), 1.0)
            rows.append({"x": first + 0.5, "x2": end - 0.5, "y": row["paved_share"], "built": built, "zero": 0,
                         "one": 1, "week": u.short_day(row["week"]), "text": u.share(row["paved_share"]),
                         "gravel": u.share(row["gravel_share"])})  # fmt: skip
        elif row["distance_m"]:
            unknown.append((first, end))
    top = top_of(ground, windows)
    y = scale_y(0, 1, top, top + SURFACE_HEIGHT)
    across = {"x": ground.x(), "x2": alt.X2("x2:Q")}
    tips = [alt.Tooltip("week:N", title=say("week of")), alt.Tooltip("text:N", title=say("paved"))]
    gravelly = any(row["built"] > row["y"] for row in rows)
    if gravelly:
        tips.append(alt.Tooltip("gravel:N", title=say("gravel")))
    paved = layer(rows).mark_rect(color=colour("paved"))
    gravel = layer(rows).mark_rect(color=colour("gravel"))
    soft = layer(rows).mark_rect(color=colour("trail"))
    layers = [
        *gap_layers(ground, unknown, top, top + SURFACE_HEIGHT),
        soft.encode(**across, y=alt.Y("one:Q", scale=y, axis=None), y2=alt.Y2("built:Q"), tooltip=tips),
        paved.encode(**across, y=alt.Y("y:Q", scale=y, axis=None), y2=alt.Y2("zero:Q"), tooltip=tips),
    ]
    if gravelly:
        layers.append(
            gravel.encode(**across, y=alt.Y("built:Q", scale=y, axis=None), y2=alt.Y2("y:Q"), tooltip=tips)
        )
    until = [row for row in rows if row["x"] <= ground.onset_x]
    if until:
        label = [
            {
                "text": say("{share} paved", share=until[-1]["text"])
                if not ground.compact
                else until[-1]["text"]
            }
        ]
        middle = top + SURFACE_HEIGHT - 8
        layers.append(text(label, ground.beside, middle, "ink", fontSize=10.5))
    words = say("from below: paved,\ngravel, trail") if gravelly else say("from below: paved share")
    return Panel(say("Ground"), words, SURFACE_HEIGHT, layers, windows)


@dataclass(frozen=True)
class Shoe:
    """One pair in the days drawn: when it was run in, and how far it had gone by the last of them."""

    name: str
    days: list[date]
    metres: float | None


def shoes(exposures: pl.DataFrame, sessions: pl.DataFrame | None, ground: Canvas) -> list[Shoe]:
    """Return the pairs run in within the days drawn, in the order they came into use.

    Parameters
    ----------
    exposures : pl.DataFrame
        Used where there are no sessions: then a date counts for the shoe of most of its distance.
    sessions : pl.DataFrame or None
        The ``sessions`` table.
    ground : Canvas

    Returns
    -------
    list of Shoe
        ``metres`` is all that the archive holds of the pair up to the last day drawn.
    """
    if sessions is not None and not sessions.is_empty():
        running = sessions.filter(pl.col("sport") == "running")
        runs = running.select(date="local_date", shoe="shoe", distance_m="distance_m")
    else:
        runs = exposures.select("date", "shoe", "distance_m")
    runs = runs.filter(pl.col("shoe").is_not_null() & (pl.col("date") <= ground.end))
    found = []
    # Order of first use over the whole archive, so the rows read as a sequence of pairs.
    for (name,), rows in runs.sort("date").group_by("shoe", maintain_order=True):
        days = rows.filter(pl.col("date") >= ground.start)["date"].unique(maintain_order=True).to_list()
        if days:
            total = float(rows["distance_m"].sum()) if rows["distance_m"].count() else None
            found.append(Shoe(str(name), days, total))
    return found


def shoe_panel(ground: Canvas, worn: list[Shoe], windows: tuple[Window, ...]) -> Panel | None:
    """Return a row of ticks for each pair, with its name and its distance; None where no shoe is named."""
    if not worn:
        return None
    most = sorted(worn, key=lambda shoe: len(shoe.days), reverse=True)[:MOST_SHOES]
    newest = [shoe for shoe in worn if any(day <= ground.onset for day in shoe.days)][-1:]
    kept = [shoe for shoe in worn if shoe in most or shoe in newest]
    row_height = 26 if ground.compact else SHOE_ROW
    top = top_of(ground, windows)
    rows: list[Row] = []
    names: list[Row] = []
    lines: list[Row] = []
    for number, shoe in enumerate(kept):
        y = top + number * row_height + (17 if ground.compact else row_height / 2)
        rows += [
            {"x": ground.day(day) + 0.5, "y": y, "shoe": shoe.name, "day": u.short_day(day)}
            for day in shoe.days
        ]
        names.append({"y": y, "text": _short(shoe.name, 34 if ground.compact else 17),
                      "amount": u.distance(shoe.metres, ground.units, 0)})  # fmt: skip
        lines.append({"x": 0, "x2": ground.days, "y": y})
    height = len(kept) * row_height
    pixels = alt.Scale(domain=[0, top + height], range=[0, top + height], nice=False, zero=False)
    y_at = alt.Y("y:Q", scale=pixels, axis=None)
    line = layer(lines).mark_rule(color=colour("grid"))
    tick = layer(rows).mark_tick(color=colour("dot"), height=9, width=2, thickness=2, orient="vertical")
    if ground.compact:
        above = alt.Y(
            "y:Q",
            scale=alt.Scale(domain=[0, top + height], range=[-12, top + height - 12], nice=False, zero=False),
            axis=None,
        )
        name = text(names, 0, above, "ink", fontSize=10.5)
    else:
        name = text(names, ground.left - 6, y_at, "ink", align="right", fontSize=10.5)
    layers = [
        line.encode(x=ground.x(), x2=alt.X2("x2:Q"), y=y_at),
        tick.encode(x=ground.x(), y=y_at, tooltip=[alt.Tooltip("shoe:N"), alt.Tooltip("day:N")]),
        name,
        text(
            [row | {"text": row["amount"]} for row in names],
            ground.beside,
            y_at,
            fontSize=10.5,
        ),
    ]
    left_out = len(worn) - len(kept)
    note = say("and {left_out} more, worn less", left_out=left_out) if left_out else ""
    return Panel(say("Shoes"), note if ground.compact else "", height, layers, windows)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
