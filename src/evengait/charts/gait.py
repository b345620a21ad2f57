"""Left and right over a year: a dot for each day, the runner's own noise, and when it changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.charts.canvas import canvas
from evengait.charts.daily import daily_panel
from evengait.charts.furniture import Window, furnished, month_foot, onset_head
from evengait.charts.style import housed, unchecked
from evengait.charts.weeks import gaps
from evengait.core import units as u
from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt
    import polars as pl

WEEKS = 56
HEIGHT = 120


def gait(
    exposures: pl.DataFrame, explanation: Mapping[str, Any], units: str = "km", *, compact: bool = False
) -> alt.VConcatChart | None:
    """Draw the left foot's share of ground contact over a year before the onset.

    Parameters
    ----------
    exposures : pl.DataFrame
        The ``exposures`` table.
    explanation : mapping
        As ``evengait explain --json`` prints it; its ``gait`` may be null.
    units : {"mi", "km"}
    compact : bool
        For a narrow screen.

    Returns
    -------
    alt.VConcatChart or None
        None without left/right data.
    """
    found = explanation.get("gait")
    if not found:
        return None
    onset = date.fromisoformat(explanation["onset"])
    first, last = exposures["date"].min(), exposures["date"].max()
    base = canvas(first, last, onset, u.checked(units), compact=compact, weeks=WEEKS)  # type: ignore[arg-type] # a date column
    changed = date.fromisoformat(found["changed_on"]) if found.get("changed_on") else None
    with unchecked():
        panel = daily_panel(
            base,
            exposures,
            "balance_left_pct",
            (
                say("Left foot’s share"),
                say("of ground contact;\nband: 95 of 100 of\nyour own days"),
                say("{n}%", n=""),
            ),
            changed_on=changed,
            windows=_change(found),
            height=HEIGHT,
        )
        if panel is None:
            return None
        missing = gaps(exposures, base.start, base.days)
        return housed([onset_head(base), furnished(base, panel, missing), month_foot(base)])


def _change(found: Mapping[str, Any]) -> tuple[Window, ...]:
    if not found.get("changed_on"):
        return ()
    first, last = (date.fromisoformat(day) for day in found.get("interval") or [found["changed_on"]] * 2)
    return (
        Window(
            first,
            last,
            say(
                "changed {short_day} to {short_day2}",
                short_day=u.short_day(first),
                short_day2=u.short_day(last),
            ),
        ),
    )
