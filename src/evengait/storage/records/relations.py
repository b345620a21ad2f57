"""Who stands beside a runner: invitations, who followed them, the end of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.case import INVITED_AS, Invited
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from evengait.storage.records.models.relation import Invitation as InvitationRow

INVITATION_DAYS = 14


@dataclass(frozen=True)
class Beside:
    """Somebody who stands beside a runner.

    Attributes
    ----------
    id, account : UUID
    name : str
        As others read it.
    kind : {"participant", "coach"}
    case : UUID or None
        Of a participant.
    is_clinician : bool
        Verified by the site.
    """

    id: UUID
    account: UUID
    name: str
    kind: str
    case: UUID | None
    is_clinician: bool
    began_at: datetime


def invite(runner: UUID, kind: str, now: datetime, case: UUID | None = None) -> Invited:
    """Make a link for somebody to become a runner's coach, or a participant of one of her cases.

    Raises
    ------
    UsageError
        No such kind, or the case is not hers.
    """
    from evengait.storage.records.models import Case
    from evengait.storage.records.models import Invitation as Rows

    if kind not in INVITED_AS or (kind == "participant") != (case is not None):
        raise UsageError("One invites a coach, or a participant to a case.")
    if case is not None and not Case.objects.filter(runner=runner, pk=case).exists():
        raise UsageError("There is no such case.")
    until = now + timedelta(days=INVITATION_DAYS)
    return _read(Rows.objects.create(runner_id=runner, kind=kind, case_id=case, expires_at=until))


def invitation(key: UUID, now: datetime) -> Invited | None:
    """Return an invitation that can still be followed, None where there is none."""
    from evengait.storage.records.models import Invitation as Rows

    row = Rows.objects.filter(pk=key, used_at__isnull=True, expires_at__gt=now).first()
    return _read(row) if row else None


def follow(key: UUID, account: UUID, now: datetime) -> Invited:
    """Become what an invitation says; it works once.

    Raises
    ------
    UsageError
        It was used, is too old, or is this person's own.
    """
    from django.db import transaction

    from evengait.storage.records.models import Invitation as Rows
    from evengait.storage.records.models import Relation

    with transaction.atomic():
        row = (
            Rows.objects.select_for_update().filter(pk=key, used_at__isnull=True, expires_at__gt=now).first()
        )
        if row is None or row.runner.account_id == account:
            raise UsageError("This invitation was used or is too old. Ask for another one.")
        row.used_at = now
        row.save(update_fields=["used_at"])
        same = Relation.objects.filter(runner=row.runner, account=account, kind=row.kind, case=row.case)
        if not same.filter(ended_at__isnull=True).exists():
            Relation.objects.create(runner=row.runner, account_id=account, kind=row.kind, case=row.case)
    return _read(row)


def beside(runner: UUID, case: UUID | None = None) -> list[Beside]:
    """Return who stands beside a runner today: her coaches, and the participants of one case or of all."""
    from django.db.models import Q

    from evengait.storage.records.models import Relation

    rows = Relation.objects.filter(runner=runner, ended_at__isnull=True).select_related("account")
    if case is not None:
        rows = rows.filter(Q(kind="coach") | Q(case=case))
    return [
        Beside(
            r.pk, r.account_id, str(r.account), r.kind, r.case_id, r.account.is_clinician, r.began_at
        )
        for r in rows
    ]  # fmt: skip


def end_relation(runner: UUID, relation: UUID, now: datetime) -> None:
    """End it, and take back what was shared with this very person: of the case; of all cases where it was a coach.

    Raises
    ------
    UsageError
        This runner has no such relation.
    """
    from django.db import transaction

    from evengait.storage.records.grants import forget_unshared
    from evengait.storage.records.models import Grant, Relation

    with transaction.atomic():
        row = Relation.objects.filter(runner=runner, pk=relation, ended_at__isnull=True).first()
        if row is None:
            raise UsageError("There is nobody like this beside you.")
        Relation.objects.filter(pk=row.pk).update(ended_at=now)
        grants = Grant.objects.filter(case__runner=runner, account=row.account_id, revoked_at__isnull=True)
        if row.case_id:
            grants = grants.filter(case=row.case_id)
        touched = set(grants.values_list("case", flat=True))
        grants.update(revoked_at=now)
        for case in touched:
            forget_unshared(case, now)


def _read(row: InvitationRow) -> Invited:
    return Invited(row.pk, row.runner_id, row.kind, row.expires_at, row.case_id, row.used_at is not None)
