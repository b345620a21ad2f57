"""A day of a plan as steps that a watch can count: walk and run repeats, sets and rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.language import Said, say
from evengait.core.plan import PlanDay, RunDose, StrengthDose

if TYPE_CHECKING:
    from evengait.core.strength_dose import ExerciseDose

DURATIONS = ("time", "distance", "reps", "open")
INTENSITIES = ("active", "rest", "warmup", "recovery")

_REST = Said({"rest": "Rest"}, context="between sets")


@dataclass(frozen=True)
class WorkoutStep:
    """One step.

    Attributes
    ----------
    name : str
    duration : str
        One of ``DURATIONS``.
    value : float
        Seconds, metres or repetitions; 0 for ``open``: until the button is pressed.
    intensity : str
        One of ``INTENSITIES``.
    notes : str
    exercise : (category, name)
        In the words of the FIT profile; empty = none.
    weight_kg : float or None
    """

    name: str
    duration: str
    value: float = 0
    intensity: str = "active"
    notes: str = ""
    exercise: tuple[str, str] = ("", "")
    weight_kg: float | None = None


@dataclass(frozen=True)
class Repeat:
    """Steps done several times over."""

    steps: tuple[WorkoutStep, ...]
    times: int


@dataclass(frozen=True)
class Workout:
    """A workout.

    Attributes
    ----------
    name : str
    sport : {"running", "walking", "strength"}
    steps : tuple of WorkoutStep or Repeat
    """

    name: str
    sport: str
    steps: tuple[WorkoutStep | Repeat, ...]


def workout_of(day: PlanDay) -> Workout | None:
    """Return a day as a workout, None for a day of rest. No pain, no stage and no reason is in it.

    Examples
    --------
    >>> from datetime import date
    >>> day = PlanDay(date(2026, 11, 30), "run", "The next step.", RunDose(6, 180, 120))
    >>> workout_of(day).name
    '6x walk/run'
    """
    if isinstance(day.dose, StrengthDose):
        name = say("Strength {session}", session=day.dose.session) if day.dose.session else say("Strength")
        return Workout(name, "strength", _sets(day.dose))
    if isinstance(day.dose, RunDose):
        return _run(day.kind, day.dose)
    return None


def _run(kind: str, dose: RunDose) -> Workout:
    sport = "walking" if kind == "walk" else "running"
    walk = WorkoutStep(say("Walk"), "time", dose.walk_s, "recovery") if dose.walk_s else None
    run = WorkoutStep(say("Run"), "time", dose.run_s) if dose.run_s else None
    steps = tuple(step for step in (walk, run) if step)
    if not steps:
        word = say(kind.capitalize())
        step = (
            WorkoutStep(word, "distance", dose.distance_m) if dose.distance_m else WorkoutStep(word, "open")
        )
        return Workout(word, sport, (step,))
    if dose.repeats == 1:
        return Workout(say("Walk, then run") if len(steps) == 2 else steps[0].name, sport, steps)
    name = (
        say("{n}x walk/run", n=dose.repeats)
        if len(steps) == 2
        else say("{n}x walk", n=dose.repeats)
        if walk
        else say("{n}x run", n=dose.repeats)
    )
    return Workout(name, sport, (Repeat(steps, dose.repeats),))


def _sets(dose: StrengthDose) -> tuple[WorkoutStep | Repeat, ...]:
    found: list[WorkoutStep | Repeat] = [WorkoutStep(say("Warm up"), "open", 0, "warmup")]
    for exercise in dose.exercises:
        found.extend(
            WorkoutStep(
                exercise.name, "reps", one.reps, "warmup", say("Light set"), exercise.watch, one.load_kg
            )
            for one in exercise.warm_up
        )
        steps = [_set(exercise)]
        if exercise.rest_s:
            steps.append(WorkoutStep(_REST["rest"], "time", exercise.rest_s, "rest"))
        found.append(Repeat(tuple(steps), exercise.sets) if exercise.sets > 1 else steps[0])
    return tuple(found)


def _set(exercise: ExerciseDose) -> WorkoutStep:
    parts = []
    if exercise.reps and exercise.reps[0] != exercise.reps[1]:
        parts.append(say("{low}-{high} reps", low=exercise.reps[0], high=exercise.reps[1]))
    if exercise.hold_s and exercise.reps:
        parts.append(say("hold {hold_s} s", hold_s=exercise.hold_s))
    if exercise.rir is not None:
        parts.append(say("{rir:g} in reserve", rir=exercise.rir))
    parts.append(
        say("{side} only", side=say(exercise.side))
        if exercise.side
        else say("each side")
        if exercise.each_side
        else ""
    )
    duration, value = ("reps", exercise.reps[1]) if exercise.reps else ("time", exercise.hold_s or 0)
    return WorkoutStep(
        exercise.name, duration, value, "active", ", ".join(part for part in parts if part), exercise.watch,
        exercise.load_kg,
    )  # fmt: skip
