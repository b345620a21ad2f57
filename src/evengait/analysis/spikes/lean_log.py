"""A log of runs from dates and metres alone: what a cohort of thousands needs of it, without tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.run_log import RunLog, covered_days

if TYPE_CHECKING:
    from numpy.typing import NDArray

EPOCH_DAY = 719_163
"""Ordinal of 1970-01-01, from which the days are counted."""


class LeanLog(RunLog):
    """The same days as a ``RunLog`` of the same sessions; of the columns it knows ``distance_m`` alone.

    Parameters
    ----------
    day : int array of shape (sessions,)
        Days since 1970-01-01, rising; within a date in order of the start.
    metres : float64 array of shape (sessions,)
        NaN = unknown.
    running : bool array of shape (sessions,)
        False for other sports, which count for coverage alone.
    until : date
        Last day looked at.
    gap_days : int
        A longer run of days without any session is not covered.
    """

    def __init__(
        self,
        day: NDArray[np.integer],
        metres: NDArray[np.float64],
        running: NDArray[np.bool_],
        until: date,
        gap_days: int,
    ) -> None:
        last = until.toordinal() - EPOCH_DAY
        kept = slice(0, int(np.searchsorted(day, last, side="right")))
        days, runs = day[kept].astype(np.int64), running[kept]
        first = int(days[0]) if len(days) else last
        self.first = until - timedelta(days=last - first)
        self.covered = covered_days(days - first, last - first + 1 if len(days) else 0, gap_days)
        self.day = days[runs] - first
        self._numbers = {"distance_m": metres[kept][runs]}


def end_to_end(
    who: NDArray[np.int64],
    day: NDArray[np.integer],
    metres: NDArray[np.float64],
    running: NDArray[np.bool_],
    gap_days: int,
) -> LeanLog:
    """Lay several runners' sessions out in one log, one runner after the other, so that one pass asks them all.

    Between two runners lies a gap that is not covered. Every window that would reach from one into the other meets it
    and is unknown there, as it is before a runner's own first session.

    Parameters
    ----------
    who : int64 array of shape (sessions,)
        Rising; at least one session.
    day, metres, running
        As ``LeanLog`` takes them, by runner.

    Examples
    --------
    >>> log = end_to_end(np.array([0, 0, 1]), np.array([9, 12, 3]), np.ones(3), np.ones(3, bool), 2)
    >>> log.day.tolist(), log.covered.astype(int).tolist()
    ([0, 3, 7], [1, 1, 1, 1, 0, 0, 0, 1])
    """
    starts = np.flatnonzero(np.diff(who, prepend=who[0] - 1))
    sizes = np.diff(np.append(starts, len(who)))
    spans = day[starts + sizes - 1].astype(np.int64) - day[starts] + 1 + gap_days + 1
    moved = day + np.repeat(np.append(0, np.cumsum(spans[:-1])) - day[starts], sizes)
    until = date.fromordinal(EPOCH_DAY + int(moved[-1]))
    return LeanLog(moved, metres, running, until, gap_days)
