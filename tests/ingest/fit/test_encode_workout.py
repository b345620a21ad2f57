"""Workouts as a watch reads them: decoded back by the official SDK and by our own reader."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from garmin_fit_sdk import Decoder, Stream

from evengait.core.plan import PlanDay, RunDose, StrengthDose
from evengait.core.strength_dose import ExerciseDose
from evengait.core.workout import Workout, WorkoutStep, workout_of
from evengait.ingest.fit import decode
from evengait.ingest.fit._kind import other_kind
from evengait.ingest.fit.encode_workout import NAME_LENGTH, NOTE_LENGTH, encode_workout, short
from evengait.knowledge.strength_book import exercises

DAY, NOW = date(2026, 11, 30), datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
RUN = workout_of(PlanDay(DAY, "run", "", RunDose(6, 180, 120)))
EVERY = tuple(
    ExerciseDose(
        e.id, 3, (10, 12) if e.measure != "carry" else None, 4, 62.5 if e.weighed else None,
        hold_s=None if e.measure == "reps" else 10, each_side=e.each_side, name=e.name, rest_s=120, watch=e.watch,
    )
    for e in exercises().values()
)  # fmt: skip
LIFT = workout_of(PlanDay(DAY, "strength", "", StrengthDose(EVERY, session=3)))


def official(data: bytes) -> dict[str, list[dict[str, Any]]]:
    decoder = Decoder(Stream.from_byte_array(bytearray(data)))
    assert decoder.is_fit()
    assert decoder.check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    return messages


def test_the_official_reader_sees_a_workout_file() -> None:
    assert RUN is not None
    messages = official(encode_workout(RUN, NOW))
    (file_id,) = messages["file_id_mesgs"]
    assert (file_id["type"], file_id["manufacturer"]) == ("workout", "development")
    assert file_id["serial_number"] > 0
    assert file_id["time_created"] == NOW
    (workout,) = messages["workout_mesgs"]
    assert (workout["sport"], workout["num_valid_steps"], workout["wkt_name"]) == (
        "running",
        3,
        "6x walk/run",
    )


def test_walk_run_repeats_point_back_to_their_first_step() -> None:
    assert RUN is not None
    walk, run, again = official(encode_workout(RUN, NOW))["workout_step_mesgs"]
    assert (walk["wkt_step_name"], walk["duration_type"], walk["duration_time"]) == ("Walk", "time", 180)
    assert (run["wkt_step_name"], run["duration_time"], run["intensity"]) == ("Run", 120, "active")
    assert walk["target_type"] == run["target_type"] == "open"
    assert (again["duration_type"], again["duration_step"], again["repeat_steps"]) == (
        "repeat_until_steps_cmplt",
        0,
        6,
    )
    assert [s["message_index"] for s in (walk, run, again)] == [0, 1, 2]


def test_strength_steps_name_the_exercise_that_the_watch_knows() -> None:
    assert LIFT is not None
    messages = official(encode_workout(LIFT, NOW))
    (workout,) = messages["workout_mesgs"]
    assert (workout["sport"], workout["sub_sport"]) == ("training", "strength_training")
    steps = messages["workout_step_mesgs"]
    assert workout["num_valid_steps"] == len(steps)
    named = [s for s in steps if s.get("exercise_category") is not None]
    assert len(named) == len(exercises())
    for step, exercise in zip(named, exercises().values(), strict=True):
        assert step["exercise_category"] == exercise.watch[0]
        assert step["exercise_name"] == _number(exercise.watch)
        if exercise.weighed:
            assert (step["exercise_weight"], step["weight_display_unit"]) == (62.5, "kilogram")
        else:
            assert step.get("exercise_weight") is None
    for index, step in enumerate(steps):
        if step["duration_type"] == "repeat_until_steps_cmplt":
            assert step["duration_step"] < index
            assert step["repeat_steps"] == 3


def test_a_watch_in_pounds_shows_pounds() -> None:
    assert LIFT is not None
    decoder = Decoder(Stream.from_byte_array(bytearray(encode_workout(LIFT, NOW, "lb"))))
    units = {s.get("weight_display_unit") for s in decoder.read()[0]["workout_step_mesgs"]}
    assert units == {None, "pound"}


def _number(watch: tuple[str, str]) -> int:
    from garmin_fit_sdk import Profile

    names = Profile["types"][f"{watch[0]}_exercise_name"]
    return next(int(key) for key, name in names.items() if name == watch[1])


def test_names_and_notes_fit_small_displays() -> None:
    assert LIFT is not None
    for step in official(encode_workout(LIFT, NOW))["workout_step_mesgs"]:
        assert len(step.get("wkt_step_name", "")) <= NAME_LENGTH
        assert len(step.get("notes", "")) <= NOTE_LENGTH
        assert step.get("wkt_step_name", "").isascii()


@pytest.mark.parametrize("workout", [RUN, LIFT], ids=["run", "strength"])
def test_our_own_reader_agrees_with_the_official_one(workout: Workout) -> None:
    data = encode_workout(workout, NOW)
    assert other_kind(data) == "workout"
    table = decode(data)["workout_step"].to_polars()
    steps = official(data)["workout_step_mesgs"]
    assert table["message_index"].to_list() == [s["message_index"] for s in steps]
    assert table["wkt_step_name"].to_list() == [s.get("wkt_step_name") for s in steps]
    assert table["duration_time"].to_list() == [s.get("duration_time") for s in steps]
    assert table["repeat_steps"].to_list() == [s.get("repeat_steps") for s in steps]


def test_a_distance_is_metres_and_the_same_workout_is_the_same_file() -> None:
    far = Workout("Run", "running", (WorkoutStep("Run", "distance", 5000.0),))
    (step,) = official(encode_workout(far, NOW))["workout_step_mesgs"]
    assert (step["duration_type"], step["duration_distance"]) == ("distance", 5000)
    assert encode_workout(far, NOW) == encode_workout(far, NOW)


def test_names_are_cut_at_a_word_and_kept_plain() -> None:
    assert short("6 × (3 min walk)", 20) == "6 x (3 min walk)"
    assert short("Unbelievablylongword", 10) == "Unbelievab"
    assert short("Štěpán", 10) == "Stepan"
