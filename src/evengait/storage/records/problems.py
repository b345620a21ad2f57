"""Health problems: list, find, keep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.health_problem import HealthProblem

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.storage.records.models.health_problem import HealthProblem as Row

_FIELDS = ("onset", "site", "side", "mode", "status", "returned_on", "closed_on", "recurrence_of_id")


def problems_of(runner: UUID) -> list[HealthProblem]:
    """Return a runner's health problems, latest onset first."""
    from evengait.storage.records.models import HealthProblem as Rows

    return [_read(row) for row in Rows.objects.filter(runner=runner)]


def problem(runner: UUID, problem: UUID) -> HealthProblem:
    """Return one health problem of a runner.

    Raises
    ------
    UsageError
        This runner has none of this id.
    """
    from evengait.storage.records.models import HealthProblem as Rows

    row = Rows.objects.filter(runner=runner, pk=problem).first()
    if row is None:
        raise UsageError("There is no such health problem.")
    return _read(row)


def keep_problem(runner: UUID, told: HealthProblem) -> HealthProblem:
    """Keep a health problem, new (no id) or changed, and return it with its id."""
    from evengait.storage.records.models import HealthProblem as Rows

    if told.recurrence_of is not None:
        problem(runner, told.recurrence_of)
    values = {name: getattr(told, name.removesuffix("_id")) for name in _FIELDS}
    if told.id is None:
        return replace(told, id=Rows.objects.create(runner_id=runner, **values).pk)
    problem(runner, told.id)
    Rows.objects.filter(pk=told.id).update(**values)
    return told


def forget_problem(runner: UUID, problem: UUID) -> bool:
    """Delete a health problem with its intakes and its answer; True where there was one."""
    from evengait.storage.records.models import HealthProblem as Rows

    return bool(Rows.objects.filter(runner=runner, pk=problem).delete()[0])


def _read(row: Row) -> HealthProblem:
    values = {name.removesuffix("_id"): getattr(row, name) for name in _FIELDS}
    return HealthProblem(id=row.pk, **values)
