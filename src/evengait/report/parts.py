"""What a report is made of, as plain JSON data: kept and shown again without the archive, whole or in part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.core import units as u
from evengait.core.language import say
from evengait.report import view, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl


def answer_parts(
    explanation: Mapping[str, Any],
    exposures: pl.DataFrame,
    sessions: pl.DataFrame | None = None,
    pain: pl.DataFrame | None = None,
    units: str = "km",
    *,
    generated: date,
) -> dict[str, Any]:
    """Return an explanation with its pictures and its table; slow, for every picture is drawn.

    Parameters
    ----------
    explanation : mapping
        As ``evengait explain --json`` prints it.
    exposures : pl.DataFrame
        The ``exposures`` table, one row per local date.
    sessions : pl.DataFrame, optional
        The ``sessions`` table, for shoes worn on the same day.
    pain : pl.DataFrame, optional
        date, pain_during_nprs; null = not asked.
    units : {"mi", "km"}
    generated : date
        The day the report is made; it never looks at a clock.

    Returns
    -------
    dict
        ``explanation``, ``units``, ``generated`` (ISO), ``timeline``, ``gait`` and ``strips`` (SVG by name),
        ``table_header`` and ``table_rows``, ``has_balance``, ``has_gaps``. JSON data throughout.

    Raises
    ------
    UsageError
        Units that are neither mi nor km.
    """
    from evengait.report import pictures
    from evengait.report.tables import week_rows

    read = u.checked(units)
    told = {f.id: described_factor(f) for f in view.factor_views(explanation, read)}
    said = words.gait(explanation) if explanation.get("gait") else ""
    header, rows = week_rows(exposures, explanation, pain, read)
    return {
        "explanation": dict(explanation),
        "units": read,
        "generated": generated.isoformat(),
        "timeline": _plain(pictures.timelines(exposures, explanation, sessions, pain, read)),
        "gait": _plain(pictures.gaits(exposures, explanation, read, said)) if said else {},
        "strips": _plain(pictures.strips(explanation, told)),
        "table_header": header,
        "table_rows": rows,
        "has_balance": exposures["balance_left_pct"].count() > 0,
        "has_gaps": _has_gaps(explanation, exposures, read),
    }


def described_factor(factor: view.FactorView) -> str:
    """Return what a screen reader says of a factor's picture."""
    passed = say("Earlier windows at least as extreme, without pain: {passed}.", passed=factor.passed)
    return say(
        "{label}: {value}, usually {usual}. {passed}",
        label=factor.label,
        value=factor.value,
        usual=factor.usual,
        passed=passed,
    )


def _plain(drawn: Mapping[str, str]) -> dict[str, str]:
    return {key: str.__str__(svg) for key, svg in drawn.items()}


def _has_gaps(explanation: Mapping[str, Any], exposures: pl.DataFrame, units: u.Units) -> bool:
    from evengait.charts.canvas import canvas
    from evengait.charts.weeks import gaps

    onset = date.fromisoformat(explanation["onset"])
    base = canvas(exposures["date"].min(), exposures["date"].max(), onset, units)  # type: ignore[arg-type] # a date column
    return bool(gaps(exposures, base.start, base.days))
