"""What the page of today tells: the things of the day, what was decided, what to answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from evengait.analysis.progression.words import dose_bounds
from evengait.core.language import Said, listed, say
from evengait.core.plan import RunDose
from evengait.core.training_words import day_words, kind_words
from evengait.core.trial import Schedule
from evengait.report.desk_words import behind, without_command
from evengait.report.trial import named
from evengait.storage.records.diary import diary_of
from evengait.storage.records.marks import marks_of
from evengait.storage.records.proposals import agenda_of, agreed_now
from evengait.storage.records.trials import trials_of
from evengait.web.today.questions import Question, on_foot_days, questions
from evengait.web.today.standing import Standing, archive_of, standing

if TYPE_CHECKING:
    from datetime import date

    from evengait.actions.join_plans import Whole
    from evengait.core.diary import DiaryEntry
    from evengait.core.plan import PlanDay
    from evengait.core.runner import RunnerProfile
    from evengait.storage.records.proposals import AgendaItem

BACK = timedelta(days=9)
"""So far back the page looks for what was not told yet."""


@dataclass(frozen=True)
class Item:
    """One thing that is planned today.

    Attributes
    ----------
    kind, name, title, why, bounds : str
    lines : list of str
        What it asks for.
    done : bool
        Recorded, or logged.
    mark : str
        What the runner said became of it; empty = nothing.
    """

    kind: str
    name: str
    title: str
    lines: list[str]
    why: str
    bounds: str
    done: bool
    mark: str


@dataclass(frozen=True)
class TrialDay:
    """A trial under way: what today is for. ``on``: with it, without it, or None while nothing is to be changed."""

    id: Any
    what: str
    field: str
    name: str
    on: bool | None
    used: bool | None


@dataclass(frozen=True)
class Today:
    """Everything the page tells of one date.

    Attributes
    ----------
    date : date
    heading : str
        One sentence; empty where no plan runs.
    why : list of str
    items : list of Item
    questions : list of Question
    trials : list of TrialDay
    decision : dict or None
        What the plan decided last, its rule and what stands behind it.
    gates, caveats : list of str
    coming : list of PlanDay
        The next days that are not rest, at most three.
    accepted : list of AgendaItem
        Changes that the plan follows, what today has from a case, and questions that wait.
    standing : Standing
    """

    date: date
    heading: str
    why: list[str]
    items: list[Item]
    questions: list[Question]
    trials: list[TrialDay]
    decision: dict[str, Any] | None
    gates: list[str]
    caveats: list[str]
    coming: list[PlanDay]
    accepted: list[AgendaItem]
    standing: Standing = field(default_factory=Standing)


def the_day(runner: RunnerProfile, today: date) -> Today:
    """Return what the page of today tells."""
    now = standing(runner, today)
    diary = {entry.date: entry for entry in diary_of(runner.id, today - BACK, today)}
    moved = on_foot_days(archive_of(runner).sessions(), today - BACK, today)
    items = _items(runner, now, today)
    followed = now.whole.followed if now.whole else None
    planned = next((one.kind for one in items if one.kind in {"run", "walk"}), "")
    asked = questions(today, diary, moved, planned, followed.asked if followed else ())
    plan = now.whole.plan if now.whole else None
    return Today(
        today,
        _heading(now, items),
        [without_command(text) for text in plan.because] if plan else [],
        items,
        asked,
        _trials(runner, today, diary.get(today)),
        _decision(now.whole) if now.whole else None,
        [without_command(one.words) for one in followed.asked if one.kind in {"gate", "cleared"}]
        if followed
        else [],
        [without_command(text) for text in plan.caveats] if plan else [],
        [day for day in now.days if day.date > today and day.kind != "rest"][:3],
        _accepted(runner, today),
        now,
    )


def _accepted(runner: RunnerProfile, today: date) -> list[AgendaItem]:
    agreed = agreed_now(runner.id, today)
    known = {one.proposal for one in agreed}
    return [*agreed, *(one for one in agenda_of(runner.id, today, today) if one.proposal not in known)]


def _items(runner: RunnerProfile, now: Standing, today: date) -> list[Item]:
    if now.whole is None:
        return []
    marks = {mark.kind: mark.said for mark in marks_of(runner.id, today, today)}
    weights = now.whole.setup.weights
    return [
        Item(
            day.kind,
            kind_words(day),
            day.title or kind_words(day),
            day_words(day, runner.units, weights) if day.kind == "strength" else [],
            day.why,
            dose_bounds(day.dose, runner.units) if isinstance(day.dose, RunDose) else "",
            day.kind in now.whole.done,
            marks.get(day.kind, ""),
        )
        for day in now.days
        if day.date == today and day.kind != "rest"
    ]


def _heading(now: Standing, items: list[Item]) -> str:
    """Return how today stands, in one sentence."""
    if now.whole is None:
        return now.problem
    plan = now.whole.plan
    if plan.progression and plan.state == "blocked":
        return say("No run today: a clinician comes first.")
    open_ones = [one for one in items if not one.done and not one.mark]
    if open_ones:
        return say("Today: {what}.", what=listed([one.title for one in open_ones]))
    if items or now.whole.done:
        return say("Today is done.")
    if plan.progression and plan.state == "preparing":
        return say("Before the first run a few things come first.")
    return say("Today is a day of rest.")


def _decision(whole: Whole) -> dict[str, Any] | None:
    if whole.followed is None or not whole.plan.decisions:
        return None
    last = whole.plan.decisions[-1]
    return {
        "date": last.date, "what": DECIDED[last.decision], "because": [without_command(t) for t in last.because],
        "rule": last.rule, "version": last.version, "behind": behind(last.evidence),
        "reviewed": bool(whole.followed.rules.reviewed_by),
        "moved": (last.before, last.after) if last.before != last.after else None,
    }  # fmt: skip


DECIDED = Said({
    "advance": "One step on", "hold": "Stay where you are", "regress": "One step back",
    "refer": "Ask a clinician first",
})  # fmt: skip


def _trials(runner: RunnerProfile, today: date, entry: DiaryEntry | None) -> list[TrialDay]:
    found = []
    for record in trials_of(runner.id):
        schedule = Schedule.from_data(record.design)
        if record.status == "ended" or not schedule.start <= today <= schedule.end:
            continue
        name = "exercises" if schedule.kind == "exercise" else "aids"
        told = getattr(entry, name) if entry is not None else None
        used = None if told is None else record.treatment in told
        on = None if today < schedule.first_block else bool(schedule.assigned(today))
        found.append(TrialDay(record.id, record.treatment, name, named(record.treatment), on, used))
    return found
