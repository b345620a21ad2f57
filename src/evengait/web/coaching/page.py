"""One runner as somebody beside her sees her: each field as it stands now, or that it is not shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from evengait.actions.look_back import worst_pain
from evengait.actions.share_case import DIARY_DAYS, states_of
from evengait.core.beside import FIELDS, OF_A_PROBLEM, lasting_fields
from evengait.core.language import spoken
from evengait.core.pain_now import pain_now
from evengait.knowledge.pain_now import pain_rules
from evengait.report import words
from evengait.report.pictures import pains
from evengait.report.shared import plan_state, render_shared
from evengait.report.training_weeks import training_state
from evengait.storage.records.glances import worst_pains
from evengait.storage.records.problems import problems_of
from evengait.storage.records.runners import runner_by_id
from evengait.web.coaching.rows import in_words
from evengait.web.drawing import drawn
from evengait.web.timeline.shown import hurt_spans
from evengait.web.today.standing import archive_of, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from evengait.core.beside import Tie
    from evengait.core.health_problem import HealthProblem
    from evengait.core.runner import RunnerProfile

NO_PROBLEM = UUID(int=0)
"""For what belongs to no health problem."""


@dataclass(frozen=True)
class Part:
    """One field on the page.

    Attributes
    ----------
    field, title : str
    shared : bool
    lead : str
        A sentence above; may be empty.
    pieces : list of (str, SafeString)
        Whose or which, and the HTML; empty where it is not shared or there is nothing of it.
    problems : list of HealthProblem
        Of the field ``problem`` alone.
    """

    field: str
    title: str
    shared: bool
    lead: str
    pieces: list[tuple[str, SafeString]]
    problems: list[HealthProblem]


def parts_of(ties: Iterable[Tie]) -> list[Part]:
    """Return every field for one person, shared or not; what is not shared is never looked up.

    Parameters
    ----------
    ties : iterable of Tie
        Between one person and one runner; somebody may be her coach and her physio.
    """
    now, known = timezone.now(), list(ties)
    seen = frozenset[str]().union(*(lasting_fields(tie, now) for tie in known))
    runner = runner_by_id(known[0].runner)
    if runner is None:
        return []
    today = runner.today(now)
    problems = problems_of(runner.id) if "problem" in seen else []
    return [_part(runner, field, problems, today, shared=field in seen) for field in FIELDS]


def page_of(ties: Iterable[Tie]) -> dict[str, Any]:
    """Return what ``coaching/parts.html`` names: the fields, and the titles of those that are not shared."""
    parts = parts_of(ties)
    return {"parts": parts, "hidden": [part.title for part in parts if not part.shared]}


def _part(
    runner: RunnerProfile, field: str, problems: list[HealthProblem], today: date, *, shared: bool
) -> Part:
    title = FIELDS[field].partition(":")[0]
    if not shared:
        return Part(field, title, shared, "", [], [])
    if field == "problem":
        return Part(field, title, shared, "", [], problems)
    lead = _pain(runner, today) if field == "diary" else ""
    return Part(field, title, shared, lead, list(_pieces(runner, field, problems, today)), [])


def _pain(runner: RunnerProfile, today: date) -> str:
    rules = pain_rules()
    first = today - timedelta(days=rules.now_days + rules.usual_days)
    return f"{in_words(pain_now(worst_pains([runner.id], first).get(runner.id, {}), today, rules))}."


def _pieces(
    runner: RunnerProfile, field: str, problems: list[HealthProblem], today: date
) -> Iterable[tuple[str, SafeString]]:
    if field == "training":
        yield from _drawn("", "load", training_state(archive_of(runner).sessions(), today, runner.units))
    elif field == "plan":
        whole = standing(runner, today).whole
        yield from _drawn("", "plan", plan_state(whole.plan, runner.units) if whole else None)
    elif field in OF_A_PROBLEM:
        for problem in problems:
            state = states_of(settings.HOME, runner, problem.id or NO_PROBLEM, [field], today=today)
            name = words.where(problem.site, problem.side)
            yield from _drawn(f"{name[:1].upper()}{name[1:]}", field, state.get(field))
    else:
        told = states_of(settings.HOME, runner, NO_PROBLEM, [field], today=today).get(field)
        picture = _pain_picture(runner, problems, today) if field == "diary" and told else {}
        yield from _drawn("", field, told | dict(picture) if told else None)


def _pain_picture(runner: RunnerProfile, problems: list[HealthProblem], today: date) -> Mapping[str, str]:
    """Return the pain as the runner's own timeline draws it; what hurts is in it only where that is shared."""
    first, hurts = today - timedelta(days=DIARY_DAYS), hurt_spans(problems, today)
    said = worst_pain(runner.id).filter(pl.col("date").is_between(first, today)).sort("date")
    return archive_of(runner).pictured(
        ("pain", spoken(), first, today),
        lambda: drawn(pains, said, first, today, hurts),
        of=(hurts, tuple(said.rows())),
    )


def _drawn(name: str, field: str, state: dict[str, Any] | None) -> Iterable[tuple[str, SafeString]]:
    """Draw a state by the code that draws it in a case."""
    if state:
        yield name, SafeString(render_shared(field, state, heading="h3"))  # escaped there
