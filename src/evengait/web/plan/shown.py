"""The way back as a page shows it: the ladder with where one is, the gates, the weeks ahead, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from evengait.analysis.progression.former import FormerWeek
from evengait.analysis.progression.words import STATES, dose_bounds, dose_title
from evengait.core.language import say
from evengait.core.plan import Plan, RunDose, StrengthDose
from evengait.core.training_words import day_words, kind_words, minutes_of
from evengait.core.units import distance, plain_day
from evengait.report.desk_words import behind, without_command
from evengait.web.today.day import DECIDED

if TYPE_CHECKING:
    from datetime import date

    from evengait.actions.follow_plan import Followed
    from evengait.actions.join_plans import Whole
    from evengait.core.plan import Decision, PlanDay
    from evengait.core.units import Units

LATEST = 5
"""Decisions that stand open on the page; the others are folded away."""


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: its name, what it asks for, and whether it is behind, here or ahead."""

    name: str
    what: str
    place: str


def ladder(followed: Followed, units: Units) -> list[Rung]:
    """Return the steps from the first walk to the former week."""
    rules, plan = followed.rules, followed.plan
    steps = [
        (
            rules.ladder.walk_stage,
            say("Walk {walk_s} min, when every gate is met", walk_s=rules.ladder.walk_s // 60),
        )
    ]
    steps += [
        (one.name, dose_title(RunDose(one.repeats, one.walk_s, one.run_s), units)) for one in rules.stages
    ]
    words = (say("Distance, week by week"), say("Hills come back"), say("Speed comes back"))
    steps += list(zip(rules.build.stages, words, strict=True))
    names = [name for name, _ in steps]
    here = names.index(plan.stage) if plan.stage in names else 0
    if plan.state == "returned":
        here = len(names)
    places = ["behind"] * here + ["here"] + ["ahead"] * len(names)
    return [Rung(name, what, place) for (name, what), place in zip(steps, places, strict=False)]


def gates(followed: Followed) -> list[dict[str, Any]]:
    """Return every gate with its words, who says it, and what stands behind it."""
    who = {gate.id: gate.by for gate in followed.rules.gates}
    return [
        {
            "id": state.id, "met": state.met, "needed": state.needed, "words": without_command(state.words),
            "by": who.get(state.id, ""), "behind": behind(state.evidence),
        }
        for state in followed.gates
    ]  # fmt: skip


def weeks(plan: Plan, whole: Whole, units: Units) -> list[dict[str, Any]]:
    """Return the days ahead, a list a week."""
    found = []
    for monday, days in groupby(plan.days, key=lambda day: day.date - timedelta(days=day.date.weekday())):
        name = say("This week") if monday <= plan.today else say("Week of {monday}", monday=plain_day(monday))
        found.append({"name": name, "days": [day_row(day, whole, units) for day in days]})
    return found


def day_row(day: PlanDay, whole: Whole, units: Units) -> dict[str, Any]:
    """Return one day of a plan."""
    weights = whole.setup.weights
    return {
        "date": day.date, "kind": day.kind, "title": day.title or kind_words(day), "why": day.why,
        "bounds": dose_bounds(day.dose, units) if isinstance(day.dose, RunDose) else "",
        "lines": day_words(day, units, weights) if isinstance(day.dose, StrengthDose) else [],
        "hard": day.hard, "maybe": day.provisional, "minutes": minutes_of(day),
        "for_watch": day.kind != "rest" and not day.provisional,
    }  # fmt: skip


def decisions(plan: Plan) -> list[dict[str, Any]]:
    """Return what was decided, the latest first."""
    return [decided(one) for one in reversed(plan.decisions)]


def decided(one: Decision) -> dict[str, Any]:
    """Return a decision in words."""
    return {
        "date": one.date, "what": DECIDED[one.decision], "kind": one.decision, "rule": one.rule,
        "because": [without_command(text) for text in one.because], "version": one.version,
        "moved": (one.before, one.after) if one.before != one.after else None, "behind": behind(one.evidence),
    }  # fmt: skip


def head(whole: Whole, units: Units, today: date) -> dict[str, Any]:
    """Return everything the page of a way back shows."""
    followed = whole.followed
    assert followed is not None  # noqa: S101 - the view asked
    made = decisions(followed.plan)
    week = followed.former
    rules = followed.rules
    return {
        "plan": followed.plan, "about": followed.about, "state": STATES[followed.plan.state], "today": today,
        "ladder": ladder(followed, units), "gates": gates(followed), "weeks": weeks(followed.plan, whole, units),
        "because": [without_command(text) for text in followed.plan.because],
        "caveats": [without_command(text) for text in followed.plan.caveats],
        "latest": made[:LATEST], "older": made[LATEST:], "record": whole.record, "profile": followed.profile,
        "profile_behind": behind(followed.profile.evidence), "reviewed_by": rules.reviewed_by, "rules": rules,
        "former": _former(week, units) if isinstance(week, FormerWeek) else "",
        "former_said": isinstance(week, FormerWeek) and week.said,
        "sources": [{"supports": one.supports, "behind": behind((one.id,))} for one in rules.sources],
    }  # fmt: skip


def _former(week: FormerWeek, units: Units) -> str:
    return say(
        "{distance_m} in {runs_m} runs", distance_m=distance(week.distance_m, units), runs_m=len(week.runs_m)
    )
