"""Notices: tell those who may see a case, list one's own, mark them read, mute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.core.beside import KINDS as BESIDE
from evengait.core.language import Said
from evengait.storage.records.viewing import cases_seen, maybe_seen, viewer_of, viewers_of, who_sees

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from evengait.core.case import CaseRecord
    from evengait.core.sharing import Viewer
    from evengait.storage.records.models.notice import Notice as Row

KINDS = Said({
    "shared": "A case was shared with you",
    "reply": "A new reply",
    "proposal": "A new proposal",
    "accepted": "Your proposal was accepted",
    "closed": "The case was closed",
    "came": "Your invitation was followed",
    "left": "Ended by the person who stood beside you",
    "ended": "Ended by the runner",
})  # fmt: skip
SHOWN = 100
ROLE = {"participant": "participant of a case", "coach": "coach", "clinician": "clinician or physio"}


@dataclass(frozen=True)
class NoticeRecord:
    """One notice, with the case as this person sees it now; or, of a person beside a runner, the other's name.

    Attributes
    ----------
    case : CaseRecord or None
        None = it is of a relation, and then ``name`` and ``role`` say of whom and as what.
    own : bool
        Of a relation: it is told to the runner.
    """

    case: CaseRecord | None
    kind: str
    number: int | None
    happened_at: datetime
    read: bool
    name: str = ""
    role: str = ""
    own: bool = False


def tell_of_relation(kind: str, relation: UUID, *, runner: bool) -> UUID | None:
    """Tell one side of a relation that it began or ended; return the account, None where there is none.

    Parameters
    ----------
    runner : bool
        True: the runner is told; False: who stands beside her.
    """
    from evengait.storage.records.models import Notice, Relation

    row = Relation.objects.filter(pk=relation).select_related("runner").first()
    if row is None:
        return None
    account = row.runner.account_id if runner else row.account_id
    if account is not None:
        Notice.objects.create(account_id=account, relation=row, kind=kind)
    return account


def tell(
    case: UUID, kind: str, by: UUID, now: datetime, *, number: int | None = None, to: UUID | None = None
) -> list[UUID]:
    """Tell everybody who has a part in a case and may see it now, but who did it and who muted it; return whom.

    Parameters
    ----------
    to : UUID, optional
        Tell this account alone.
    """
    from evengait.storage.records.models import Case, CaseReply, Mute, Notice, Relation

    row = Case.objects.filter(pk=case).select_related("runner").first()
    if row is None:
        return []
    relations = Relation.objects.filter(runner=row.runner_id, ended_at__isnull=True)
    near: set[UUID | None] = {r.account_id for r in relations if r.kind in BESIDE or r.case_id == case}
    near |= set(
        CaseReply.objects.filter(case=case, author__isnull=False).values_list("author", flat=True).distinct()
    )
    near |= {row.runner.account_id}
    if to is not None:
        near &= {to}
    near -= {None, by, *Mute.objects.filter(case=case).values_list("account", flat=True)}
    viewers = viewers_of(near)
    sees = who_sees(viewers.values(), case, now)
    whom = [account for account in viewers if account == row.runner.account_id or account in sees]
    Notice.objects.bulk_create(
        Notice(account_id=account, case_id=case, kind=kind, number=number) for account in whom
    )
    return whom


def notices_for(viewer: Viewer, now: datetime) -> list[NoticeRecord]:
    """Return a person's latest notices, newest first; those of cases that she does not see any more are left out."""
    from django.db.models import Q

    from evengait.storage.records.models import Notice

    mine = Q(case__in=maybe_seen(viewer, now)) | Q(relation__isnull=False)
    rows = Notice.objects.filter(mine, account=viewer.account)
    known = rows.select_related("relation__account", "relation__runner__account")[:SHOWN]
    cases = {row.case_id for row in known if row.case_id}
    seen: dict[UUID | None, CaseRecord] = {case.id: case for case, _ in cases_seen(viewer, now, pk__in=cases)}
    return [_read(row, seen.get(row.case_id)) for row in known if row.relation or row.case_id in seen]


def _read(row: Row, case: CaseRecord | None) -> NoticeRecord:
    told = NoticeRecord(case, KINDS.get(row.kind, ""), row.number, row.happened_at, row.read_at is not None)
    if row.relation is None:
        return told
    own = row.relation.runner.account_id == row.account_id
    # Whoever was in one case alone knows the runner by the name that her replies bear.
    hers = row.relation.runner
    theirs = str(hers.account or "") if row.relation.case_id else hers.display_name
    name = str(row.relation.account) if own else theirs or "A runner"
    return replace(told, name=name, role=ROLE[row.relation.kind], own=own)


def unread(viewer: Viewer, now: datetime) -> int:
    """Return how many of them are not read yet."""
    from evengait.storage.records.models import Notice

    if not viewer.account or not Notice.objects.filter(account=viewer.account, read_at__isnull=True).exists():
        return 0
    return sum(not one.read for one in notices_for(viewer, now))


def mark_read(account: UUID, now: datetime, case: UUID | None = None) -> None:
    """Mark a person's notices of one case, or all, as read."""
    from evengait.storage.records.models import Notice

    rows = Notice.objects.filter(account=account, read_at__isnull=True)
    rows = rows.filter(case=case) if case else rows
    if rows.exists():  # else a page that is only looked at would wait for whoever writes
        rows.update(read_at=now)


def is_muted(account: UUID, case: UUID | None) -> bool:
    """Tell whether a person wants no notices of a case; None = no mail at all."""
    from evengait.storage.records.models import Mute

    return Mute.objects.filter(account=account, case=case).exists()


def mute(account: UUID, case: UUID | None, *, on: bool) -> None:
    """Mute a case, or all mail; or end it."""
    from evengait.storage.records.models import Mute

    if not on:
        Mute.objects.filter(account=account, case=case).delete()
    elif not is_muted(account, case):
        Mute.objects.create(account_id=account, case_id=case)


def address_to_mail(account: UUID, now: datetime) -> str:
    """Return the address to write to, and note that it was written; empty = no mail is due.

    One mail until the person has looked: while a notice that was mailed is unread no other mail is sent.
    """
    from django.db.models import Q

    from evengait.storage.records.models import Account, Notice

    person = Account.objects.filter(pk=account, is_active=True).first()
    rows = Notice.objects.filter(account=account, read_at__isnull=True)
    if (
        person is None
        or not person.email
        or is_muted(account, None)
        or rows.filter(mailed_at__isnull=False).exists()
    ):
        return ""
    own = rows.filter(Q(case__runner__account=account) | Q(relation__isnull=False))
    if not unread(viewer_of(account), now) and not own.exists():
        return ""
    return str(person.email) if rows.update(mailed_at=now) else ""
