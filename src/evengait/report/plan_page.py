"""A plan on one page: the weeks as a calendar, the next run and the next session in full, why, and the safety net."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from evengait.analysis.progression.words import dose_bounds
from evengait.core.language import Said, say
from evengait.core.plan import RunDose, StrengthDose
from evengait.core.training_words import day_words, kind_words, run_words
from evengait.core.units import SHORT_WEEKDAYS, long_day, plain_day, short_day
from evengait.report.page import render_page
from evengait.report.plan_text import DECISIONS
from evengait.report.safety import safety_net
from evengait.report.words import NOT_A_DIAGNOSIS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evengait.core.plan import Plan, PlanDay
    from evengait.core.strength_setup import Weights
    from evengait.core.units import Units

MOST_WEEKS = 7
SHOWN_DECISIONS = 3
STATES = Said(
    {
        "blocked": "No run is planned until this is cleared",
        "preparing": "Before the first run",
        "running": "On the way back",
        "returned": "Back",
    }
)


def plan_page(plan: Plan, *, units: Units = "km", weights: Weights = "kg", generated: date) -> str:
    """Return a plan as one page; what is provisional looks so.

    Parameters
    ----------
    plan : Plan
        Its days may hold runs, walks and strength sessions; only the next ``MOST_WEEKS`` weeks are drawn.
    generated : date

    Returns
    -------
    str
        HTML, UTF-8; prints on one page.
    """
    return render_page(
        "plan.html", "paper.css",
        heading=STATES[plan.state] if plan.progression else say("Strength block"), today=long_day(plan.today),
        because=plan.because, ask=plan.ask, weekdays=[say(name) for name in SHORT_WEEKDAYS],
        weeks=_weeks(plan, units), upcoming=_upcoming(plan, units, weights),
        decisions=[
            {"date": short_day(one.date), "what": DECISIONS[one.decision], "because": " ".join(one.because)}
            for one in reversed(plan.decisions[-SHOWN_DECISIONS:])
        ],
        caveats=plan.caveats, net=safety_net().groups, not_a_diagnosis=say(NOT_A_DIAGNOSIS),
        generated=plain_day(generated),
    )  # fmt: skip


def _weeks(plan: Plan, units: Units) -> list[list[dict[str, Any]]]:
    """Return a row a week from today's Monday to the last day planned, a cell a day."""
    found: dict[date, list[PlanDay]] = {}
    for day in plan.days:
        found.setdefault(day.date, []).append(day)
    monday = plan.today - timedelta(days=plan.today.weekday())
    last = max(found, default=plan.today)
    count = min(MOST_WEEKS, (last - monday).days // 7 + 1)
    return [
        [_cell(plan, found, monday + timedelta(days=7 * week + day), last, units) for day in range(7)]
        for week in range(count)
    ]


def _cell(
    plan: Plan, found: Mapping[date, Sequence[PlanDay]], day: date, last: date, units: Units
) -> dict[str, Any]:
    entries = [
        {"kind": one.kind, "maybe": one.provisional, "text": _brief(one, units)}
        for one in sorted(found.get(day, ()), key=lambda one: one.kind == "strength")
        if one.kind != "rest"
    ]
    return {
        "date": f"{day.day}" if day.day != 1 and day != plan.today else short_day(day),
        "long": long_day(day),
        "today": day == plan.today,
        "out": day < plan.today or day > last,
        "entries": entries,
    }


def _brief(day: PlanDay, units: Units) -> str:
    if isinstance(day.dose, RunDose):
        text = run_words(day.dose, day.kind, units)
        return text[0].upper() + text[1:]
    if isinstance(day.dose, StrengthDose) and day.dose.session:
        return say("Strength {session}", session=day.dose.session)
    return kind_words(day)


def _bounds(day: PlanDay, units: Units) -> str:
    """Return how far a run may go in pain, climb and speed: on paper for the runner alone, never in a calendar."""
    return dose_bounds(day.dose, units) if isinstance(day.dose, RunDose) else ""


def _upcoming(plan: Plan, units: Units, weights: Weights) -> list[dict[str, Any]]:
    """Return the next run or walk and the next strength session, each in full."""
    firsts: dict[bool, PlanDay] = {}
    for day in sorted(plan.days, key=lambda one: one.date):
        if day.kind != "rest":
            firsts.setdefault(day.kind == "strength", day)
    return [
        {
            "strength": day.kind == "strength",
            "heading": say(
                "{kind_words} on {long_day}", kind_words=kind_words(day), long_day=long_day(day.date)
            ),
            "lines": day_words(day, units, weights),
            "why": " ".join(part for part in (day.why, _bounds(day, units)) if part),
        }
        for _, day in sorted(firsts.items())
    ]
