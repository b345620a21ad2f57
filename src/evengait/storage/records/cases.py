"""Cases: open one, find it, change it, delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.case import CATEGORIES, ENDINGS, SOURCES, CaseRecord, checked_title
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from evengait.storage.records.models.case import Case as Row

_FIELDS = (
    "title", "category", "status", "ending", "ending_words", "source", "last_number", "opened_at", "changed_at",
    "closed_at",
)  # fmt: skip


def open_case(
    runner: UUID, problem: UUID, title: str, category: str, *, opened_by: UUID | None, source: str = "here"
) -> CaseRecord:
    """Open a case of a runner's health problem. Nobody else sees it yet.

    Raises
    ------
    UsageError
        The problem is not hers, or a word is not known.
    """
    from evengait.storage.records.models import Case as Rows
    from evengait.storage.records.models import HealthProblem

    if not HealthProblem.objects.filter(runner=runner, pk=problem).exists():
        raise UsageError("There is no such health problem.")
    if category not in CATEGORIES or source not in SOURCES:
        raise UsageError("There is no such kind of case.")
    row = Rows.objects.create(
        runner_id=runner, problem_id=problem, title=checked_title(title), category=category, source=source,
        opened_by_id=opened_by,
    )  # fmt: skip
    return _read(row)


def case_by_id(case: UUID) -> CaseRecord | None:
    """Return a case, whoever asks; ``viewing.py`` decides what of it is shown to whom. None where there is none."""
    from evengait.storage.records.models import Case as Rows

    row = Rows.objects.filter(pk=case).select_related("problem").first()
    return _read(row) if row else None


def read_cases(rows: QuerySet[Row]) -> list[CaseRecord]:
    """Return cases by their rows, whoever asks, in their order."""
    return [_read(row) for row in rows.select_related("problem")]


def cases_of(runner: UUID, problem: UUID | None = None) -> list[CaseRecord]:
    """Return a runner's cases, latest change first; those of one health problem where it is given."""
    from evengait.storage.records.models import Case as Rows

    rows = Rows.objects.filter(runner=runner).select_related("problem")
    return [_read(row) for row in (rows.filter(problem=problem) if problem else rows)]


def change_case(runner: UUID, case: UUID, **changes: Any) -> None:
    """Change a runner's case: ``title``, ``category``, or how it ended.

    Raises
    ------
    UsageError
        She has no such case, or a word is not known.
    """
    from django.utils import timezone

    from evengait.storage.records.models import Case as Rows

    if changes.get("category", "other") not in CATEGORIES or changes.get("ending", "") not in {"", *ENDINGS}:
        raise UsageError("There is no such kind or ending of a case.")
    if "title" in changes:
        changes["title"] = checked_title(changes["title"])
    if "status" in changes:
        changes["closed_at"] = timezone.now() if changes["status"] == "closed" else None
    if not Rows.objects.filter(runner=runner, pk=case).update(**changes, changed_at=timezone.now()):
        raise UsageError("There is no such case.")


def hide_case(case: UUID, *, hidden: bool) -> None:
    """Hide a case from all but its runner, or show it again to those it was shared with."""
    from django.utils import timezone

    from evengait.storage.records.models import Case as Rows

    Rows.objects.filter(pk=case).update(hidden_at=timezone.now() if hidden else None)


def forget_case(runner: UUID, case: UUID) -> bool:
    """Delete a case with its replies, what was shared in it and its ledger; True where there was one."""
    from evengait.storage.records.models import Case as Rows

    return bool(Rows.objects.filter(runner=runner, pk=case).delete()[0])


def _read(row: Row) -> CaseRecord:
    values = {name: getattr(row, name) for name in _FIELDS}
    return CaseRecord(
        **values, id=row.pk, runner=row.runner_id, problem=row.problem_id, opened_by=row.opened_by_id,
        site=row.problem.site, side=row.problem.side, hidden=row.hidden_at is not None,
    )  # fmt: skip
