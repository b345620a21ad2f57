"""The charts as SVG inside the page, each with the name and the description that a screen reader reads out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from evengait.charts.export import to_svg
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

STRIP_WIDTH, CARD_WIDTH, CARD_HEIGHT = 190, 300, 44


def framed(chart: Any, key: str, title: str, description: str) -> Markup:
    """Return a chart as one image with a title and a description.

    Parameters
    ----------
    chart : alt.TopLevelMixin
    key : str
        Makes the ids inside the page unique.
    title, description : str
        Plain text; escaped here.
    """
    svg = to_svg(chart, "page")
    opening = f'<svg role="img" aria-labelledby="{key}-t {key}-d"'
    inner = f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>'
    start = svg.index(">") + 1
    # The SVG is our own drawing: the only text of the runner in it (shoe names) was escaped by the renderer.
    return Markup(svg[:start].replace("<svg", opening, 1) + inner + svg[start:])  # noqa: S704 # see the line above


def timelines(
    exposures: pl.DataFrame,
    explanation: Mapping[str, Any],
    sessions: pl.DataFrame | None,
    pain: pl.DataFrame | None,
    units: u.Units,
) -> dict[str, Markup]:
    """Return the timeline for a wide and for a narrow page."""
    from evengait.charts.timeline import timeline

    onset = u.long_day(date.fromisoformat(explanation["onset"]))
    title = say("Timeline of the weeks before {onset}", onset=onset)
    said = say("Aligned strips by day and week. The same values stand in the table below the picture.")
    drawn = {}
    for key in ("wide", "narrow"):
        chart = timeline(
            exposures, explanation, sessions, pain, units, compact=key == "narrow", headline=False
        )
        drawn[key] = framed(chart, f"timeline-{key}", title, said)
    return drawn


def gaits(
    exposures: pl.DataFrame, explanation: Mapping[str, Any], units: u.Units, said: str
) -> dict[str, Markup]:
    """Return the left/right picture for a wide and a narrow page; empty without data."""
    from evengait.charts.gait import gait

    drawn = {}
    for key in ("wide", "narrow"):
        chart = gait(exposures, explanation, units, compact=key == "narrow")
        if chart is not None:
            drawn[key] = framed(chart, f"gait-{key}", say("Left foot’s share of ground contact by day"), said)
    return drawn


def strips(explanation: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Markup]:
    """Return one small picture for each factor that can be drawn, by its id.

    Parameters
    ----------
    explanation : mapping
    told : mapping
        The description of each factor's picture, by id.
    """
    from evengait.charts.strip import strip

    drawn = {}
    for factor in explanation["factors"]:
        size = (CARD_WIDTH, CARD_HEIGHT) if factor["stands_out"] else (STRIP_WIDTH, 28)
        chart = strip(factor, *size) if factor["id"] in told else None
        if chart is not None:
            key = factor["id"]
            drawn[key] = framed(chart, f"strip-{key}", say("Against your own earlier windows"), told[key])
    return drawn


def drawable(exposures: pl.DataFrame, sessions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what of the two tables a history is drawn from: little enough to be handed to another process."""
    return (
        exposures.select("date", "balance_left_pct", "gait_sensor", "shoe", "distance_m"),
        sessions.select("local_date", "sport", "shoe", "distance_m"),
    )


def histories(
    periods: pl.DataFrame,
    first: date,
    last: date,
    problems: Sequence[tuple[date, date, str]],
    units: u.Units,
    per: str,
    title: str,
    days: tuple[pl.DataFrame, pl.DataFrame] | None = None,
) -> dict[str, Markup]:
    """Return a span of an archive for a wide and for a narrow page, as ``charts/history.py`` draws it."""
    from evengait.charts.history import history

    said = say(
        "Distance, pain, ground, left and right, shoes, aligned, and what hurt. The list below has the same values."
    )
    drawn = {}
    for key in ("wide", "narrow"):
        chart = history(periods, first, last, problems, units, per=per, days=days, compact=key == "narrow")
        drawn[key] = framed(chart, f"history-{key}", title, said)
    return drawn


def pains(
    days: pl.DataFrame, first: date, last: date, problems: Sequence[tuple[date, date, str]]
) -> dict[str, Markup]:
    """Return the pain of a span for a wide and for a narrow page; empty where nothing was said."""
    from evengait.charts import history

    said = say(
        "The worst pain of each day from 0 to 10, where it was said. The table below has the same days."
    )
    drawn = {}
    for key in ("wide", "narrow"):
        chart = history.pains(days, first, last, problems, compact=key == "narrow")
        if chart is not None:
            drawn[key] = framed(chart, f"pain-{key}", say("Worst pain, day by day"), said)
    return drawn


def tracks(points: pl.DataFrame, units: u.Units) -> dict[str, Markup]:
    """Return a session's tracks for a wide and a narrow page; empty where nothing of them can be drawn."""
    from evengait.charts.run import run

    said = say(
        "Pace, heart rate, height, step rate and left and right over the minutes, where they were recorded."
    )
    drawn = {}
    for key in ("wide", "narrow"):
        chart = run(points, units, compact=key == "narrow")
        if chart is not None:
            drawn[key] = framed(chart, f"run-{key}", say("The run along its time"), said)
    return drawn


def spikes(answer: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, dict[str, Markup]]:
    """Return the pictures of ``cohort spikes``, each for a wide and a narrow page, by factor and as ``by_day``.

    Parameters
    ----------
    answer : mapping
    titles : mapping
        The name of each factor's picture, by its id.
    """
    from evengait.charts.cohort import incidence, ratios

    said = say("The same values stand in the table below the picture.")
    drawn: dict[str, dict[str, Markup]] = {}
    for key in ("wide", "narrow"):
        compact = key == "narrow"
        charts = {
            name: (titles[name], ratios(states, compact=compact))
            for name, states in answer["factors"].items()
        }
        charts["by_day"] = (
            say("Share injured by day"),
            incidence(answer["cumulative_incidence"], compact=compact),
        )
        for name, (title, chart) in charts.items():
            if chart is not None:
                drawn.setdefault(name, {})[key] = framed(
                    chart, f"{name}-{key}".replace("_", "-"), title, said
                )
    return drawn
