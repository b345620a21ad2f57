"""What a runner decides on a proposal, by a click or a program: what it does, and who is told."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evengait.actions.answer_proposal import accept_proposal
from evengait.core.language import say
from evengait.core.trial import Schedule
from evengait.storage.records.cases import case_by_id
from evengait.storage.records.proposals import answer_question
from evengait.storage.records.replies import add_reply
from evengait.storage.records.trials import trials_of
from evengait.web.cases.tasks import settle
from evengait.web.notices.telling import tell_all

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.core.case import Reply
    from evengait.core.proposal import ProposalRecord
    from evengait.core.runner import RunnerProfile


def accept_told(account: UUID, runner: RunnerProfile, told: ProposalRecord) -> UUID | None:
    """Accept a proposal, tell who made it, and return the trial that was drawn, where it proposed one.

    Raises
    ------
    UsageError
        Its last day has passed, or its trial cannot be drawn.
    """
    assert told.id is not None  # noqa: S101 - the records gave it
    trial = accept_proposal(settings.HOME, runner, told.id, timezone.now())
    if told.status == "open":
        if told.case and told.author:
            tell_all(told.case, "accepted", account, number=told.number, to=told.author)
        if trial is not None:
            _settle_after(runner, trial)
    return trial


def _settle_after(runner: RunnerProfile, trial: UUID) -> None:
    """Let the worker look two days after the last day: it is over in every zone then, the morning after told."""
    design = next(one.design for one in trials_of(runner.id) if one.id == trial)
    over = Schedule.from_data(design).end + timedelta(days=2)
    settle.using(run_after=datetime.combine(over, time(), UTC)).enqueue(str(runner.id), str(trial))


def answer_told(account: UUID, runner: RunnerProfile, told: ProposalRecord, words: str) -> Reply | None:
    """Answer a question; where its case can be replied to, the answer is the next reply of it.

    Returns
    -------
    Reply or None
        None where there is none: its case is closed or gone, or the question was answered already.

    Raises
    ------
    UsageError
        The reply cannot be kept.
    """
    assert told.id is not None  # noqa: S101 - the records gave it
    case = case_by_id(told.case) if told.case else None
    with transaction.atomic():
        kept = answer_question(runner.id, told.id, words, runner.today(timezone.now()))
        if not kept or case is None or case.status != "open" or told.number is None:
            return None
        added = add_reply(case.id, account, say("To #{number}:", number=told.number) + f"\n\n{words}")
    tell_all(added.case, "reply", account, number=added.number)
    return added
