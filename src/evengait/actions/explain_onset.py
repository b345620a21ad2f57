"""Explain an onset from a runner's archive: the answer as data, with the tables it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from evengait.analysis.change.answer import answer_of
from evengait.analysis.change.explain import explain
from evengait.analysis.exposures import exposures_by_day
from evengait.core.errors import UsageError
from evengait.knowledge import evidence, factor_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from evengait.core.units import Units

SITES = (
    "lower_back", "sacroiliac", "buttock", "hip_groin", "thigh_front", "hamstring", "knee", "shin", "calf",
    "achilles", "ankle", "foot", "other",
)  # fmt: skip
SIDES = ("left", "right")


@dataclass(frozen=True)
class Answer:
    """What was unusual before one onset.

    Attributes
    ----------
    data : dict
        The answer as ``explain --json`` prints it.
    exposures, sessions : DataFrame
        The tables it was made from, for the pictures.
    """

    data: dict[str, Any]
    exposures: pl.DataFrame
    sessions: pl.DataFrame


def explain_onset(
    sessions: pl.DataFrame,
    onset: date,
    *,
    today: date,
    site: str | None = None,
    side: str | None = None,
    earlier_problems: Sequence[tuple[date, date]] = (),
    units: Units = "km",
) -> Answer:
    """Tell what was unusual in a runner's own training before a pain began.

    Parameters
    ----------
    sessions : DataFrame, one row per session
        The [sessions] table of one runner.
    onset, today : date
        Local dates.
    site, side : str, optional
        Where it hurts, in the words of ``SITES`` and ``SIDES``.
    earlier_problems : sequence of (first day, last day)
        Earlier health problems; those days, and four weeks after, are no comparison.
    units : "km" or "mi"
        For the sentences alone; values stay SI.

    Raises
    ------
    UsageError
        The question cannot be asked: no session at all, an onset in the future or before the first one.
    """
    _check(sessions, onset, today, site, side)
    last = max(onset, sessions["local_date"].max())  # type: ignore[type-var]  # a Date column has a date as its maximum
    exposures = exposures_by_day(sessions, until=last)
    book = factor_book()
    found = explain(
        exposures.filter(exposures["date"] <= onset), onset, book, earlier_problems=earlier_problems
    )
    data = answer_of(
        found, book, evidence(), site=site, side=side, units=units, told_of_earlier=bool(earlier_problems)
    )
    return Answer(data, exposures, sessions)


def _check(sessions: pl.DataFrame, onset: date, today: date, site: str | None, side: str | None) -> None:
    if site is not None and site not in SITES:
        raise UsageError(f"site {site!r} is not known; one of: {', '.join(SITES)}")
    if side is not None and side not in SIDES:
        raise UsageError(f"side {side!r} is not known; left or right")
    if sessions.height == 0:
        raise UsageError("the archive is empty; bring your recordings in first: evengait import export.zip")
    if onset > today + timedelta(days=1):  # a day's grace: today is still yesterday elsewhere
        raise UsageError("the onset lies in the future; give the date on which the pain began")
    first = sessions["local_date"].min()
    if onset < first:  # type: ignore[operator]  # a Date column has a date as its minimum
        raise UsageError(
            f"the archive begins on {first}, after the onset; import older recordings or check the date"
        )
