"""Plans: read the running one, keep one, pass a gate, end one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evengait.core.errors import UsageError
from evengait.core.plan_record import Passed, PlanRecord

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from evengait.storage.records.models.plan import Plan as Row

_FIELDS = (
    "progression", "progression_version", "strength_block", "strength_block_version", "started_on", "ended_on",
    "inputs", "status",
)  # fmt: skip


def plans_of(runner: UUID) -> list[PlanRecord]:
    """Return a runner's plans, latest first."""
    from evengait.storage.records.models import Plan as Rows

    return [_read(row) for row in Rows.objects.filter(runner=runner).prefetch_related("clearances")]


def active_plan(runner: UUID) -> PlanRecord | None:
    """Return the plan that is running, None where there is none."""
    return next((plan for plan in plans_of(runner) if plan.status == "active"), None)


def start_plan(runner: UUID, plan: PlanRecord) -> PlanRecord:
    """Keep a new plan and end the one before it on the same date; return it with its id."""
    from django.db import transaction

    from evengait.storage.records.models import Plan as Rows

    with transaction.atomic():
        Rows.objects.filter(runner=runner, status="active").update(status="ended", ended_on=plan.started_on)
        values = {name: getattr(plan, name) for name in _FIELDS}
        row = Rows.objects.create(runner_id=runner, problem_id=plan.problem, **values)
    return replace(plan, id=row.pk)


def end_plan(runner: UUID, plan: UUID, on: date) -> None:
    """End a plan on a local date."""
    from evengait.storage.records.models import Plan as Rows

    Rows.objects.filter(runner=runner, pk=plan).update(status="ended", ended_on=on)


def pass_gate(runner: UUID, plan: UUID, passed: Passed, by_account: UUID | None = None) -> None:
    """Note that a gate was passed; saying it again changes nothing.

    Raises
    ------
    UsageError
        This runner has no such plan.
    """
    from evengait.storage.records.models import Clearance
    from evengait.storage.records.models import Plan as Rows

    if not Rows.objects.filter(runner=runner, pk=plan).exists():
        raise UsageError("There is no such plan.")
    Clearance.objects.get_or_create(
        plan_id=plan,
        gate=passed.gate,
        passed_on=passed.on,
        by=passed.by,
        defaults={"note": passed.note, "by_account_id": by_account},
    )


def _read(row: Row) -> PlanRecord:
    passed = tuple(Passed(c.gate, c.passed_on, c.by, c.note) for c in row.clearances.all())
    values = {name: getattr(row, name) for name in _FIELDS}
    return PlanRecord(**values, problem=row.problem_id, passed=passed, id=row.pk)


def change_plan(runner: UUID, plan: UUID, **changes: Any) -> PlanRecord:
    """Change what a running plan is replayed from (``inputs``, the strength block) and return it.

    Raises
    ------
    UsageError
        This runner has no such plan.
    """
    from evengait.storage.records.models import Plan as Rows

    changed = {name: value for name, value in changes.items() if name in _FIELDS}
    if not Rows.objects.filter(runner=runner, pk=plan).update(**changed):
        raise UsageError("There is no such plan.")
    return _read(Rows.objects.prefetch_related("clearances").get(pk=plan))
