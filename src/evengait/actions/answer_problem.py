"""Answer a health problem: what was unusual before it, with every picture, kept for the desk."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from evengait import __version__
from evengait.actions.own_sessions import own_sessions
from evengait.core.errors import UsageError
from evengait.core.language import spoken
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.answers import keep_answer, kept_answer
from evengait.storage.records.diary import diary_of
from evengait.storage.records.problems import problem as find_problem
from evengait.storage.records.problems import problems_of
from evengait.storage.records.runners import runner_by_id
from evengait.storage.records.shoes import shoes_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    import polars as pl

    from evengait.core.diary import DiaryEntry
    from evengait.core.health_problem import HealthProblem
    from evengait.core.runner import RunnerProfile


def answer_key(home: Path, runner: RunnerProfile, problem: HealthProblem) -> str:
    """Return a text that changes whenever the answer may be another one."""
    made_from: dict[str, Any] = {
        "program": __version__,
        "archive": Archive(runner_folder(home, runner.name)).version(),
        "problem": [problem.onset, problem.site, problem.side],
        "earlier": earlier_problems(runner.id, problem),
        "units": runner.units,
        "language": spoken(),
        "shoes": sorted((s.name, s.same_as, s.before_km) for s in shoes_of(runner.id).values()),
        "pain": [(entry.date, entry.pain_during_nprs) for entry in _painful(runner.id)],
    }
    return hashlib.sha256(json.dumps(made_from, default=str).encode()).hexdigest()


def answer_problem(home: Path, runner: UUID, problem: UUID, key: str, today: date) -> None:
    """Work the answer out and keep it under this key; nothing to do where problem or runner are gone.

    Nor where another key is asked for by now: many imports in a row change what it is made from each time.

    Parameters
    ----------
    home : Path
    runner, problem : UUID
    key : str
        From ``answer_key``, as it was when somebody asked.
    today : date
        On the runner's own calendar.
    """
    from evengait.actions.explain_onset import explain_onset
    from evengait.report.parts import answer_parts

    profile, wanted = runner_by_id(runner), kept_answer(runner, problem)
    if profile is None or wanted is None or wanted.key != key:
        return  # something has changed since, and a newer answer is asked for
    try:
        asked = find_problem(runner, problem)
        own = own_sessions(Archive(runner_folder(home, profile.name)))
        answer = explain_onset(
            own.sessions, asked.onset, today=today,
            site=asked.site, side=asked.side, earlier_problems=earlier_problems(runner, asked),
            units=profile.units, shoe_initial_km=own.first_km,
        )  # fmt: skip
        parts = answer_parts(
            answer.data, answer.exposures, answer.sessions, pain_table(_painful(runner)), profile.units,
            generated=today,
        )  # fmt: skip
    except UsageError as error:
        keep_answer(problem, key, "refused", reason=_sentence(str(error)))
        return
    keep_answer(problem, key, "done", parts=parts)


def earlier_problems(runner: UUID, problem: HealthProblem) -> list[tuple[date, date]]:
    """Return first and last day of the runner's earlier health problems; one without an end lasts until the onset."""
    day_before = problem.onset - timedelta(days=1)
    found = []
    for other in problems_of(runner):
        if other.id != problem.id and other.onset < problem.onset:
            ends = [end for end in (other.returned_on, other.closed_on) if end is not None]
            found.append((other.onset, min([*ends, day_before])))
    return sorted(found)


def pain_table(entries: list[DiaryEntry]) -> pl.DataFrame | None:
    """Return pain while running by date for the pictures, None without a score."""
    import polars as pl

    rows = [{"date": e.date, "pain_during_nprs": e.pain_during_nprs} for e in entries]
    schema = {"date": pl.Date, "pain_during_nprs": pl.Float64}
    return pl.DataFrame(rows, schema=schema) if rows else None


def _painful(runner: UUID) -> list[DiaryEntry]:
    return [entry for entry in diary_of(runner) if entry.pain_during_nprs is not None]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
