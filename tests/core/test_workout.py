"""A day of a plan as steps for a watch: repeats as planned, sets and rests, nothing of pain."""

from __future__ import annotations

from datetime import date

from evengait.core.plan import ExerciseDose, PlanDay, RunDose, StrengthDose
from evengait.core.strength_dose import WarmUpSet
from evengait.core.workout import Repeat, WorkoutStep, workout_of

DAY = date(2026, 11, 30)


def test_walk_and_run_repeat_as_the_stage_says() -> None:
    got = workout_of(PlanDay(DAY, "run", "why", RunDose(6, 180, 120)))
    assert got is not None
    (repeat,) = got.steps
    assert isinstance(repeat, Repeat)
    assert (repeat.times, [(s.name, s.duration, s.value) for s in repeat.steps]) == (
        6,
        [("Walk", "time", 180), ("Run", "time", 120)],
    )
    assert got.sport == "running"


def test_one_walk_is_one_step_of_walking() -> None:
    got = workout_of(PlanDay(DAY, "walk", "why", RunDose(1, 1800, 0)))
    assert got is not None
    assert (got.sport, got.steps) == ("walking", (WorkoutStep("Walk", "time", 1800, "recovery"),))


def test_a_run_by_distance_ends_by_distance_and_one_without_bounds_by_the_button() -> None:
    far = workout_of(PlanDay(DAY, "run", "why", RunDose(distance_m=5000.0)))
    free = workout_of(PlanDay(DAY, "run", "why", RunDose()))
    assert far is not None
    assert free is not None
    assert far.steps == (WorkoutStep("Run", "distance", 5000.0),)
    assert free.steps == (WorkoutStep("Run", "open"),)


def test_a_rest_is_no_workout() -> None:
    assert workout_of(PlanDay(DAY, "rest", "why")) is None


def test_sets_are_repeats_of_a_set_and_a_rest_with_its_load() -> None:
    squat = ExerciseDose(
        "barbell_squat", 3, (10, 12), 4, 60.0, name="Barbell squat", rest_s=120, warm_up=(WarmUpSet(8, 30.0),),
        watch=("squat", "barbell_back_squat"), why="It hurt more than the limit.",
    )  # fmt: skip
    plank = ExerciseDose("side_plank", 1, (6, 6), hold_s=10, each_side=True, name="Side plank")
    carry = ExerciseDose("carry", 1, None, hold_s=30, name="Farmer's carry")
    got = workout_of(PlanDay(DAY, "strength", "why", StrengthDose((squat, plank, carry), session=3)))
    assert got is not None
    assert (got.name, got.sport) == ("Strength 3", "strength")
    warm, light, sets, hold, walk = got.steps
    assert isinstance(warm, WorkoutStep)
    assert warm.duration == "open"
    assert isinstance(light, WorkoutStep)
    assert (light.intensity, light.value, light.weight_kg) == ("warmup", 8, 30.0)
    assert isinstance(sets, Repeat)
    assert [(s.name, s.duration, s.value, s.weight_kg) for s in sets.steps] == [
        ("Barbell squat", "reps", 12, 60.0),
        ("Rest", "time", 120, None),
    ]
    assert sets.steps[0].notes == "10-12 reps, 4 in reserve"
    assert isinstance(hold, WorkoutStep)
    assert hold.notes == "hold 10 s, each side"
    assert isinstance(walk, WorkoutStep)
    assert (walk.duration, walk.value) == ("time", 30)
    assert "hurt" not in repr(got)
