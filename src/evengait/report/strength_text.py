"""Strength sessions for the terminal: the next one in full, those that follow by date, the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.language import listed, say
from evengait.core.plan import StrengthDose
from evengait.core.strength_setup import Weights, weight
from evengait.core.training_words import load_words, sets_words
from evengait.core.units import long_day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.analysis.strength.plan import StrengthPlan
    from evengait.core.exercise import Exercise
    from evengait.core.plan import PlanDay
    from evengait.core.strength import StrengthSet

LATER_SHOWN = 4


def sessions_text(plan: StrengthPlan, weights: Weights) -> str:
    """Return the next session in full and the dates of those behind it."""
    if plan.finished:
        return say(
            "All {total} sessions are done. Begin again with: evengait strength start", total=plan.total
        )
    if not plan.days:
        return plan.caveats[0] if plan.caveats else _no_room()
    lines = _session(plan.days[0], weights)
    later = [f"{short_day(day.date)}" for day in plan.days[1 : 1 + LATER_SHOWN]]
    if later:
        lines += [
            "",
            say(
                "Then: {names}{value}.",
                names=", ".join(later),
                value=", …" if len(plan.days) > 1 + LATER_SHOWN else "",
            ),
        ]
    return "\n".join([*lines, "", *plan.caveats])


def _no_room() -> str:
    return say(
        "No day is free for a session: each lies on a hard run's day or on the day after. Run hard less often."
    )


def _session(day: PlanDay, weights: Weights) -> list[str]:
    dose = day.dose
    if not isinstance(dose, StrengthDose):
        return []
    lines = [
        say(
            "{title}, week {week}: {day}, about {minutes} min",
            title=day.title,
            week=dose.week,
            day=long_day(day.date),
            minutes=dose.minutes,
        ),
        day.why,
        "",
    ]
    lines.append(say("Warm up: {warm_up}", warm_up=dose.warm_up))
    width = max(len(one.name) for one in dose.exercises)
    for one in dose.exercises:
        parts = [sets_words(one), load_words(one, weights)]
        parts.append(say("{rir:g} in reserve", rir=one.rir) if one.rir is not None else "")
        lines.append(f"  {one.name.ljust(width)}  {', '.join(part for part in parts if part)}")
        if one.why and one.change != "none":
            lines.append(f"  {' ' * width}  {one.why}")
    return [*lines, *dose.left_out]


def sets_text(sets: Iterable[StrengthSet], book: dict[str, Exercise], weights: Weights) -> str:
    """Return logged sets, a line for each exercise of a date."""
    found: dict[tuple[object, ...], list[StrengthSet]] = {}
    for one in sets:
        found.setdefault((one.date, one.started, one.exercise, one.side, one.kind), []).append(one)
    lines = []
    for group in found.values():
        one = group[0]
        name = book[one.exercise].name if one.exercise in book else one.exercise.removeprefix("own:")
        extras = [
            say("{side} side", side=say(one.side)) if one.side else "",
            one.kind.replace("_", "-") if one.kind != "working" else "",
        ]
        said = ", ".join(_set(each, weights) for each in group)
        lines.append(f"{one.date}  {name}{''.join(f' ({e})' for e in extras if e)}: {said}")
    return "\n".join(lines) or say("No set is logged in this span.")


def _set(one: StrengthSet, weights: Weights) -> str:
    parts = [str(one.reps)] if one.reps is not None else []
    parts += [f"{one.hold_s:g} s"] if one.hold_s is not None else []
    text = " × ".join(parts)
    text += f" × {weight(one.load_kg, weights)}" if one.load_kg is not None else ""
    text += say(" ({rir:g} in reserve)", rir=one.rir) if one.rir is not None else ""
    return text + (say(" (pain {pain_nprs:g})", pain_nprs=one.pain_nprs) if one.pain_nprs is not None else "")


def library_text(found: Iterable[Exercise]) -> str:
    """Return exercises, a line each."""
    rows = [(e.id, e.name, say(e.movement.replace("_", " ")), _needs(e), e.one_leg or "") for e in found]
    if not rows:
        return say("No exercise of the library fits. Leave an option out.")
    table = [(say("id"), say("name"), say("movement"), say("needs"), say("on one leg")), *rows]
    widths = [max(len(row[i]) for row in table) for i in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in table
    )


def _needs(exercise: Exercise) -> str:
    return listed([say(one.replace("_", " ")) for one in exercise.needs]) or say("nothing")


def how_text(exercise: Exercise) -> str:
    """Return how an exercise is done."""
    muscles = ", ".join(exercise.muscles)
    lines = [f"{exercise.name} ({muscles})", *(f"  {i}. {step}" for i, step in enumerate(exercise.how, 1))]
    if exercise.origin:
        lines.append(say("  After free-exercise-db, entry {origin} (public domain).", origin=exercise.origin))
    return "\n".join(lines)
