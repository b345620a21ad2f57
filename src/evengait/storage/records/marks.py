"""Marks: what was done or skipped, as the runner said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.day_mark import DayMark

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def marks_of(runner: UUID, first: date, last: date) -> list[DayMark]:
    """Return a runner's marks between two local dates (both included), oldest first."""
    from evengait.storage.records.models import DayMark as Rows

    rows = Rows.objects.filter(runner=runner, date__gte=first, date__lte=last)
    return [DayMark(row.date, row.kind, row.said) for row in rows]


def keep_mark(runner: UUID, mark: DayMark) -> None:
    """Keep a mark; one that the date has for this kind already is replaced."""
    from evengait.storage.records.models import DayMark as Rows

    Rows.objects.update_or_create(
        runner_id=runner, date=mark.date, kind=mark.kind, defaults={"said": mark.said}
    )


def forget_mark(runner: UUID, day: date, kind: str) -> None:
    """Take a mark back; one that is not there is taken back already."""
    from evengait.storage.records.models import DayMark as Rows

    Rows.objects.filter(runner=runner, date=day, kind=kind).delete()
