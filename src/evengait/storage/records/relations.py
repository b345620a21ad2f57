"""Who stands beside a runner: invitations, who followed them, the end of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.beside import checked_fields
from evengait.core.case import INVITED_AS, Invited
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from evengait.storage.records.models.relation import Invitation as InvitationRow
    from evengait.storage.records.models.relation import Relation as RelationRow

INVITATION_DAYS = 14


@dataclass(frozen=True)
class Beside:
    """Somebody who stands beside a runner.

    Attributes
    ----------
    id, account : UUID
    name : str
        As others read it.
    kind : {"participant", "coach", "clinician"}
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


def invite(
    runner: UUID,
    kind: str,
    now: datetime,
    case: UUID | None = None,
    *,
    fields: Sequence[str] = (),
    until: datetime | None = None,
) -> Invited:
    """Make a link for somebody to become a runner's coach or clinician, or a participant of one of her cases.

    Parameters
    ----------
    fields : sequence of str
        What a coach or clinician sees from then on, of ``core/beside.py``.
    until : datetime or None
        How long; None = until it is taken back.

    Raises
    ------
    UsageError
        No such kind or field, or the case is not hers.
    """
    from evengait.storage.records.models import Case
    from evengait.storage.records.models import Invitation as Rows

    if kind not in INVITED_AS or (kind == "participant") != (case is not None):
        raise UsageError("One invites a coach or a clinician, or a participant to a case.")
    if case is not None and not Case.objects.filter(runner=runner, pk=case).exists():
        raise UsageError("There is no such case.")
    wanted = checked_fields(fields) if case is None else []
    row = Rows.objects.create(
        runner_id=runner, kind=kind, case_id=case, expires_at=now + timedelta(days=INVITATION_DAYS),
        fields=wanted, until=until,
    )  # fmt: skip
    return _read(row)


def invitation(key: UUID, now: datetime) -> Invited | None:
    """Return an invitation that can still be followed, None where there is none."""
    from evengait.storage.records.models import Invitation as Rows

    row = Rows.objects.filter(pk=key, used_at__isnull=True, expires_at__gt=now).first()
    return _read(row) if row else None


def open_invitations(runner: UUID, now: datetime) -> list[Invited]:
    """Return a runner's links that can still be followed, those into one case too, latest first."""
    from evengait.storage.records.models import Invitation as Rows

    rows = Rows.objects.filter(runner=runner, used_at__isnull=True, expires_at__gt=now)
    return [_read(row) for row in rows]


def withdraw_invitation(runner: UUID, key: UUID) -> None:
    """Make a link void that nobody has followed yet.

    Raises
    ------
    UsageError
        This runner has no such link.
    """
    from evengait.storage.records.models import Invitation as Rows

    if not Rows.objects.filter(runner=runner, pk=key, used_at__isnull=True).delete()[0]:
        raise UsageError("There is no such invitation.")


def follow(key: UUID, account: UUID, now: datetime) -> tuple[Invited, UUID]:
    """Become what an invitation says; it works once. Returns it with the relation that is there now.

    Raises
    ------
    UsageError
        It was used, is too old, or is this person's own.
    """
    from django.db import transaction

    from evengait.storage.records.models import Invitation as Rows
    from evengait.storage.records.models import Relation
    from evengait.storage.records.ties import give

    with transaction.atomic():
        row = (
            Rows.objects.select_for_update().filter(pk=key, used_at__isnull=True, expires_at__gt=now).first()
        )
        if row is None or row.runner.account_id == account:
            raise UsageError("This invitation was used or is too old. Ask for another one.")
        row.used_at = now
        row.save(update_fields=["used_at"])
        same = Relation.objects.filter(runner=row.runner, account=account, kind=row.kind, case=row.case)
        relation = same.filter(ended_at__isnull=True).first() or Relation.objects.create(
            runner=row.runner, account_id=account, kind=row.kind, case=row.case
        )
        if row.fields:
            give(row.runner_id, relation.pk, row.fields, now, until=row.until)
    return _read(row), relation.pk


def beside(runner: UUID, case: UUID | None = None) -> list[Beside]:
    """Return who stands beside a runner today: coaches, clinicians, and the participants of one case or of all."""
    from django.db.models import Q

    from evengait.storage.records.models import Relation

    rows = Relation.objects.filter(runner=runner, ended_at__isnull=True).select_related("account")
    if case is not None:
        rows = rows.filter(Q(case=None) | Q(case=case))
    return [
        Beside(
            r.pk, r.account_id, str(r.account), r.kind, r.case_id, r.account.is_clinician, r.began_at
        )
        for r in rows
    ]  # fmt: skip


def end_relation(runner: UUID, relation: UUID, now: datetime) -> None:
    """End it, and take back what was shared with this very person: of the case; of all where it was no case's.

    Raises
    ------
    UsageError
        This runner has no such relation.
    """
    from evengait.storage.records.models import Relation

    _end(Relation.objects.filter(runner=runner, pk=relation, ended_at__isnull=True).first(), now)


def leave_relation(account: UUID, relation: UUID, now: datetime) -> None:
    """End it from the other side: what was shared with this person is taken back in the same way.

    Raises
    ------
    UsageError
        This account has no such relation.
    """
    from evengait.storage.records.models import Relation

    _end(Relation.objects.filter(account=account, pk=relation, ended_at__isnull=True).first(), now)


def own_part_in(account: UUID, case: UUID) -> UUID | None:
    """Return the relation by which a person is a participant of a case today; None where she is none."""
    from evengait.storage.records.models import Relation

    rows = Relation.objects.filter(account=account, case=case, ended_at__isnull=True)
    return rows.values_list("pk", flat=True).first()


def _end(row: RelationRow | None, now: datetime) -> None:
    from django.db import transaction

    from evengait.storage.records.glances import forget_glance
    from evengait.storage.records.grants import forget_unshared
    from evengait.storage.records.models import Grant, LastingGrant, Relation

    if row is None:
        raise UsageError("There is nobody like this beside you.")
    with transaction.atomic():
        Relation.objects.filter(pk=row.pk).update(ended_at=now)
        LastingGrant.objects.filter(relation=row.pk, revoked_at__isnull=True).update(revoked_at=now)
        grants = Grant.objects.filter(
            case__runner=row.runner_id, account=row.account_id, revoked_at__isnull=True
        )
        if row.case_id:
            grants = grants.filter(case=row.case_id)
        forget_glance(row.runner_id)
        touched = set(grants.values_list("case", flat=True))
        grants.update(revoked_at=now)
        for case in touched:
            forget_unshared(case, now)


def _read(row: InvitationRow) -> Invited:
    return Invited(
        row.pk, row.runner_id, row.kind, row.expires_at, row.case_id, row.used_at is not None,
        tuple(row.fields), row.until,
    )  # fmt: skip
