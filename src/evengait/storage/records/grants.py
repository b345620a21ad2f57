"""What a runner shares of a case: give, take back, and the state of it that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.errors import UsageError
from evengait.core.sharing import Grant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from evengait.storage.records.models.grant import Grant as Row


def grants_of(case: UUID) -> list[Grant]:
    """Return everything that was ever shared of a case and was not taken back, oldest first."""
    from evengait.storage.records.models import Grant as Rows

    return [_read(row) for row in Rows.objects.filter(case=case, revoked_at__isnull=True)]


def grants_in(cases: Iterable[UUID]) -> dict[UUID, list[Grant]]:
    """Return what was shared of several cases and not taken back."""
    from evengait.storage.records.models import Grant as Rows

    found: dict[UUID, list[Grant]] = {case: [] for case in cases}
    for row in Rows.objects.filter(case__in=list(found), revoked_at__isnull=True):
        found[row.case_id].append(_read(row))
    return found


def share(runner: UUID, case: UUID, grants: Sequence[Grant], data: Mapping[str, Mapping[str, Any]]) -> None:
    """Share fields of a case, each as it stands in ``data``; what was shared before with the same is replaced.

    Parameters
    ----------
    grants : sequence of Grant
    data : mapping of field to JSON data
        The state that the runner has seen before she shared it; everybody with the field sees this one from now on.

    Raises
    ------
    UsageError
        The case is not hers, or a person does not stand beside her.
    """
    from django.db import transaction
    from django.utils import timezone

    from evengait.storage.records.models import Case, SharedPart
    from evengait.storage.records.models import Grant as Rows
    from evengait.storage.records.relations import beside

    if not Case.objects.filter(runner=runner, pk=case).exists():
        raise UsageError("There is no such case.")
    people = {one.account for one in beside(runner, case)}
    with transaction.atomic():
        for grant in grants:
            if grant.account and grant.account not in people:
                raise UsageError("You can share with who stands beside you. Invite this person first.")
            same = Rows.objects.filter(case=case, field=grant.field, account=grant.account, role=grant.role)
            same.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
            Rows.objects.create(
                case_id=case, field=grant.field, account_id=grant.account, role=grant.role,
                expires_at=grant.expires_at,
            )  # fmt: skip
        for field, state in data.items():
            SharedPart.objects.update_or_create(case_id=case, field=field, defaults={"data": dict(state)})


def revoke(runner: UUID, grant: UUID, now: datetime) -> UUID:
    """Take a grant back at once and return its case; with the last grant of a field its kept state goes too.

    Raises
    ------
    UsageError
        This runner gave no such grant.
    """
    from django.db import transaction

    from evengait.storage.records.models import Grant as Rows

    with transaction.atomic():
        row = Rows.objects.filter(pk=grant, case__runner=runner).first()
        if row is None:
            raise UsageError("There is no such grant.")
        Rows.objects.filter(pk=grant, revoked_at__isnull=True).update(revoked_at=now)
        forget_unshared(row.case_id, now)
    return row.case_id


def revoke_all(runner: UUID, case: UUID, now: datetime) -> None:
    """Take everything back that was shared of a case."""
    from evengait.storage.records.models import Grant as Rows

    Rows.objects.filter(case=case, case__runner=runner, revoked_at__isnull=True).update(revoked_at=now)
    forget_unshared(case, now)


def forget_unshared(case: UUID, now: datetime) -> None:
    """Delete the kept state of fields that nobody sees any more."""
    from evengait.storage.records.models import SharedPart

    held = {grant.field for grant in grants_of(case) if grant.holds(now)}
    SharedPart.objects.filter(case=case).exclude(field__in=held).delete()


def forget_expired(now: datetime) -> None:
    """Delete the kept state of every field whose last grant has run out, in all cases."""
    from evengait.storage.records.models import SharedPart

    over = SharedPart.objects.filter(case__grants__expires_at__lte=now)
    for case in set(over.values_list("case", flat=True)):
        forget_unshared(case, now)


def shared_parts(case: UUID, fields: Sequence[str]) -> dict[str, tuple[dict[str, Any], datetime]]:
    """Return the kept state of some fields of a case with the instant it was taken."""
    from evengait.storage.records.models import SharedPart

    rows = SharedPart.objects.filter(case=case, field__in=list(fields))
    return {row.field: (row.data, row.taken_at) for row in rows}


def _read(row: Row) -> Grant:
    return Grant(
        row.field, row.account_id, row.role, row.expires_at, row.revoked_at, row.given_at, row.pk
    )  # fmt: skip
