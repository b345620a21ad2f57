"""The signature picture: the days before the onset, load and pain, ground and shoes, left and right in one glance."""

from __future__ import annotations

from datetime import date, timedelta
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from evengait.charts import daily, ground, load, runs
from evengait.charts.canvas import Canvas, canvas
from evengait.charts.furniture import Panel, Window, furnished, month_foot, onset_head
from evengait.charts.marks import text, view
from evengait.charts.pain import pain_panel
from evengait.charts.style import housed, unchecked
from evengait.charts.weeks import gaps, weekly
from evengait.core import units as u
from evengait.core.language import Said, marked, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt
    import polars as pl

PANEL_OF: Mapping[str, str] = MappingProxyType(
    {
        "session_spike": "runs",
        "week_distance": "week",
        "week_rise": "week",
        "weeks_since_down_week": "week",
        "climb": "climb_m",
        "descent": "descent_m",
        "fast_distance": "fast_distance_m",
        "paved_share": "surface",
        "shoe_age": "shoes",
        "shoe_new": "shoes",
        "step_rate": "step_rate_spm",
        "contact_time": "contact_time_ms",
        "balance": "balance",
    }
)
"""Where each factor can be seen. A factor without a place is told in the table alone."""

TOTALS: Mapping[str, str] = Said(
    {
        "climb_m": "Climb",
        "descent_m": "Descent",
        "fast_distance_m": "Faster than threshold",
    }
)
DAILIES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "step_rate_spm": (
            marked("Step rate"),
            marked("steps a minute, at usual\nspeed; band: your noise"),
            "",
        ),
        "contact_time_ms": (marked("Ground contact"), marked("ms, at usual speed;\nband: your noise"), ""),
    }
)


def timeline(
    exposures: pl.DataFrame,
    explanation: Mapping[str, Any],
    sessions: pl.DataFrame | None = None,
    pain: pl.DataFrame | None = None,
    units: str = "km",
    *,
    compact: bool = False,
    headline: bool = True,
) -> alt.VConcatChart:
    """Draw the weeks before an onset as aligned strips.

    Parameters
    ----------
    exposures : pl.DataFrame
        The ``exposures`` table: one row per local date; null is drawn as unknown, never as zero.
    explanation : mapping
        As ``evengait explain --json`` prints it.
    sessions : pl.DataFrame, optional
        The ``sessions`` table, for shoes worn on the same day; without it each day counts for its main shoe.
    pain : pl.DataFrame, optional
        date, pain_during_nprs (0 to 10, null = not asked). Without a score no pain strip is drawn.
    units : {"mi", "km"}
    compact : bool
        For a narrow screen.
    headline : bool
        Put the sentence that answers over the picture; a page that says it itself does without.

    Returns
    -------
    alt.VConcatChart
        In the light colours; ``charts.export`` gives SVG and PNG in either theme.

    Raises
    ------
    UsageError
        Units that are neither mi nor km.
    """
    onset = date.fromisoformat(explanation["onset"])
    first, last = exposures["date"].min(), exposures["date"].max()
    base = canvas(first, last, onset, u.checked(units), compact=compact)  # type: ignore[arg-type] # a date column
    missing = gaps(exposures, base.start, base.days)
    with unchecked():
        panels = _panels(base, exposures, explanation, sessions, pain)
        drawn = [
            *([_headline(base, explanation)] if headline else []),
            onset_head(base),
            *(furnished(base, panel, missing) for panel in panels),
            month_foot(base),
        ]
        return housed(drawn)


def _panels(
    base: Canvas,
    exposures: pl.DataFrame,
    explanation: Mapping[str, Any],
    sessions: pl.DataFrame | None,
    pain: pl.DataFrame | None,
) -> list[Panel]:
    weeks = weekly(exposures)
    windows = windows_by_panel(explanation, base)
    hurting = pain_panel(base, pain) if pain is not None and not pain.is_empty() else None
    spotlit = [
        load.total_panel(base, weeks, column, title, windows[column])
        for column, title in TOTALS.items()
        if column in windows
    ]
    gait = [
        daily.daily_panel(base, exposures, column, _spoken(words), windows=windows[column], least_span=8.0)
        for column, words in DAILIES.items()
        if column in windows
    ]
    panels = [
        load.week_panel(base, weeks, windows.get("week", ()), pain_below=hurting is not None),
        hurting,
        runs.runs_panel(base, exposures, windows.get("runs", ())),
        *spotlit,
        ground.surface_panel(base, weeks, windows.get("surface", ())),
        balance_panel(base, exposures, explanation, windows.get("balance", ())),
        *gait,
        ground.shoe_panel(base, ground.shoes(exposures, sessions, base), windows.get("shoes", ())),
    ]
    return [panel for panel in panels if panel is not None]


def balance_panel(
    base: Canvas, exposures: pl.DataFrame, explanation: Mapping[str, Any], windows: tuple[Window, ...] = ()
) -> Panel | None:
    """Return the left foot's share of contact by day; the band is made of the days before the change found."""
    gait = explanation.get("gait") or {}
    changed = date.fromisoformat(gait["changed_on"]) if gait.get("changed_on") else None
    words = (say("Left foot’s share"), say("of ground contact;\nband: your own noise"), say("{n}%", n=""))
    return daily.daily_panel(base, exposures, "balance_left_pct", words, changed_on=changed, windows=windows)


def _spoken(words: tuple[str, str, str]) -> tuple[str, str, str]:
    title, note, unit = words
    return say(title), say(note), unit


def windows_by_panel(explanation: Mapping[str, Any], base: Canvas) -> dict[str, tuple[Window, ...]]:
    """Return what to shade: the window of every factor that stands out, with words for the most unusual in a panel."""
    found: dict[str, tuple[Window, ...]] = {}
    for factor in explanation["factors"]:
        panel = PANEL_OF.get(factor["id"])
        if not factor["stands_out"] or factor.get("missing") or panel is None or not factor.get("window"):
            continue
        first, last = (date.fromisoformat(day) for day in factor["window"])
        if factor["id"] == "weeks_since_down_week":
            # The factor is a count of weeks; what it counts is what should be seen.
            first = min(first, last - timedelta(days=round(7 * factor["value"])))
        words = None if panel in found else window_words(factor, base)
        found[panel] = (*found.get(panel, ()), Window(first, last, words))
    return found


def window_words(factor: Mapping[str, Any], base: Canvas) -> str:
    """Return the value in the window and the usual one: the words beside a shaded window."""
    height = bool(factor.get("height"))
    value = u.quantity(factor["value"], factor["unit"], base.units, height=height)
    if factor.get("usual_range"):
        low, high = factor["usual_range"]
        return say(
            "{value}; usually {quantity_range}",
            value=value,
            quantity_range=u.quantity_range(low, high, factor["unit"], base.units, height=height),
        )
    return value


def _headline(base: Canvas, explanation: Mapping[str, Any]) -> alt.LayerChart:
    lines = wrap(explanation["answer"], 42 if base.compact else 88)
    words = text(
        [{"text": "\n".join(lines)}],
        0,
        9,
        "ink",
        fontSize=15,
        fontWeight=600,
        lineHeight=20,
    )
    return view([words], base.width, 20 * len(lines) + 12)
