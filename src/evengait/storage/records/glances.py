"""What the list of a coach needs of many runners: few queries, however many they are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from evengait.core.glance import Kept, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from evengait.core.sharing import Viewer

PAINS = (
    "pain_rest_nprs", "pain_daily_nprs", "pain_night_nprs", "pain_during_nprs", "pain_after_nprs",
    "pain_next_morning_nprs",
)  # fmt: skip


def kept_glances(runners: Iterable[UUID]) -> dict[UUID, Kept | None]:
    """Return what is kept of runners; None = asked for and not there yet; one that is missing was never asked for."""
    from evengait.storage.records.models import Glance

    rows = Glance.objects.filter(runner__in=list(runners))
    return {row.pk: Kept.from_data(row.made_at, row.data) if row.made_at else None for row in rows}


def ask_for_glances(runners: Iterable[UUID], now: datetime, older_than: datetime) -> list[UUID]:
    """Note that these are asked for and return those that nobody asked for since an instant."""
    from evengait.storage.records.models import Glance

    wanted = list(runners)
    new = set(wanted) - set(Glance.objects.filter(runner__in=wanted).values_list("pk", flat=True))
    Glance.objects.bulk_create((Glance(runner_id=one, asked_at=now) for one in new), ignore_conflicts=True)
    stale = Glance.objects.filter(runner__in=wanted, asked_at__lt=older_than)
    old = list(stale.values_list("pk", flat=True))
    Glance.objects.filter(pk__in=old).update(asked_at=now)
    return [*new, *old]


def keep_glance(runner: UUID, kept: Kept) -> None:
    """Keep it, where it is still asked for."""
    from evengait.storage.records.models import Glance

    Glance.objects.filter(pk=runner).update(made_at=kept.made_at, data=kept.to_data())


def forget_glance(runner: UUID) -> None:
    """Delete what is kept; whoever may still see it asks anew."""
    from evengait.storage.records.models import Glance

    Glance.objects.filter(pk=runner).delete()


def last_told(runners: Iterable[UUID]) -> dict[UUID, date]:
    """Return the last day of each runner's diary; one that has none is missing."""
    from django.db.models import Max

    from evengait.storage.records.models import DiaryEntry

    rows = DiaryEntry.objects.filter(runner__in=list(runners)).values("runner").annotate(last=Max("date"))
    return {row["runner"]: row["last"] for row in rows.order_by()}


def worst_pains(runners: Iterable[UUID], first: date) -> dict[UUID, dict[date, float]]:
    """Return the worst pain told of each day from a date on, by runner; a day without a score is missing."""
    from evengait.storage.records.models import DiaryEntry

    rows = DiaryEntry.objects.filter(runner__in=list(runners), date__gte=first)
    found: dict[UUID, dict[date, float]] = defaultdict(dict)
    for runner, day, *scores in rows.values_list("runner", "date", *PAINS):
        known = [score for score in scores if score is not None]
        if known:
            found[runner][day] = max(known)
    return found


def waiting_for(viewer: Viewer, runners: Iterable[UUID], now: datetime) -> dict[UUID, Waiting]:
    """Return what waits for an answer in the open cases of these runners that this person may see now."""
    from django.db.models import F

    from evengait.storage.records.models import CaseReply, Proposal
    from evengait.storage.records.viewing import cases_seen

    wanted = set(runners)
    cases = cases_seen(viewer, now, runner__in=wanted, status="open")
    seen = {case.id: case.runner for case, _ in cases}
    last = CaseReply.objects.filter(
        case__in=list(seen), number=F("case__last_number"), author=F("case__runner__account"),
        deleted_at__isnull=True, hidden_at__isnull=True,
    )  # fmt: skip
    since: dict[UUID, list[datetime]] = defaultdict(list)
    for case, written in last.values_list("case", "written_at"):
        since[seen[case]].append(written)
    proposed: dict[UUID, int] = defaultdict(int)
    open_ones = Proposal.objects.filter(author=viewer.account, status="open", case__in=list(seen))
    for case in open_ones.values_list("case", flat=True):
        proposed[seen[case]] += 1
    return {
        runner: Waiting(len(since[runner]), min(since[runner], default=None), proposed[runner])
        for runner in wanted
        if since[runner] or proposed[runner]
    }
