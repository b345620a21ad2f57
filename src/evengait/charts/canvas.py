"""The ground every panel of the timeline stands on: which days, how wide, and where a day lies.

Days are whole numbers counted from the first day drawn, not instants: a time zone can then never shift a bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt

from evengait.core.language import say
from evengait.core.units import SHORT_MONTHS, Units

WEEKS_BEFORE = 24
DAYS_AFTER = 12
DAYS_AFTER_AT_LEAST = 5

Row = dict[str, Any]


@dataclass(frozen=True)
class Canvas:
    """The days drawn, the pixels they take, and the runner's units."""

    start: date
    days: int
    onset: date
    units: Units
    width: int
    left: int
    right: int
    compact: bool

    def day(self, when: date) -> int:
        """Return the number of a day; the first drawn is 0, an earlier one negative."""
        return (when - self.start).days

    @property
    def onset_x(self) -> float:
        """The middle of the onset day."""
        return self.day(self.onset) + 0.5

    @property
    def end(self) -> date:
        """The last day drawn."""
        return self.start + timedelta(days=self.days - 1)

    def pixel(self, x: float) -> float:
        """Return where a day number lies from the left edge."""
        return self.left + x * (self.width - self.left - self.right) / self.days

    @property
    def beside(self) -> int:
        """Where words in the right margin begin, in pixels."""
        return self.width - self.right + 6

    def x(self, field: str = "x") -> alt.X:
        """Return the shared horizontal encoding: days, no axis."""
        scale = alt.Scale(
            domain=[0, self.days], range=[self.left, self.width - self.right], nice=False, zero=False
        )
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def months(self) -> list[Row]:
        """Return the first day of every month drawn, with its name; January carries the year."""
        found = []
        for number in range(self.days):
            when = self.start + timedelta(days=number)
            if when.day == 1:
                name = say(SHORT_MONTHS[when.month - 1]) + (f" {when.year}" if when.month == 1 else "")
                found.append({"x": number, "text": name})
        return found


def canvas(
    first: date, last: date, onset: date, units: Units, *, compact: bool = False, weeks: int = WEEKS_BEFORE
) -> Canvas:
    """Return the ground for an onset: the weeks before it (fewer in a short archive), some days after.

    Parameters
    ----------
    first, last : date
        Span of the archive.
    onset : date
    units : {"mi", "km"}
    compact : bool
        For a narrow screen: titles above the panels instead of beside them.
    weeks : int
        Most weeks drawn before the onset, its own week counted.

    Examples
    --------
    >>> from datetime import date
    >>> ground = canvas(date(2025, 9, 4), date(2026, 11, 18), date(2026, 11, 8), "mi")
    >>> ground.start, ground.end
    (datetime.date(2026, 5, 25), datetime.date(2026, 11, 18))
    """
    monday = onset - timedelta(days=onset.weekday())
    earliest = first - timedelta(days=first.weekday())
    start = max(monday - timedelta(weeks=weeks - 1), min(earliest, monday))
    after = min(max((last - onset).days, DAYS_AFTER_AT_LEAST), DAYS_AFTER)
    days = (onset - start).days + after + 1
    width, left, right = (350, 30, 44) if compact else (780, 168, 66)
    return Canvas(start, days, onset, units, width, left, right, compact)
