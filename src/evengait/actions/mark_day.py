"""Mark what became of a planned thing, or take the mark back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions.log_day import check_date
from evengait.core.day_mark import DayMark
from evengait.storage.records.marks import forget_mark, keep_mark

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def mark_day(runner: UUID, day: date, kind: str, said: str, *, today: date) -> None:
    """Keep that a run, a walk or a session was done or skipped; an empty ``said`` takes the mark back.

    Raises
    ------
    UsageError
        The date lies in the future, or a word is not known.
    """
    check_date(day, today)
    if said:
        keep_mark(runner, DayMark(day, kind, said))
    else:
        forget_mark(runner, day, kind)
