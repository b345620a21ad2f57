"""Answers that are kept: find one, ask for one, keep what came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.kept_answer import KeptAnswer

if TYPE_CHECKING:
    from uuid import UUID


def kept_answer(runner: UUID, problem: UUID) -> KeptAnswer | None:
    """Return the answer to a runner's health problem, None where there is none or it is not hers."""
    from evengait.storage.records.models import KeptAnswer as Rows

    row = Rows.objects.filter(problem=problem, problem__runner=runner).first()
    return KeptAnswer(row.key, row.state, row.reason, row.parts, row.changed_at) if row else None


def await_answer(problem: UUID, key: str) -> bool:
    """Note that an answer of this key is wanted; False where it is there or on its way already."""
    from django.db import transaction

    from evengait.storage.records.models import KeptAnswer as Rows

    with transaction.atomic():
        row, new = Rows.objects.select_for_update().get_or_create(
            problem_id=problem, defaults={"key": key, "state": "waiting"}
        )
        if not new and row.key == key:
            return False
        row.key, row.state, row.reason = key, "waiting", ""
        row.save()
    return True


def keep_answer(
    problem: UUID, key: str, state: str, *, reason: str = "", parts: dict[str, Any] | None = None
) -> bool:
    """Keep what came; False where meanwhile another one is wanted, or the problem is gone."""
    from django.utils import timezone

    from evengait.storage.records.models import KeptAnswer as Rows

    rows = Rows.objects.filter(problem=problem, key=key)
    return bool(rows.update(state=state, reason=reason, parts=parts or {}, changed_at=timezone.now()))
