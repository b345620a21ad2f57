"""The strength log: read a span of dates, keep sets."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from evengait.core.strength import StrengthSet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

_FIELDS = tuple(f.name for f in fields(StrengthSet))


def sets_of(runner: UUID, first: date | None = None, last: date | None = None) -> list[StrengthSet]:
    """Return a runner's sets between two local dates (both included; None = no bound), oldest first."""
    from evengait.storage.records.models import StrengthSet as Rows

    rows = Rows.objects.filter(runner=runner)
    if first is not None:
        rows = rows.filter(date__gte=first)
    if last is not None:
        rows = rows.filter(date__lte=last)
    return [StrengthSet(**{name: getattr(row, name) for name in _FIELDS}) for row in rows]


def keep_sets(runner: UUID, told: Iterable[StrengthSet]) -> tuple[int, int]:
    """Keep sets, all or none; a set that is there already (same ``key``) is replaced.

    Returns
    -------
    new, replaced : int
    """
    from django.db import transaction

    from evengait.storage.records.models import StrengthSet as Rows

    wanted = {one.key: one for one in told}
    if not wanted:
        return 0, 0
    days = {one.date for one in wanted.values()}
    with transaction.atomic():
        there = {
            (row.date, row.started, row.exercise, row.side, row.set_number): row.pk
            for row in Rows.objects.select_for_update().filter(runner=runner, date__in=days)
        }
        known = [there[key] for key in wanted if key in there]
        Rows.objects.filter(pk__in=known).delete()
        Rows.objects.bulk_create(
            Rows(runner_id=runner, **{name: getattr(one, name) for name in _FIELDS})
            for one in wanted.values()
        )
    return len(wanted) - len(known), len(known)


def forget(runner: UUID, day: date, exercise: str) -> int:
    """Take back the sets of an exercise on a date, and return how many they were."""
    from evengait.storage.records.models import StrengthSet as Rows

    return int(Rows.objects.filter(runner=runner, date=day, exercise=exercise).delete()[0])
