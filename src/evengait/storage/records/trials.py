"""Trials: read them, keep one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.trial_record import TrialRecord

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.storage.records.models.trial import Trial as Row

_FIELDS = ("treatment", "design", "started_on", "ended_on", "status")


def trials_of(runner: UUID) -> list[TrialRecord]:
    """Return a runner's trials, latest first."""
    from evengait.storage.records.models import Trial as Rows

    return [_read(row) for row in Rows.objects.filter(runner=runner)]


def keep_trial(runner: UUID, told: TrialRecord) -> TrialRecord:
    """Keep a trial, new (no id) or changed, and return it with its id.

    Raises
    ------
    UsageError
        This runner has no trial of this id.
    """
    from evengait.storage.records.models import Trial as Rows

    values = {name: getattr(told, name) for name in _FIELDS} | {"problem_id": told.problem}
    if told.id is None:
        return replace(told, id=Rows.objects.create(runner_id=runner, **values).pk)
    if not Rows.objects.filter(runner=runner, pk=told.id).update(**values):
        raise UsageError("There is no such trial.")
    return told


def _read(row: Row) -> TrialRecord:
    values = {name: getattr(row, name) for name in _FIELDS}
    return TrialRecord(**values, problem=row.problem_id, id=row.pk)
