"""What a day of a plan asks for, in a few plain words: for calendars, paper and screen. Nothing of pain is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.language import say
from evengait.core.plan import PlanDay, RunDose, StrengthDose
from evengait.core.strength_setup import Weights, weight
from evengait.core.units import NBSP, Units, distance

if TYPE_CHECKING:
    from evengait.core.strength_dose import ExerciseDose


def kind_words(day: PlanDay) -> str:
    """Return the kind of a day, as anybody may read it on a phone.

    Examples
    --------
    >>> from datetime import date
    >>> kind_words(PlanDay(date(2026, 11, 30), "run", "", RunDose(6, 180, 120)))
    'Run'
    """
    return {"run": say("Run"), "walk": say("Walk"), "strength": say("Strength"), "rest": say("Rest")}[
        day.kind
    ]


def clock(seconds: int) -> str:
    r"""Return a span of time as it is said.

    Examples
    --------
    >>> clock(180), clock(90), clock(30)
    ('3\xa0min', '1\xa0min 30\xa0s', '30\xa0s')
    """
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes}{NBSP}min"] if minutes else []
    return " ".join([*parts, f"{rest}{NBSP}s"] if rest or not minutes else parts)


def run_words(dose: RunDose, kind: str, units: Units) -> str:
    r"""Return a run or a walk.

    Examples
    --------
    >>> run_words(RunDose(6, 180, 120), "run", "km")
    '6 × (walk 3\xa0min, run 2\xa0min)'
    >>> run_words(RunDose(1, 1800, 0), "walk", "km"), run_words(RunDose(distance_m=5000.0), "run", "km")
    ('walk 30\xa0min', 'run up to 5.0\xa0km')
    """
    parts = [say("walk {time}", time=clock(dose.walk_s))] if dose.walk_s else []
    parts += [say("run {time}", time=clock(dose.run_s))] if dose.run_s else []
    if not parts:
        if not dose.distance_m:
            return say("walk") if kind == "walk" else say("run")
        far = distance(dose.distance_m, units)
        return say("walk up to {far}", far=far) if kind == "walk" else say("run up to {far}", far=far)
    text = ", ".join(parts)
    return text if dose.repeats == 1 else f"{dose.repeats} × ({text})"


def sets_words(dose: ExerciseDose) -> str:
    """Return sets, repetitions, hold and sides of an exercise.

    Examples
    --------
    >>> from evengait.core.strength_dose import ExerciseDose
    >>> sets_words(ExerciseDose("barbell_squat", 3, (10, 12), 4)), sets_words(ExerciseDose("carry", 3, hold_s=30))
    ('3 × 10–12', '3 × 30 s')
    >>> sets_words(ExerciseDose("side_plank", 3, (6, 6), hold_s=10, each_side=True))
    '3 × 6 × 10 s each side'
    """
    parts = [str(dose.sets)]
    if dose.reps:
        low, high = dose.reps
        parts.append(str(high) if low == high else f"{low}–{high}")
    if dose.hold_s:
        parts.append(f"{dose.hold_s} s")
    side = (
        say(" {side} side only", side=say(dose.side))
        if dose.side
        else say(" each side")
        if dose.each_side
        else ""
    )
    return " × ".join(parts) + side


def load_words(dose: ExerciseDose, weights: Weights) -> str:
    r"""Return the load of an exercise, or what stands in its place.

    Examples
    --------
    >>> from evengait.core.strength_dose import ExerciseDose
    >>> load_words(ExerciseDose("barbell_squat", 3, (8, 8), 3, 60.0, load="barbell"), "kg")
    '60\xa0kg'
    >>> load_words(ExerciseDose("barbell_squat", 3, (8, 8), 3, load="barbell", change="find"), "kg")
    'find it'
    """
    if dose.load_kg is not None:
        together = say(" together") if dose.load == "dumbbell_pair" else ""
        return weight(dose.load_kg, weights) + together
    if dose.load in {"body", "band"}:
        return "" if dose.load == "body" else say("band")
    return say("find it") if dose.change == "find" else say("from your log")


def day_words(day: PlanDay, units: Units = "km", weights: Weights = "kg") -> list[str]:
    """Return what a day asks for, a line each; empty for a rest."""
    if isinstance(day.dose, RunDose):
        text = run_words(day.dose, day.kind, units)
        return [text[0].upper() + text[1:]]
    if not isinstance(day.dose, StrengthDose):
        return []
    lines = []
    for one in day.dose.exercises:
        parts = [f"{one.name} {sets_words(one)}", load_words(one, weights)]
        parts.append(say("{rir:g} in reserve", rir=one.rir) if one.rir is not None else "")
        lines.append(", ".join(part for part in parts if part))
    return lines


def minutes_of(day: PlanDay) -> int | None:
    """Return about how long a day takes, None where that is not known."""
    if isinstance(day.dose, StrengthDose):
        return day.dose.minutes
    if isinstance(day.dose, RunDose) and day.dose.total_s:
        return -(-day.dose.total_s // 60)
    return None
