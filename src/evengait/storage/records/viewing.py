"""Who looks, and which cases could be shown: loads what ``core/sharing.py`` decides on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.sharing import Viewer, fields_seen
from evengait.storage.records.cases import case_by_id, read_cases
from evengait.storage.records.grants import grants_in, grants_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from evengait.core.case import CaseRecord
    from evengait.storage.records.models.account import Account
    from evengait.storage.records.models.case import Case as Row


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
    from evengait.storage.records.models import Account

    wanted = {account for account in accounts if account}
    return viewers_among(Account.objects.filter(pk__in=wanted, is_active=True), runner)


def viewers_among(accounts: Iterable[Account], runner: UUID | None = None) -> dict[UUID, Viewer]:
    """Return several at once whose accounts are read already, such as of who is signed in."""
    from evengait.storage.records.models import Relation

    known = {account.pk: account for account in accounts}
    coaches: dict[UUID, set[UUID]] = {account: set() for account in known}
    invited: dict[UUID, set[UUID]] = {account: set() for account in known}
    for row in Relation.objects.filter(account__in=known, ended_at__isnull=True):
        if row.kind == "coach":
            coaches[row.account_id].add(row.runner_id)
        elif row.case_id:
            invited[row.account_id].add(row.case_id)
    return {
        pk: Viewer(pk, runner, account.is_clinician, frozenset(coaches[pk]), frozenset(invited[pk]))
        for pk, account in known.items()
    }


def who_sees(viewers: Iterable[Viewer], case: UUID, now: datetime) -> frozenset[UUID]:
    """Return the accounts of those who may see a case, however many are asked for: two queries."""
    found = case_by_id(case)
    if found is None:
        return frozenset()
    grants = grants_of(case)
    return frozenset(
        one.account for one in viewers if one.account and fields_seen(one, found.shown, grants, now)
    )


def seen_of(viewer: Viewer, case: UUID, now: datetime) -> tuple[CaseRecord, frozenset[str]] | None:
    """Return a case with the fields that this person may see; None where there is none, or none for her."""
    found = case_by_id(case)
    if found is None:
        return None
    seen = fields_seen(viewer, found.shown, grants_of(case), now)
    return (found, seen) if seen else None


def cases_seen(viewer: Viewer, now: datetime, **narrowed: Any) -> list[tuple[CaseRecord, frozenset[str]]]:
    """Return every case that this person may see, her own too, latest change first, with the fields she may see.

    Parameters
    ----------
    narrowed : conditions of Django on the case
        Such as ``runner=…``: only these. A page that needs a few asks for these few.
    """
    return decided(viewer, maybe_seen(viewer, now).filter(**narrowed), now)


class CasesSeen:
    """The cases that a person may see, latest change first: counted and read a page at a time.

    Parameters
    ----------
    viewer : Viewer
    now : datetime
    others : bool
        Without her own.
    """

    def __init__(self, viewer: Viewer, now: datetime, *, others: bool = False) -> None:
        rows = maybe_seen(viewer, now)
        rows = rows.exclude(runner=viewer.runner) if viewer.runner and others else rows
        self._rows, self._viewer, self._now = rows.order_by("-changed_at", "id"), viewer, now

    def __len__(self) -> int:
        """Return how many they are."""
        return self._rows.count()

    def __getitem__(self, some: slice, /) -> list[CaseRecord]:
        """Return some of them."""
        return [case for case, _ in self.with_fields(some)]

    def with_fields(self, some: slice) -> list[tuple[CaseRecord, frozenset[str]]]:
        """Return some of them, each with the fields that this person may see."""
        return decided(self._viewer, self._rows[some], self._now)


def maybe_seen(viewer: Viewer, now: datetime) -> QuerySet[Row]:
    """Return the rows that the database thinks this person may see, latest change first.

    It says the same as ``core/sharing.py``, in its own words; what is really seen is decided there, as everywhere.
    """
    from django.db.models import Q

    from evengait.storage.records.models import Case
    from evengait.storage.records.models import Grant as Grants

    if viewer.account is None:
        return Case.objects.none()
    grants = Grants.objects.filter(
        Q(account=viewer.account)
        | Q(role="everybody")
        | (Q(role="clinician") if viewer.is_clinician else Q(pk=None))
        | Q(role="coach", case__runner__in=viewer.coach_of)
        | Q(role="participant", case__in=viewer.participates_in),
        Q(expires_at__isnull=True) | Q(expires_at__gt=now),
        revoked_at__isnull=True,
    )
    shared = Q(pk__in=grants.values("case"), hidden_at__isnull=True)
    return Case.objects.filter(shared | Q(runner=viewer.runner) if viewer.runner else shared)


def decided(viewer: Viewer, rows: QuerySet[Row], now: datetime) -> list[tuple[CaseRecord, frozenset[str]]]:
    """Return those of some rows that this person may see, in their order, with the fields she may see."""
    cases = read_cases(rows)
    given = grants_in(case.id for case in cases)
    found = [(case, fields_seen(viewer, case.shown, given[case.id], now)) for case in cases]
    return [(case, seen) for case, seen in found if seen]
