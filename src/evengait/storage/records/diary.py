"""The diary: read a span of dates, keep a day."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from evengait.core.diary import DiaryEntry, merge
from evengait.core.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from evengait.storage.records.models.diary_entry import DiaryEntry as Row

_LISTS = ("aids", "exercises")


def diary_of(runner: UUID, first: date | None = None, last: date | None = None) -> list[DiaryEntry]:
    """Return a runner's diary between two local dates (both included; None = no bound), oldest first."""
    from evengait.storage.records.models import DiaryEntry as Rows

    rows = Rows.objects.filter(runner=runner)
    if first is not None:
        rows = rows.filter(date__gte=first)
    if last is not None:
        rows = rows.filter(date__lte=last)
    return [_read(row) for row in rows]


def worst_of(runner: UUID, names: Sequence[str]) -> list[tuple[date, float | None]]:
    """Return every date of a diary with the largest of some values, oldest first; None = none of them was said."""
    from evengait.storage.records.models import DiaryEntry as Rows

    return [
        (day, max((value for value in values if value is not None), default=None))
        for day, *values in Rows.objects.filter(runner=runner).values_list("date", *names)
    ]


def keep_day(runner: UUID, told: DiaryEntry, *, replace: bool = False) -> DiaryEntry:
    """Keep what was said of a date and return the whole day.

    Parameters
    ----------
    replace : bool
        True: the day is what is told now; False: it is added to what was said before.
    """
    from django.db import transaction

    from evengait.storage.records.models import DiaryEntry as Rows

    with transaction.atomic():
        row, _ = Rows.objects.select_for_update().get_or_create(runner_id=runner, date=told.date)
        whole = told if replace else merge(_read(row), told)
        for name, value in _columns(whole).items():
            setattr(row, name, value)
        row.save()
    return whole


def keep_days(runner: UUID, told: Iterable[DiaryEntry]) -> dict[int, TableError]:
    """Add many days to the diary in one go.

    Returns
    -------
    dict of position in ``told`` to TableError
        Those that could not be added to what was there; the others are kept.
    """
    from django.db import transaction

    failed = {}
    with transaction.atomic():
        for place, entry in enumerate(told):
            try:
                keep_day(runner, entry)
            except TableError as error:
                failed[place] = error
    return failed


def forget_day(runner: UUID, day: date) -> bool:
    """Delete a date's entry; True where there was one."""
    from evengait.storage.records.models import DiaryEntry as Rows

    return bool(Rows.objects.filter(runner=runner, date=day).delete()[0])


def _columns(entry: DiaryEntry) -> dict[str, Any]:
    values = {f.name: getattr(entry, f.name) for f in fields(entry)}
    return values | {name: None if values[name] is None else list(values[name]) for name in _LISTS}


def _read(row: Row) -> DiaryEntry:
    values = {f.name: getattr(row, f.name) for f in fields(DiaryEntry)}
    return DiaryEntry(**values | {n: None if values[n] is None else tuple(values[n]) for n in _LISTS})
