"""A plan as lines for a terminal: today first, then why, what to answer, two weeks, the decisions so far."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from evengait.analysis.progression.words import STATES, dose_bounds
from evengait.core.language import Said, say
from evengait.core.plan import RunDose
from evengait.core.units import SHORT_WEEKDAYS, long_day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.core.plan import Decision, Plan, PlanDay
    from evengait.core.units import Units

STATE = Said(
    {"blocked": "blocked", "preparing": "preparing", "running": "running", "returned": "returned"},
    context="a plan is",
)
DECISIONS = Said(
    {"advance": "advance", "hold": "hold", "regress": "regress", "refer": "refer"}, context="the plan"
)
KINDS = Said({"run": "run", "walk": "walk", "strength": "strength", "rest": "rest"}, context="a day's kind")
"""How the plan stands, what it decided, and what a day is for, each in a word."""

WIDTH = 100
SHOWN = 8
"""Decisions at most; the whole list is in the JSON."""


def plan_text(plan: Plan, units: Units, about: str = "") -> str:
    """Return a plan for people; ``about``: what it is for, in a few words."""
    review = say("draft, not reviewed by a clinician") if plan.status != "reviewed" else say("reviewed")
    where = f"{about[:1].upper()}{about[1:]}. " if about else ""
    head = [
        say("{where}{state} Stage {stage}.", where=where, state=STATES[plan.state], stage=plan.stage),
        f"{plan.progression} {plan.version}, {review}",
    ]
    if not plan.progression:
        head = [say("A strength block, without a return to running.")]
    parts = [
        "\n".join(head),
        _today(plan, units),
        _list(say("Why"), plan.because),
        _list(say("To answer"), plan.ask),
        _weeks(plan.days),
        _decisions(plan.decisions),
        _list(say("To know"), plan.caveats),
    ]
    return "\n\n".join(part for part in parts if part)


def _today(plan: Plan, units: Units) -> str:
    lines = [say("Today, {day}", day=long_day(plan.today))]
    for day in (day for day in plan.days if day.date == plan.today):
        lines += [f"  {day.title}", _wrapped(day.why, 4)]
        if isinstance(day.dose, RunDose) and (bounds := dose_bounds(day.dose, units)):
            lines.append(_wrapped(bounds, 4))
    return "\n".join(lines)


def _weeks(days: Iterable[PlanDay]) -> str:
    rows = [
        f"  {say(SHORT_WEEKDAYS[day.date.weekday()])} {short_day(day.date):>6}  {KINDS[day.kind]:<8}  {_title(day)}"
        for day in days
    ]
    note = (
        say("(later) = or the next step, if the runs before it go well")
        if any(d.provisional for d in days)
        else ""
    )
    return "\n".join([say("The coming days"), *rows, *([f"  {note}"] if note else [])])


def _title(day: PlanDay) -> str:
    if day.kind == "rest":
        return ""
    return f"{day.title}{say(' (later)') if day.provisional else ''}".rstrip()


def _decisions(decisions: tuple[Decision, ...]) -> str:
    if not decisions:
        return ""
    lines = [say("Decisions so far, the latest first ({count})", count=len(decisions))]
    for decision in reversed(decisions[-SHOWN:]):
        moved = (
            say("{before} to {after}", before=decision.before, after=decision.after)
            if decision.before != decision.after
            else decision.after
        )
        lines.append(f"  {decision.date}  {DECISIONS[decision.decision]:<7}  {moved}  [{decision.rule}]")
        lines += [_wrapped(sentence, 14) for sentence in decision.because]
    return "\n".join(lines)


def _list(title: str, sentences: Iterable[str]) -> str:
    lines = [_wrapped(sentence, 4, first="  - ") for sentence in sentences]
    return "\n".join([title, *lines]) if lines else ""


def _wrapped(text: str, indent: int, first: str | None = None) -> str:
    space = " " * indent
    return fill(
        text, WIDTH, initial_indent=space if first is None else first, subsequent_indent=space,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
