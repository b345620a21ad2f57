"""Explain an onset: what was unusual in the runner's own training before a pain, and how sure one can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.change.search import Judged, Search, search
from evengait.analysis.change.windows import days_of
from evengait.core.language import say, say_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from evengait.analysis.change.windows import Days
    from evengait.core.factor import FactorBook, SearchSettings

INDEX_REACH_DAYS = 2
"""Windows end on the last run at most so many days before the onset: pain is often noticed after the run."""

RECENT_DAYS = 30
"""Without a run in so many days before the onset there is no training to look at."""


@dataclass(frozen=True)
class Coverage:
    """What the archive holds up to the onset.

    Attributes
    ----------
    runs : int
        Days with a run.
    shares : dict of str to float or None
        Share of the run days of the year before the onset that carry the value; None = no run day.
    """

    first: date
    last: date | None
    runs: int
    shares: dict[str, float | None]


@dataclass(frozen=True)
class Explanation:
    """The answer to one onset, before it is put into words.

    Attributes
    ----------
    ends_on : date
        The day the windows end on.
    verdict : str
        ``stands_out``, ``nothing_unusual`` or ``cannot_tell``.
    why_not : str
        Why it cannot be told; empty otherwise.
    """

    onset: date
    ends_on: date
    coverage: Coverage
    found: Search
    verdict: str
    why_not: str

    def stands_out(self, judged: Judged, alpha: float) -> bool:
        """Tell whether a factor stands out: only if the search as a whole does, and this factor would alone."""
        return self.verdict == "stands_out" and bool(judged.p_search <= alpha)


def explain(
    exposures: pl.DataFrame,
    onset: date,
    book: FactorBook,
    *,
    earlier_problems: Sequence[tuple[date, date]] = (),
) -> Explanation:
    """Compare the training before an onset with the runner's own earlier training.

    Parameters
    ----------
    exposures : DataFrame, one row per local date
        The [exposures] table, reaching at least to the onset.
    onset : date
        Local date the pain began; within the table.
    book : FactorBook
        Factors and settings.
    earlier_problems : sequence of (first day, last day)
        Earlier health problems: their days, and four weeks after, are no comparison.

    Returns
    -------
    Explanation

    Raises
    ------
    ValueError
        The onset lies outside the table.

    Notes
    -----
    One onset cannot prove a cause. ``p_any`` is the share of the runner's own pain-free dates, the onset counted in,
    at which the same search finds something at least as unusual.
    """
    days = days_of(exposures)
    at = onset.toordinal() - days.first
    if not 0 <= at < len(days):
        raise ValueError("the onset lies outside the table")
    runs = np.nan_to_num(days.columns["runs"]) > 0
    recent = np.flatnonzero(runs[max(0, at - INDEX_REACH_DAYS) : at + 1])
    index = max(0, at - INDEX_REACH_DAYS) + int(recent[-1]) if len(recent) else at
    found = search(
        days, index, book.factors, book.search, _pain_free(days, index, earlier_problems, book.search)
    )
    verdict, why_not = _verdict(at, runs, found, book.search)
    ends_on = onset - timedelta(days=at - index)
    return Explanation(onset, ends_on, _coverage(days, at, runs), found, verdict, why_not)


def _pain_free(
    days: Days, index: int, problems: Sequence[tuple[date, date]], settings: SearchSettings
) -> NDArray[np.bool_]:
    free: NDArray[np.bool_] = days.columns["covered"] == 1
    for first, last in problems:
        begin = max(0, first.toordinal() - days.first)
        end = last.toordinal() - days.first + settings.after_pain_days
        if begin <= end:
            free[begin : end + 1] = False
    free[index] = True
    return free


def _verdict(at: int, runs: NDArray[np.bool_], found: Search, settings: SearchSettings) -> tuple[str, str]:
    so_far = int(np.count_nonzero(runs[: at + 1]))
    if not runs[max(0, at - RECENT_DAYS) : at + 1].any():
        return (
            "cannot_tell",
            say(
                "There is no run in the {recent_days} days before the onset, so there is no training "
                "to compare.",
                recent_days=RECENT_DAYS,
            ),
        )
    if np.isnan(found.p_any) or at < settings.min_history_days:
        counted = say_many("{n} day with a run", "{n} days with a run", so_far)
        return "cannot_tell", (
            say(
                "The archive holds {counted} over the {at} weeks before the onset. The search needs "
                "{min_history_days} weeks, with a pain-free day of the same kind in at least "
                "{min_dates} of them: about fourteen months of regular running. Weeks of earlier "
                "pains do not count.",
                counted=counted,
                at=at // 7,
                min_history_days=settings.min_history_days // 7,
                min_dates=settings.min_dates,
            )
        )
    return ("stands_out" if found.p_any <= settings.alpha else "nothing_unusual"), ""


def _coverage(days: Days, at: int, runs: NDArray[np.bool_]) -> Coverage:
    year = np.zeros(len(days), dtype=bool)
    year[max(0, at - 364) : at + 1] = True
    on = runs & year

    def share(column: str) -> float | None:
        return float(np.mean(~np.isnan(days.columns[column][on]))) if on.any() else None

    ran = np.flatnonzero(runs[: at + 1])
    return Coverage(
        first=date.fromordinal(days.first),
        last=date.fromordinal(days.first + int(ran[-1])) if len(ran) else None,
        runs=len(ran),
        shares={
            "shoe": share("shoe_age_km"),
            "surface": share("paved_share"),
            "elevation": share("descent_m"),
            "balance": share("balance_left_pct"),
        },
    )
