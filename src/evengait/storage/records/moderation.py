"""Reports of replies, decisions on them, and the trail of what moderators and admins did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.moderation import DECISIONS, REASONS, Act, ComplaintRecord, HiddenCase
from evengait.storage.records.cases import hide_case

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def complain(reply: UUID, by: UUID, reason: str, words: str) -> None:
    """Report a reply; a second report by the same person replaces her first one.

    Raises
    ------
    UsageError
        No such reason.
    """
    from evengait.storage.records.models import Complaint

    if reason not in REASONS:
        raise UsageError("Choose a reason.")
    told = {"reason": reason, "words": words[:1000], "status": "open", "decided_at": None}
    Complaint.objects.update_or_create(reply_id=reply, by_id=by, defaults=told)


def open_complaints(moderator: UUID) -> list[ComplaintRecord]:
    """Return the replies that wait for a decision, oldest report first; nobody decides on her own reply."""
    from evengait.storage.records.models import Complaint

    rows = Complaint.objects.filter(status="open", reply__deleted_at__isnull=True)
    found: dict[UUID, list[Complaint]] = {}
    for row in rows.exclude(reply__author=moderator).select_related("reply__author"):
        found.setdefault(row.reply_id, []).append(row)
    return [
        ComplaintRecord(
            many[0].pk, reply, many[0].reply.body, str(many[0].reply.author or "somebody"),
            tuple(dict.fromkeys(REASONS[one.reason] for one in many)), tuple(one.words for one in many if one.words),
            many[0].made_at,
        )
        for reply, many in found.items()
    ]  # fmt: skip


def decide_complaint(moderator: UUID, complaint: UUID, decision: str, now: datetime) -> None:
    """Hide the reply, its whole case, or keep it, which decides every report of it; the trail notes who did.

    Raises
    ------
    UsageError
        There is no such open report, it is of her own reply, or there is no such decision.
    """
    from django.db import transaction

    from evengait.storage.records.models import CaseReply, Complaint

    if decision not in DECISIONS:
        raise UsageError("A reported reply is hidden, alone or with its case, or kept.")
    with transaction.atomic():
        row = Complaint.objects.select_for_update().filter(pk=complaint, status="open").first()
        if row is None or row.reply.author_id == moderator:
            raise UsageError("There is no such report.")
        Complaint.objects.filter(reply=row.reply_id, status="open").update(status=decision, decided_at=now)
        if decision == "hide_case":
            hide_case(row.reply.case_id, hidden=True)
            note_act(moderator, decision, "case", row.reply.case_id, row.reason)
        else:
            CaseReply.objects.filter(pk=row.reply_id).update(hidden_at=now if decision == "hide" else None)
            note_act(moderator, decision, "reply", row.reply_id, row.reason)


def hidden_cases(moderator: UUID) -> list[HiddenCase]:
    """Return the cases that are hidden, latest first; nobody decides on her own case."""
    from evengait.storage.records.models import Case

    rows = Case.objects.filter(hidden_at__isnull=False).exclude(runner__account=moderator)
    return [HiddenCase(row.pk, row.hidden_at) for row in rows.order_by("-hidden_at") if row.hidden_at]


def show_case(moderator: UUID, case: UUID) -> None:
    """Show a hidden case again to those it is shared with; the trail notes who did.

    Raises
    ------
    UsageError
        There is no such hidden case, or it is her own.
    """
    from django.db import transaction

    with transaction.atomic():
        if case not in {one.id for one in hidden_cases(moderator)}:
            raise UsageError("There is no such hidden case.")
        hide_case(case, hidden=False)
        note_act(moderator, "show_case", "case", case)


def note_act(actor: UUID, act: str, kind: str, row: UUID, reason: str = "") -> None:
    """Note an act in the trail: who, when, what, on which row; never what the row says."""
    from evengait.storage.records.models import AuditEntry

    AuditEntry.objects.create(actor_id=actor, act=act, kind=kind, row=row, reason=reason)


def trail(limit: int = 200) -> list[Act]:
    """Return the latest acts, newest first."""
    from evengait.storage.records.models import AuditEntry

    rows = AuditEntry.objects.select_related("actor")[:limit]
    return [Act(r.at, str(r.actor or "somebody who is gone"), r.act, REASONS.get(r.reason, "")) for r in rows]
