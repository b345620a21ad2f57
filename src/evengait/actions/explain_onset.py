"""Explain an onset from a runner's archive: the answer as data, with the tables it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.analysis.change.answer import answer_of, gait_answer
from evengait.analysis.change.explain import explain
from evengait.analysis.exposures import ExposureSettings, exposures_by_day
from evengait.analysis.gait.change_point import GaitChange, balance_change
from evengait.analysis.load.description import describe_load
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.sites import SIDES, SITES
from evengait.knowledge import evidence, factor_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evengait.core.units import Units


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
    shoe_initial_km: Mapping[str, float] | None = None,
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
    shoe_initial_km : mapping of shoe to km, optional
        What a pair had done before it first shows up, where the runner says so.

    Raises
    ------
    UsageError
        The question cannot be asked: no session at all, an onset in the future or before the first one.
    """
    _check(sessions, onset, today, site, side)
    if any(last >= onset for _, last in earlier_problems):
        raise UsageError(
            "an earlier pain reaches to the onset or beyond; then the onset is the day that one began"
        )
    settings = ExposureSettings(shoe_initial_km=shoe_initial_km or {})
    earlier = sessions.filter(sessions["local_date"] <= onset)
    before = exposures_by_day(earlier, until=onset, settings=settings)
    book = factor_book()
    found = explain(before, onset, book, earlier_problems=earlier_problems)
    data = answer_of(
        found, book, evidence(), site=site, side=side, units=units, told_of_earlier=bool(earlier_problems)
    )
    data["coverage"]["surface_by"] = _surface_by(sessions, onset)
    until = before.filter(before["date"] <= found.ends_on)
    data["description"] = describe_load(
        until["distance_m"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    )
    gait = balance_change(
        before["date"].to_list(), before["balance_left_pct"].to_list(), before["gait_sensor"].to_list(), onset
    )
    if isinstance(gait, GaitChange):
        data["gait"] = gait_answer(gait)
    elif before["balance_left_pct"].is_not_null().any():
        data["caveats"].append(gait.reason)
    # The pictures go on to the last session; the answer knows nothing of what came after the onset.
    until_now = exposures_by_day(sessions, until=max(onset, last_date(sessions)), settings=settings)
    return Answer(data, until_now, sessions)


def _surface_by(sessions: pl.DataFrame, onset: date) -> dict[str, int]:
    """Return how many runs of the year up to the onset each witness told the ground of."""
    year = sessions.filter(
        (pl.col("sport") == "running")
        & pl.col("local_date").is_between(onset - timedelta(days=364), onset)
        & pl.col("surface_source").is_not_null()
    )
    counts = year.group_by("surface_source").len().sort("len", "surface_source", descending=[True, False])
    return dict(counts.iter_rows())


def last_date(sessions: pl.DataFrame) -> date:
    """Return the local date of the last session.

    Raises
    ------
    UsageError
        There is none.
    """
    last = sessions["local_date"].max()
    if not isinstance(last, date):
        raise UsageError("the archive is empty; bring your recordings in first: evengait import export.zip")
    return last


def _check(sessions: pl.DataFrame, onset: date, today: date, site: str | None, side: str | None) -> None:
    if site is not None and site not in SITES:
        raise UsageError(say("site {site} is not known; one of: {join}", site=site, join=", ".join(SITES)))
    if side is not None and side not in SIDES:
        raise UsageError(say("side {side} is not known; left or right", side=side))
    last_date(sessions)
    if onset > today + timedelta(days=1):  # a day's grace: today is still yesterday elsewhere
        raise UsageError("the onset lies in the future; give the date on which the pain began")
    first = sessions["local_date"].min()
    if isinstance(first, date) and onset < first:
        raise UsageError(
            say(
                "the archive begins on {first}, after the onset; import older recordings or check the date",
                first=first,
            )
        )
