"""What a problem's page shows: the verdict on the questions, the answer from the archive; asking for a fresh one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evengait.actions.answer_problem import answer_key
from evengait.actions.screen_intake import Screening, screen_intake
from evengait.actions.take_story import take_story
from evengait.core.errors import UsageError
from evengait.core.intake import Intake
from evengait.core.intake_record import IntakeRecord
from evengait.core.language import spoken
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.answers import await_answer, kept_answer
from evengait.storage.records.intakes import intakes_of, keep_intake
from evengait.web.problems.tasks import work_out

if TYPE_CHECKING:
    from evengait.core.health_problem import HealthProblem
    from evengait.core.kept_answer import KeptAnswer
    from evengait.core.runner import RunnerProfile
    from evengait.core.story import StoryReading


def intake_record(runner: RunnerProfile, problem: HealthProblem) -> IntakeRecord:
    """Return the latest intake of a problem with its place and first day; a new one where there is none."""
    kept = next(iter(intakes_of(runner.id, problem.id)), IntakeRecord(Intake(), problem=problem.id))
    intake = kept.intake.with_answer("site", problem.site).with_answer(
        "onset.date", problem.onset.isoformat()
    )
    if problem.side or intake.get("side") != "both":
        intake = intake.with_answer("side", problem.side)
    return replace(kept, intake=intake.with_answer("onset.mode", problem.mode))


def keep_answers(runner: RunnerProfile, told: IntakeRecord, intake: Intake) -> None:
    """Keep what the runner answered; every value is now her own word."""
    keep_intake(runner.id, replace(told, intake=intake, provenance={}, confirmed_at=timezone.now()))


def read_words(runner: RunnerProfile, told: IntakeRecord) -> StoryReading | None:
    """Return what the runner's own words seem to say, for her to confirm; None where she told none or has answered."""
    if told.confirmed_at or not told.story.strip():
        return None
    try:
        return take_story(told.story.encode(), told=runner.today(timezone.now()))
    except UsageError:  # no words to read
        return None


def screening(runner: RunnerProfile, told: IntakeRecord) -> Screening:
    """Return the verdict on what was answered so far."""
    return screen_intake(told.intake, today=runner.today(timezone.now()))


def has_runs(runner: RunnerProfile) -> bool:
    """Tell whether anything is in the archive."""
    return Archive(runner_folder(settings.HOME, runner.name)).sessions().height > 0


def fresh_answer(runner: RunnerProfile, problem: HealthProblem) -> KeptAnswer | None:
    """Return the answer, asking the worker for it where it is missing or out of date; None without an archive."""
    if problem.id is None or not has_runs(runner):
        return None
    key = answer_key(settings.HOME, runner, problem)
    with transaction.atomic():
        if await_answer(problem.id, key):
            work_out.enqueue(str(runner.id), str(problem.id), key, spoken())
    return kept_answer(runner.id, problem.id)
