"""Accept or decline a proposal: a trial is drawn, a plan changed, all else stands in the calendar; take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.actions.design_trial import design_trial
from evengait.actions.gather_trial_days import own_days
from evengait.actions.keep_trial import keep_schedule
from evengait.core.advice import AdviceRecord
from evengait.core.errors import UsageError
from evengait.knowledge.plan_change_book import change_book
from evengait.report.trial import spelled
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.ledger import keep_trial_of
from evengait.storage.records.proposals import decide, finish, proposal_to, withdraw

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path
    from uuid import UUID

    from evengait.core.proposal import ProposalRecord
    from evengait.core.runner import RunnerProfile

DATED = frozenset({"one_sided_exercise", "plan_change"})
MOST_WHAT = 120
"""Letters of a line of the ledger; the words themselves stand beside it whole."""


def accept_proposal(home: Path, runner: RunnerProfile, proposal: UUID, now: datetime) -> UUID | None:
    """Accept an open proposal; a second click changes nothing.

    Returns
    -------
    UUID or None
        The trial that was drawn, where it proposed one.

    Raises
    ------
    UsageError
        There is no such proposal, or its trial cannot be drawn.
    """
    from django.db import transaction

    told = proposal_to(runner.id, proposal)
    today = runner.today(now)
    starts = max(today, told.first_on) if told.first_on else today
    if told.status == "open" and told.last_on is not None and told.last_on < starts:
        raise UsageError("Its last day has passed, so nothing was changed. Decline it, or ask for another.")
    with transaction.atomic():
        first = starts if told.kind in DATED else None
        if not decide(runner.id, proposal, "accepted", now, first_on=first):
            return told.trial
        if told.kind in DATED:
            change = told.change_from(starts)
            what = change_book().words(change, "short", runner.units) if change else told.text
            _into_ledger(told, what, now)
        if told.kind != "trial":
            return None
        trial = _draw(home, runner, told.treatment, starts + timedelta(days=0 if told.first_on else 1))
        _note_trial(runner.id, proposal, trial)
        _into_ledger(told, spelled(told.treatment.partition(":")[2]), now, trial)
    return trial


def _draw(home: Path, runner: RunnerProfile, treatment: str, start: date) -> UUID:
    kind, _, name = treatment.partition(":")
    days = own_days(runner, home, name)
    schedule, _ = design_trial(name, kind, start, days.days if days else ())
    kept = keep_schedule(runner.id, schedule)
    assert kept.id is not None  # noqa: S101 - the records gave it
    return kept.id


def _note_trial(runner: UUID, proposal: UUID, trial: UUID) -> None:
    from evengait.storage.records.models import Proposal

    Proposal.objects.filter(runner=runner, pk=proposal).update(trial=trial)


def _into_ledger(told: ProposalRecord, what: str, now: datetime, trial: UUID | None = None) -> None:
    if told.case is None or told.reply is None:  # gone meanwhile
        return
    keep_trial_of(
        AdviceRecord(
            told.case, what[:MOST_WHAT], told.text, outcome="trying", outcome_at=now, trial=trial, reply=told.reply,
            author=told.author,
        )
    )  # fmt: skip


def decline_proposal(runner: UUID, proposal: UUID, now: datetime) -> None:
    """Decline an open proposal.

    Raises
    ------
    UsageError
        There is no such proposal.
    """
    proposal_to(runner, proposal)
    decide(runner, proposal, "declined", now)


def take_back(home: Path, runner: RunnerProfile, proposal: UUID, now: datetime) -> bool:
    """End what was accepted: from today on it is out of the plan and the calendar.

    A step back that nobody has run on yet is undone whole. After a run it stays: where the plan stands then is what
    the runs since have earned, and a step forward comes by running alone.

    Returns
    -------
    bool
        False where a step back stays, because of a run since.

    Raises
    ------
    UsageError
        There is no such proposal.
    """
    told, today = proposal_to(runner.id, proposal), runner.today(now)
    if told.change != "back" or told.status != "accepted" or told.first_on is None:
        finish(runner.id, proposal, today)
        return True
    sessions = Archive(runner_folder(home, runner.name)).sessions()
    since = sessions.filter((sessions["sport"] == "running") & (sessions["local_date"] >= told.first_on))
    if since.is_empty():
        return withdraw(runner.id, proposal)
    finish(runner.id, proposal, today)
    return False
