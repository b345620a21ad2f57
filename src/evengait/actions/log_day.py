"""Add to a day of the diary, correct it, or make what was said of it unsaid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from evengait.core.diary import forget
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.storage.records.diary import diary_of, forget_day, keep_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from evengait.core.diary import DiaryEntry

EARLIEST = date(1950, 1, 1)


def log_day(
    runner: UUID, told: DiaryEntry, *, today: date, unsaid: Collection[str] = (), replace: bool = False
) -> DiaryEntry:
    """Keep what a runner says of a date and return the whole day.

    Parameters
    ----------
    told : DiaryEntry
        A value given for the second time replaces the first; aids, exercises and notes are added to what is there.
    unsaid : names of values
        Made *not asked* again before what is told is added: a correction of what was logged by mistake.
    replace : bool
        The day is what is told now, nothing else.

    Raises
    ------
    UsageError
        The date lies in the future, or nothing is said.
    TableError
        A value cannot be, or one to be unsaid is not known.
    """
    check_date(told.date, today)
    if not told.said and not unsaid:
        raise UsageError("Nothing to log. Say something of the day, such as --pain-during 2.")
    forget(told, unsaid)
    if unsaid and not replace:
        kept = diary_of(runner, told.date, told.date)
        if kept:
            keep_day(runner, forget(kept[0], unsaid), replace=True)
    whole = keep_day(runner, told, replace=replace)
    if not whole.said:
        forget_day(runner, told.date)
    return whole


def day_document(entry: DiaryEntry) -> dict[str, Any]:
    """Return a day for programs: every column, null = not asked."""
    values = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    return values | {"date": entry.date.isoformat()}


def check_date(day: date, today: date) -> None:
    """Refuse a date that no diary can speak of.

    Raises
    ------
    UsageError
        It lies in the future (a day's grace: today is still yesterday elsewhere), or before anybody's diary.
    """
    if day > today + timedelta(days=1):
        raise UsageError("The date lies in the future. A diary speaks of days that have been.")
    if day < EARLIEST:
        raise UsageError(say("The date lies before {year}. Check the year.", year=EARLIEST.year))
