"""Intakes: read, keep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.intake import read_intake
from evengait.core.intake_record import IntakeRecord

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.storage.records.models.intake_form import IntakeForm as Row


def intakes_of(runner: UUID, problem: UUID | None = None) -> list[IntakeRecord]:
    """Return a runner's intakes, latest first; those of one health problem where it is given."""
    from evengait.storage.records.models import IntakeForm as Rows

    rows = Rows.objects.filter(runner=runner)
    return [_read(row) for row in (rows.filter(problem=problem) if problem else rows)]


def intake(runner: UUID, intake: UUID) -> IntakeRecord:
    """Return one intake of a runner.

    Raises
    ------
    UsageError
        This runner has none of this id.
    """
    from evengait.storage.records.models import IntakeForm as Rows

    row = Rows.objects.filter(runner=runner, pk=intake).first()
    if row is None:
        raise UsageError("There is no such intake.")
    return _read(row)


def keep_intake(runner: UUID, told: IntakeRecord) -> IntakeRecord:
    """Keep an intake, new (no id) or changed, and return it with its id."""
    from evengait.storage.records.models import IntakeForm as Rows

    values = {
        "form": told.intake.to_json(),
        "provenance": told.provenance,
        "story": told.story,
        "problem_id": told.problem,
        "confirmed_at": told.confirmed_at,
    }
    if told.id is None:
        return replace(told, id=Rows.objects.create(runner_id=runner, **values).pk)
    if not Rows.objects.filter(runner=runner, pk=told.id).update(**values):
        raise UsageError("There is no such intake.")
    return told


def _read(row: Row) -> IntakeRecord:
    form = read_intake(row.form).intake
    return IntakeRecord(form, row.provenance, row.story, row.problem_id, row.confirmed_at, row.pk)
