"""The days of a history: weekdays, weeks, seasons and the offset of the local clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

ZONE = "America/Los_Angeles"
"""Where the made-up loops lie (`terrain.HOME`): a dry lake bed nobody lives on, with summer time."""

_EPOCH = date(1970, 1, 1)
_DARKEST_DAY_OF_YEAR = 10


@dataclass(frozen=True, eq=False)
class Calendar:
    """One entry per day, ``days`` of them.

    Attributes
    ----------
    first : date
    days : int
    weekday : int array, shape (days,)
        0 = Monday.
    week : int array, shape (days,)
        Number of the calendar week, from 0; weeks begin on Monday.
    winter : float array, shape (days,)
        1 in the middle of January, 0 in the middle of July.
    utc_offset_s : int array, shape (days,)
        Local time minus UTC.
    """

    first: date
    days: int
    weekday: Ints
    week: Ints
    winter: Floats
    utc_offset_s: Ints

    @property
    def weeks(self) -> int:
        """Number of calendar weeks touched."""
        return int(self.week[-1]) + 1

    @property
    def first_epoch_day(self) -> int:
        """Days from 1970-01-01 to the first day."""
        return (self.first - _EPOCH).days

    def day(self, index: int) -> date:
        """Return the date of a day given by its place."""
        return self.first + timedelta(days=int(index))


@lru_cache(maxsize=16)
def calendar(last: date, days: int) -> Calendar:
    """Return the calendar of the ``days`` days that end on ``last``.

    Parameters
    ----------
    last : date
    days : int
        At least 1.  [d]

    Examples
    --------
    >>> shown = calendar(date(2026, 11, 8), 8)
    >>> shown.first, shown.weekday.tolist(), shown.weeks
    (datetime.date(2026, 11, 1), [6, 0, 1, 2, 3, 4, 5, 6], 2)
    """
    first = last - timedelta(days=days - 1)
    index = np.arange(days)
    weekday = (first.weekday() + index) % 7
    day_of_year = (first.timetuple().tm_yday + index) % 365.25
    winter = 0.5 + 0.5 * np.cos(2 * np.pi * (day_of_year - _DARKEST_DAY_OF_YEAR) / 365.25)
    return Calendar(first, days, weekday, (first.weekday() + index) // 7, winter, _offsets(first, days))


def _offsets(first: date, days: int) -> Ints:
    zone = ZoneInfo(ZONE)
    noons = (
        datetime(first.year, first.month, first.day, 20, tzinfo=UTC) + timedelta(days=i) for i in range(days)
    )
    return np.array(
        [int((noon.astimezone(zone).utcoffset() or timedelta()).total_seconds()) for noon in noons]
    )
