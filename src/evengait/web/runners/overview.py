"""What the start page tells of a runner: what is in, what hurts, what is under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from evengait.report import words
from evengait.storage.archive.kept import KeptArchive
from evengait.storage.home import runner_folder
from evengait.storage.records.answers import kept_answer
from evengait.storage.records.import_jobs import unfinished_job
from evengait.storage.records.problems import problems_of
from evengait.web.problems.asking import intake_record, screening

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from evengait.core.health_problem import HealthProblem
    from evengait.core.import_job import ImportJob
    from evengait.core.runner import RunnerProfile


@dataclass(frozen=True)
class ProblemLines:
    """One open problem in three lines: where, what to do first, what was unusual."""

    problem: HealthProblem
    screening: dict[str, Any] | None
    answer: str


@dataclass(frozen=True)
class Overview:
    """What there is.

    Attributes
    ----------
    sessions : int
    first, last : date or None
        Of all sessions.
    job : ImportJob or None
        The import under way.
    problems : list of ProblemLines
        Those that are not over.
    over : int
        Problems that are over.
    """

    sessions: int
    first: date | None
    last: date | None
    job: ImportJob | None
    problems: list[ProblemLines]
    over: int


def overview(runner: RunnerProfile) -> Overview:
    """Return what the start page tells."""
    days = KeptArchive(runner_folder(settings.HOME, runner.name)).sessions()["local_date"]
    problems = problems_of(runner.id)
    going_on = [problem for problem in problems if problem.status != "closed"]
    return Overview(
        len(days),
        days.min(),  # type: ignore[arg-type] # a date column
        days.max(),  # type: ignore[arg-type] # a date column
        unfinished_job(runner.id),
        [_lines(runner, problem) for problem in going_on],
        len(problems) - len(going_on),
    )


def _lines(runner: RunnerProfile, problem: HealthProblem) -> ProblemLines:
    told = intake_record(runner, problem)
    kept = kept_answer(runner.id, problem.id) if problem.id else None
    said = words.answer(kept.parts["explanation"]) if kept and kept.parts else ""
    return ProblemLines(problem, screening(runner, told).data if told.confirmed_at else None, said)
