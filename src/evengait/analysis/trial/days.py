"""The days of a trial as arrays: which count, and what is known about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.errors import TableError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from evengait.core.trial import Schedule, TrialDay

LOAD_KNOWN = 0.8
"""Share of usable days whose day before has a known load, from which load is taken into account."""
WEEKS_FOR_CYCLE = 4
FEW_SWITCHES = 3
"""With fewer changes of sort than this the course of the pain may be curved: a straight line would be called effect."""


@dataclass(frozen=True)
class Days:
    """Every calendar day from first to last, one element a day.

    Attributes
    ----------
    first : date
    pain : array of float
        0 to 10, NaN = not asked.
    treated : array of float
        1 with, 0 without, NaN = unknown.
    load : array of float
        NaN = unknown.
    left_out : array of bool
        Settling days after a change, and the baseline.
    """

    first: date
    pain: NDArray[np.float64]
    treated: NDArray[np.float64]
    load: NDArray[np.float64]
    left_out: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.pain)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Days on which both pain and treatment are known."""
        return ~np.isnan(self.pain) & ~np.isnan(self.treated)

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Days that are known and not left out."""
        return self.known & ~self.left_out

    def day(self, number: int) -> date:
        """Return the date of an element."""
        return self.first + timedelta(days=int(number))


def unscheduled(diary: Sequence[TrialDay], washout_days: int = 0) -> Days:
    """Return the days of a diary whose on and off days nobody drew.

    The first ``washout_days`` after each change are left out; a change across an unknown day counts from the first day
    that is known to differ.

    Raises
    ------
    TableError
        The diary is empty, or a date stands twice.
    """
    first, pain, treated, load = _arrays(diary)
    left_out = np.zeros(len(pain), bool)
    told = np.flatnonzero(~np.isnan(treated))
    for before, at in pairwise(told):
        if treated[at] != treated[before]:
            left_out[at : at + washout_days] = True
    return Days(first, pain, treated, load, left_out)


def scheduled(diary: Sequence[TrialDay], schedule: Schedule, today: date | None = None) -> Days:
    """Return the days of a drawn trial, each as it was drawn, whatever the runner then did.

    Parameters
    ----------
    today : date, optional
        Days after it have not come yet; without it the last day of the diary is the last.

    Raises
    ------
    TableError
        No day of the diary lies in the trial, or a date stands twice.
    """
    inside = [day for day in diary if schedule.start <= day.date <= schedule.end]
    if not inside:
        raise TableError(
            kept("No day of the diary lies in the trial. Check the design's dates against the diary's."),
            column="date",
        )
    last = min(schedule.end, today) if today else max(day.date for day in inside)
    inside = [day for day in inside if day.date <= last]
    _, pain, _, load = _arrays(inside, schedule.start, last)
    dates = [schedule.start + timedelta(days=i) for i in range(len(pain))]
    treated = np.array([np.nan if (on := schedule.assigned(day)) is None else float(on) for day in dates])
    left_out = np.array([schedule.settling(day) or day < schedule.first_block for day in dates])
    return Days(schedule.start, pain, treated, load, left_out)


def _arrays(
    diary: Sequence[TrialDay], first: date | None = None, last: date | None = None
) -> tuple[date, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    if not diary:
        raise TableError(kept("The diary holds no day. Write one row a day."), column="date")
    begin = first or min(day.date for day in diary)
    length = ((last or max(day.date for day in diary)) - begin).days + 1
    values = np.full((3, length), np.nan)
    seen: set[date] = set()
    for row, day in enumerate(diary, start=1):
        if day.date in seen:
            raise TableError(
                kept("{day} stands twice in the diary. Keep one row a day.", day=day.date),
                column="date",
                row=row,
            )
        seen.add(day.date)
        told = (day.pain, day.treated, day.load)
        values[:, (day.date - begin).days] = [np.nan if value is None else float(value) for value in told]
    return begin, values[0], values[1], values[2]


def design_matrix(days: Days) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return what the pain of a usable day is made of beside chance.

    Level, treatment, a straight course over the whole time (curved where the treatment hardly ever changed), the week's
    cycle from four weeks on, and the load of the day before where it is known for most days (unknown ones then count as
    the usual load).

    Returns
    -------
    array of float, shape (usable days, terms)
        The first column is 1, the second the treatment.
    tuple of str
        The terms.
    """
    use = np.flatnonzero(days.usable)
    treated = days.treated[use]
    middle, half = (len(days) - 1) / 2, max((len(days) - 1) / 2, 1.0)
    course = (use - middle) / half
    columns = {"level": np.ones(len(use)), "treatment": treated, "course": course}
    if np.count_nonzero(np.diff(treated)) < FEW_SWITCHES:
        columns["curve"] = course**2
    if len(days) >= 7 * WEEKS_FOR_CYCLE:
        turn = 2 * np.pi * use / 7
        columns |= {"week_sin": np.sin(turn), "week_cos": np.cos(turn)}
    before = np.where(use > 0, days.load[use - 1], np.nan)
    known = ~np.isnan(before)
    if len(use) and known.mean() >= LOAD_KNOWN and np.ptp(before[known]) > 0:
        spread = (before - before[known].mean()) / before[known].std()
        columns["load_day_before"] = np.where(known, spread, 0.0)
    return np.column_stack(list(columns.values())), tuple(columns)
