"""Proposals: make one in a reply, decide on it, list what was accepted for a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.plan_change import PlanChange
from evengait.core.proposal import ProposalRecord, check_may_propose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from evengait.storage.records.models.proposal import Proposal as Row

_FIELDS = (
    "kind", "text", "treatment", "side", "first_on", "last_on", "every_days", "status", "by_clinician", "answer",
    "done_on", "change", "distance_m",
)  # fmt: skip
LONGEST_SPAN_DAYS = 400


@dataclass(frozen=True)
class AgendaItem:
    """One accepted proposal on one day of the runner's calendar.

    Attributes
    ----------
    date : date or None
        None = a question, or something without a day: until it is done.
    kind, text, side : str
        As it was proposed.
    by : str
        Who proposed it; empty = gone.
    by_clinician : bool
        Verified by the site when it was written.
    proposal : UUID
    case, number : UUID or None, int or None
        Where it was proposed; None = gone.
    change : PlanChange or None
        What it changes in the plan; None = nothing but the words.
    """

    date: date | None
    kind: str
    text: str
    side: str
    by: str
    by_clinician: bool
    proposal: UUID
    case: UUID | None
    number: int | None
    change: PlanChange | None = None


def propose(reply: UUID, author: UUID, told: ProposalRecord, *, is_clinician: bool) -> ProposalRecord:
    """Keep a proposal in one's own reply.

    Raises
    ------
    NotAllowed
        Only a clinician verified by the site may propose this.
    UsageError
        The reply is not this person's.
    """
    from evengait.storage.records.models import CaseReply
    from evengait.storage.records.models import Proposal as Rows

    check_may_propose(told.kind, is_clinician=is_clinician)
    row = (
        CaseReply.objects.filter(pk=reply, author=author, deleted_at__isnull=True)
        .select_related("case")
        .first()
    )
    if row is None:
        raise UsageError("There is no such reply of yours.")
    values = {name: getattr(told, name) for name in _FIELDS if name not in {"status", "answer", "done_on"}}
    made = Rows.objects.create(
        runner_id=row.case.runner_id, case_id=row.case_id, reply=row, author_id=author,
        **values | {"by_clinician": is_clinician},
    )  # fmt: skip
    return _read(made)


def proposals_in(replies: Iterable[UUID]) -> dict[UUID, list[ProposalRecord]]:
    """Return the proposals of some replies, by reply."""
    from evengait.storage.records.models import Proposal as Rows

    found: dict[UUID, list[ProposalRecord]] = {}
    for row in Rows.objects.filter(reply__in=list(replies)).select_related("author", "reply"):
        found.setdefault(row.reply_id, []).append(_read(row))  # type: ignore[arg-type] # filtered by it
    return found


def proposal_to(runner: UUID, proposal: UUID) -> ProposalRecord:
    """Return a proposal made to a runner.

    Raises
    ------
    UsageError
        There is none.
    """
    return _one(runner=runner, pk=proposal)


def proposals_to(runner: UUID, status: str | None = None) -> list[ProposalRecord]:
    """Return what was proposed to a runner, latest first; what waits in a hidden reply is left out, as on its page."""
    from django.db.models import Q

    from evengait.storage.records.models import Proposal as Rows

    rows = Rows.objects.filter(runner=runner).exclude(Q(reply__hidden_at__isnull=False), status="open")
    rows = rows if status is None else rows.filter(status=status)
    return [_read(row) for row in rows.select_related("author", "reply").order_by("-made_at", "id")]


def proposal_by(author: UUID, proposal: UUID) -> ProposalRecord:
    """Return a proposal that this person made.

    Raises
    ------
    UsageError
        There is none.
    """
    return _one(author=author, pk=proposal)


def _one(**those: UUID) -> ProposalRecord:
    from evengait.storage.records.models import Proposal as Rows

    row = Rows.objects.filter(**those).select_related("author", "reply").first()
    if row is None:
        raise UsageError("There is no such proposal.")
    return _read(row)


def withdraw_open(author: UUID, proposal: UUID) -> bool:
    """Take one's own proposal back; False where the runner has decided on it already."""
    from evengait.storage.records.models import Proposal as Rows

    return bool(Rows.objects.filter(author=author, pk=proposal, status="open").update(status="withdrawn"))


def decide(
    runner: UUID,
    proposal: UUID,
    status: str,
    now: datetime,
    *,
    trial: UUID | None = None,
    first_on: date | None = None,
) -> bool:
    """Accept or decline an open proposal; False where it was decided already, by this runner in another window."""
    from evengait.storage.records.models import Proposal as Rows

    rows = Rows.objects.filter(runner=runner, pk=proposal, status="open")
    changes = {"status": status, "decided_at": now, "trial_id": trial}
    return bool(rows.update(**changes | ({"first_on": first_on} if first_on else {})))


def finish(runner: UUID, proposal: UUID, on: date) -> bool:
    """Say that something accepted is done, or no more wanted; it leaves the calendar from this day on."""
    from evengait.storage.records.models import Proposal as Rows

    return bool(
        Rows.objects.filter(runner=runner, pk=proposal, status="accepted").update(status="done", done_on=on)
    )


def withdraw(runner: UUID, proposal: UUID) -> bool:
    """Say that something accepted never was; it leaves the calendar whole, and the plan as if it had not been."""
    from evengait.storage.records.models import Proposal as Rows

    return bool(Rows.objects.filter(runner=runner, pk=proposal, status="accepted").update(status="withdrawn"))


def answer_question(runner: UUID, proposal: UUID, words: str, on: date) -> bool:
    """Keep the runner's answer to a question; it leaves her calendar. False where it was answered already."""
    from evengait.storage.records.models import Proposal as Rows

    rows = Rows.objects.filter(runner=runner, pk=proposal, kind="question", status__in=("open", "accepted"))
    return bool(rows.update(status="done", done_on=on, answer=words))


def changes_of(runner: UUID, since: date) -> list[PlanChange]:
    """Return the changes of plan that a runner accepted and that begin on a date or later, oldest first.

    One that was taken back ends the day before; a step back has no end.
    """
    from evengait.storage.records.models import Proposal as Rows

    rows = Rows.objects.filter(
        runner=runner, kind="plan_change", status__in=("accepted", "done"), first_on__gte=since
    )
    found = [_change(row) for row in rows.order_by("first_on", "made_at")]
    return [one for one in found if one is not None]


def agreed_now(runner: UUID, day: date) -> list[AgendaItem]:
    """Return the accepted changes of plan that hold on a date and were not taken back."""
    from evengait.storage.records.models import Proposal as Rows

    rows = Rows.objects.filter(runner=runner, kind="plan_change", status="accepted")
    found = []
    for row in rows.select_related("author", "reply").order_by("first_on", "made_at"):
        change = _change(row)
        # A step back can be taken back as long as it is the day's own, or still to come.
        holds = change is not None and (change.last_on is None or day <= change.last_on)
        if holds and change is not None and (change.kind != "back" or day <= change.first_on):
            found.append(_item(row, None))
    return found


def _change(row: Row) -> PlanChange | None:
    if not row.change or row.first_on is None:
        return None
    last = row.last_on
    if row.done_on is not None and row.change != "back":
        ended = row.done_on - timedelta(days=1)
        last = ended if last is None else min(last, ended)
        if last < row.first_on:
            return None
    return PlanChange(row.change, row.first_on, last, row.distance_m)


def agenda_of(runner: UUID, first: date, last: date) -> list[AgendaItem]:
    """Return what a runner accepted, day by day from one date to another (both included); what has no day comes first.

    Trials stand in the calendar by themselves and are left out.
    """
    from evengait.storage.records.models import Proposal as Rows

    rows = Rows.objects.filter(runner=runner, status__in=("accepted", "done")).exclude(kind="trial")
    found = [item for row in rows.select_related("author", "reply") for item in _days(row, first, last)]
    return sorted(found, key=lambda item: (item.date is not None, item.date or first))


def _days(row: Row, first: date, last: date) -> Iterator[AgendaItem]:
    if row.first_on is None:
        days: list[date | None] = [None] if row.status == "accepted" else []
    else:
        end = min(
            [one for one in (row.last_on, row.done_on and row.done_on - timedelta(days=1), last) if one]
        )
        step = row.every_days or 0
        count = min(LONGEST_SPAN_DAYS, max(0, (end - row.first_on).days))
        step = 1 if row.change == "rest" else 0 if row.change else step
        dated = [row.first_on + timedelta(days=n) for n in (range(0, count + 1, step) if step else [0])]
        days = [day for day in dated if first <= day <= end]
    for day in days:
        yield _item(row, day)


def _item(row: Row, day: date | None) -> AgendaItem:
    return AgendaItem(
        day, row.kind, row.text, row.side, str(row.author) if row.author else "", row.by_clinician, row.pk,
        row.case_id, row.reply.number if row.reply else None, _change(row),
    )  # fmt: skip


def _read(row: Row) -> ProposalRecord:
    values = {name: getattr(row, name) for name in _FIELDS}
    return ProposalRecord(
        **values, author=row.author_id, author_name=str(row.author) if row.author else "", case=row.case_id,
        reply=row.reply_id, number=row.reply.number if row.reply else None, trial=row.trial_id, id=row.pk,
    )  # fmt: skip
