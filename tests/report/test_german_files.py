"""What leaves the desk as a file speaks German where its runner does: calendars, and workouts for the watch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from evengait.actions.design_trial import design_trial
from evengait.core.language import speaking
from evengait.core.plan import ExerciseDose, PlanDay, RunDose, StrengthDose
from evengait.core.workout import Repeat, WorkoutStep, workout_of
from evengait.ingest.fit.encode_workout import NAME_LENGTH, short
from evengait.report.calendar_file import calendar_file
from evengait.report.trial_calendar import trial_calendar

DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
SQUAT = ExerciseDose(
    "goblet_squat", 3, (10, 12), 4, 20.0, name="Goblet-Kniebeuge", load="dumbbell", rest_s=120, each_side=True
)
DAYS = (
    PlanDay(DAY, "run", "", RunDose(6, 180, 120), "S2"),
    PlanDay(DAY + timedelta(days=2), "walk", "", RunDose(2, 900, 0)),
    PlanDay(DAY + timedelta(days=4), "strength", "", StrengthDose((SQUAT,), 2, 1)),
)


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def steps(day: PlanDay) -> list[WorkoutStep]:
    workout = workout_of(day)
    assert workout is not None
    return [one for step in workout.steps for one in (step.steps if isinstance(step, Repeat) else (step,))]


def test_a_plan_as_a_calendar() -> None:
    with speaking("de"):
        run, walk, lift = events(calendar_file(DAYS, "0f9c", today=DAY, stamp=NOW))
    assert [str(one["summary"]) for one in (run, walk, lift)] == ["Lauf", "Gehen", "Kraft"]
    assert str(run["description"]) == "6 × (3 min gehen, 2 min laufen)"
    assert str(walk["description"]) == "2 × (15 min gehen)"
    assert str(lift["description"]) == "Goblet-Kniebeuge 3 × 10–12 je Seite, 20 kg, 4 in Reserve"


@pytest.mark.parametrize(
    ("treatment", "said"),
    [("si_belt", "ISG-Gurt"), ("new shoes", "Schuhwechsel"), ("it", "Maßnahme"), ("Kinesio", "Kinesio")],
)
def test_a_trial_as_a_calendar_needs_no_article(treatment: str, said: str) -> None:
    with speaking("de"):
        schedule, _ = design_trial(treatment, "aid", DAY, seed=4)
        found = events(trial_calendar(schedule, stamp=NOW))
    assert {str(one["summary"]) for one in found} == {"Versuch: mit", "Versuch: ohne", "Versuch: Vorlauf"}
    wanted = {
        "Versuch: mit": f"Mit {said}. Schreib den Schmerz des Tages auf",
        "Versuch: ohne": f"Ohne {said}. Schreib den Schmerz des Tages auf",
        "Versuch: Vorlauf": f"Ohne {said}. Schreib den Schmerz des Tages auf",
    }
    assert all(str(one["description"]).startswith(wanted[str(one["summary"])]) for one in found)


def test_a_workout_for_the_watch_keeps_every_letter() -> None:
    with speaking("de"):
        named = [workout_of(day) for day in DAYS]
        run, walk, lift = map(steps, DAYS)
    assert [one.name for one in named if one] == ["6x gehen/laufen", "2x Gehen", "Kraft 2"]
    assert [one.name for one in run] == ["Gehen", "Lauf"]
    assert [one.name for one in walk] == ["Gehen"]
    assert [one.name for one in lift] == ["Aufwärmen", "Goblet-Kniebeuge", "Pause"]
    assert short(lift[0].name, NAME_LENGTH) == "Aufwaermen"
    assert short("Füße, größer, Übung", NAME_LENGTH) == "Fuesse"
    assert lift[1].notes == "10-12 Wdh., 4 in Reserve, je Seite"
