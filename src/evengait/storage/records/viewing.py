"""Who looks, and which cases could be shown: loads what ``core/sharing.py`` decides on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.sharing import Viewer, fields_seen
from evengait.storage.records.cases import case_by_id, cases_by_id
from evengait.storage.records.grants import grants_in, grants_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from evengait.core.case import CaseRecord


def viewer_of(account: UUID | None, runner: UUID | None = None) -> Viewer:
    """Return who looks, with the roles that this person has now.

    Parameters
    ----------
    account : UUID or None
        None = nobody is signed in.
    runner : UUID or None
        The runner whom this person looks after as her own.
    """
    return viewers_of([account], runner)[account] if account else Viewer()


def viewers_of(accounts: Iterable[UUID | None], runner: UUID | None = None) -> dict[UUID, Viewer]:
    """Return several at once, such as the authors of a page; accounts that are gone are left out."""
    from evengait.storage.records.models import Account, Relation

    wanted = {account for account in accounts if account}
    coaches: dict[UUID, set[UUID]] = {account: set() for account in wanted}
    invited: dict[UUID, set[UUID]] = {account: set() for account in wanted}
    for row in Relation.objects.filter(account__in=wanted, ended_at__isnull=True):
        if row.kind == "coach":
            coaches[row.account_id].add(row.runner_id)
        elif row.case_id:
            invited[row.account_id].add(row.case_id)
    return {
        account.pk: Viewer(
            account.pk, runner, account.is_clinician, frozenset(coaches[account.pk]),
            frozenset(invited[account.pk]),
        )
        for account in Account.objects.filter(pk__in=wanted, is_active=True)
    }  # fmt: skip


def seen_of(viewer: Viewer, case: UUID, now: datetime) -> tuple[CaseRecord, frozenset[str]] | None:
    """Return a case with the fields that this person may see; None where there is none, or none for her."""
    found = case_by_id(case)
    if found is None:
        return None
    seen = fields_seen(viewer, found.shown, grants_of(case), now)
    return (found, seen) if seen else None


def cases_seen(viewer: Viewer, now: datetime) -> list[tuple[CaseRecord, frozenset[str]]]:
    """Return every case that this person may see, her own too, latest change first, with the fields she may see."""
    from django.db.models import Q

    from evengait.storage.records.models import Case
    from evengait.storage.records.models import Grant as Rows

    if viewer.account is None:
        return []
    # A first sieve for the database; what is really seen is decided below, as everywhere.
    grants = Rows.objects.filter(
        Q(account=viewer.account)
        | Q(role="everybody")
        | (Q(role="clinician") if viewer.is_clinician else Q(pk=None))
        | Q(role="coach", case__runner__in=viewer.coach_of)
        | Q(role="participant", case__in=viewer.participates_in),
        revoked_at__isnull=True,
    )
    maybe = set(grants.values_list("case", flat=True))
    if viewer.runner:
        maybe |= set(Case.objects.filter(runner=viewer.runner).values_list("pk", flat=True))
    given = grants_in(maybe)
    found = [(case, fields_seen(viewer, case.shown, given[case.id], now)) for case in cases_by_id(maybe)]
    return [(case, seen) for case, seen in found if seen]
