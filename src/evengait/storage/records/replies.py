"""Replies of a case: add one under the next number, read a page, change and delete one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.case import Reply, checked_body
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from evengait.storage.records.models.case_reply import CaseReply as Row

MOST_IN_TEN_MINUTES = 20
"""Replies that one person may write in ten minutes, in all cases together."""


def add_reply(case: UUID, author: UUID, body: str) -> Reply:
    """Add a reply under the next number; two who write at once get two numbers.

    Raises
    ------
    UsageError
        No words, too many, or too many replies in a short time; or the case is gone.
    """
    from django.utils import timezone

    from evengait.storage.records.models import CaseReply as Rows

    body = checked_body(body)
    lately = timezone.now() - timedelta(minutes=10)
    if Rows.objects.filter(author=author, written_at__gt=lately).count() >= MOST_IN_TEN_MINUTES:
        raise UsageError("You wrote a lot in a short time. Wait a few minutes; nothing of this was kept.")
    return _numbered(case, [Rows(case_id=case, author_id=author, body=body)])[0]


def add_quoted(case: UUID, posts: Sequence[tuple[str, str, str, date | None, str]]) -> list[Reply]:
    """Add posts of a thread from elsewhere, in their order.

    Parameters
    ----------
    posts : sequence of (body, author, role, day, number)
        As the thread has them; empty or None = it does not say.
    """
    from evengait.storage.records.models import CaseReply as Rows

    rows = [
        Rows(
            case_id=case, body=checked_body(body), quoted_author=author[:120], quoted_role=role[:32],
            quoted_on=on, quoted_number=number[:32],
        )
        for body, author, role, on, number in posts
    ]  # fmt: skip
    return _numbered(case, rows)


def _numbered(case: UUID, rows: list[Row]) -> list[Reply]:
    from django.db import transaction
    from django.utils import timezone

    from evengait.storage.records.models import Case
    from evengait.storage.records.models import CaseReply as Rows

    with transaction.atomic():
        # The case's row is locked until the replies are in: no number is given twice, none is left out.
        held = Case.objects.select_for_update().filter(pk=case).first()
        if held is None:
            raise UsageError("There is no such case.")
        for number, row in enumerate(rows, held.last_number + 1):
            row.number = number
        Rows.objects.bulk_create(rows)
        held.last_number += len(rows)
        held.changed_at = timezone.now()
        held.save(update_fields=["last_number", "changed_at"])
    return [_read(row) for row in Rows.objects.filter(pk__in=[r.pk for r in rows]).select_related("author")]


def replies_of(case: UUID, first: int = 1, last: int | None = None) -> list[Reply]:
    """Return the replies of a case from one number to another (both included), in order."""
    from evengait.storage.records.models import CaseReply as Rows

    rows = Rows.objects.filter(case=case, number__gte=first).select_related("author")
    return [_read(row) for row in (rows if last is None else rows.filter(number__lte=last))]


def reply_by_id(reply: UUID) -> Reply | None:
    """Return a reply, whoever asks; ``viewing.py`` decides who sees its case. None where there is none."""
    from evengait.storage.records.models import CaseReply as Rows

    row = Rows.objects.filter(pk=reply).select_related("author").first()
    return _read(row) if row else None


def change_reply(author: UUID, reply: UUID, body: str) -> None:
    """Change the words of one's own reply.

    Raises
    ------
    UsageError
        It is not this person's, or deleted; or no words, or too many.
    """
    from django.utils import timezone

    from evengait.storage.records.models import CaseReply as Rows

    rows = Rows.objects.filter(pk=reply, author=author, deleted_at__isnull=True, hidden_at__isnull=True)
    if not rows.update(body=checked_body(body), edited_at=timezone.now()):
        raise UsageError("There is no such reply of yours.")


def delete_reply(author: UUID, reply: UUID) -> None:
    """Delete one's own reply: its words, what it advised, what it proposed and nobody accepted. Its number stays.

    Raises
    ------
    UsageError
        It is not this person's.
    """
    from django.db import transaction
    from django.utils import timezone

    from evengait.storage.records.models import Advice, Complaint, Proposal
    from evengait.storage.records.models import CaseReply as Rows

    with transaction.atomic():
        if not Rows.objects.filter(pk=reply, author=author).update(body="", deleted_at=timezone.now()):
            raise UsageError("There is no such reply of yours.")
        Advice.objects.filter(reply=reply).delete()
        Complaint.objects.filter(reply=reply).delete()
        Proposal.objects.filter(reply=reply).exclude(status__in=("accepted", "done")).delete()


def hide_reply(reply: UUID, *, hidden: bool) -> None:
    """Hide a reply from everybody but its author, or show it again."""
    from django.utils import timezone

    from evengait.storage.records.models import CaseReply as Rows

    Rows.objects.filter(pk=reply).update(hidden_at=timezone.now() if hidden else None)


def _read(row: Row) -> Reply:
    return Reply(
        row.pk, row.case_id, row.number, row.body, row.written_at, row.author_id,
        str(row.author) if row.author else "", row.quoted_author, row.quoted_role, row.quoted_on,
        row.quoted_number, row.edited_at, row.deleted_at is not None, row.hidden_at is not None,
    )  # fmt: skip
