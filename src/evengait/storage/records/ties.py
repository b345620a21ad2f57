"""What a runner shows from day to day to those beside her: give and take back, from either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.beside import KINDS, LastingGrant, Tie, checked_fields
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from evengait.storage.records.models.relation import Relation as Row


def ties_of(runner: UUID) -> list[Tie]:
    """Return who stands beside a runner today, and in no case alone, longest first."""
    from evengait.storage.records.models import Relation

    return _read_all(Relation.objects.filter(runner=runner))


def ties_from(account: UUID) -> list[Tie]:
    """Return the runners beside whom a person stands today: two queries, however many they are."""
    from evengait.storage.records.models import Relation

    return _read_all(Relation.objects.filter(account=account))


def tie_from(account: UUID, relation: UUID) -> Tie | None:
    """Return one of them; None where it is ended, another's, or none."""
    from evengait.storage.records.models import Relation

    return next(iter(_read_all(Relation.objects.filter(account=account, pk=relation))), None)


def stands_beside(account: UUID) -> bool:
    """Tell whether a person stands beside any runner."""
    from evengait.storage.records.models import Relation

    return Relation.objects.filter(account=account, kind__in=list(KINDS), ended_at__isnull=True).exists()


def give(
    runner: UUID, relation: UUID, fields: Sequence[str], now: datetime, *, until: datetime | None = None
) -> None:
    """Show exactly these fields to somebody beside a runner; what is not among them is taken back at once.

    Parameters
    ----------
    until : datetime or None
        How long; None = until it is taken back.

    Raises
    ------
    UsageError
        This runner has no such relation, or there is no such field.
    """
    from django.db import transaction

    from evengait.storage.records.glances import forget_glance
    from evengait.storage.records.models import LastingGrant as Rows
    from evengait.storage.records.models import Relation

    wanted = checked_fields(fields)
    with transaction.atomic():
        found = Relation.objects.select_for_update().filter(
            runner=runner, pk=relation, kind__in=list(KINDS), ended_at__isnull=True
        )
        if not found.exists():
            raise UsageError("There is nobody like this beside you.")
        Rows.objects.filter(relation=relation, revoked_at__isnull=True).update(revoked_at=now)
        Rows.objects.bulk_create(
            Rows(relation_id=relation, field=field, expires_at=until) for field in wanted
        )
        forget_glance(runner)


def _read_all(rows: QuerySet[Row]) -> list[Tie]:
    from django.db.models import Prefetch

    from evengait.storage.records.models import LastingGrant as Grants

    held = Prefetch("grants", Grants.objects.filter(revoked_at__isnull=True))
    lasting = rows.filter(kind__in=list(KINDS), ended_at__isnull=True)
    return [_read(row) for row in lasting.select_related("account", "runner__account").prefetch_related(held)]


def _read(row: Row) -> Tie:
    grants = (
        LastingGrant(one.field, one.expires_at, one.revoked_at, one.given_at) for one in row.grants.all()
    )
    return Tie(
        row.pk, row.runner_id, row.account_id, row.kind, str(row.account),
        row.runner.display_name or "A runner without a name here", row.account.is_clinician, row.began_at,
        row.ended_at, tuple(grants),
    )  # fmt: skip
