"""Words for a day of a plan: short, plain, nothing of pain."""

from __future__ import annotations

from datetime import date

from evengait.core.plan import ExerciseDose, PlanDay, RunDose, StrengthDose
from evengait.core.training_words import day_words, load_words, minutes_of

DAY = date(2026, 11, 30)
SQUAT = ExerciseDose("goblet_squat", 3, (10, 12), 4, 20.0, name="Goblet squat", load="dumbbell", rest_s=120)


def test_a_strength_day_is_a_line_an_exercise() -> None:
    plank = ExerciseDose("side_plank", 3, (6, 6), hold_s=10, each_side=True, name="Side plank", role="trunk")
    day = PlanDay(DAY, "strength", "It hurt.", StrengthDose((SQUAT, plank)))
    assert day_words(day) == [
        "Goblet squat 3 × 10–12, 20\N{NO-BREAK SPACE}kg, 4 in reserve",
        "Side plank 3 × 6 × 10 s each side",
    ]


def test_a_run_is_one_line_and_a_rest_none() -> None:
    assert day_words(PlanDay(DAY, "run", "", RunDose(1, 0, 1800))) == ["Run 30\N{NO-BREAK SPACE}min"]
    assert day_words(PlanDay(DAY, "run", "", RunDose(distance_m=8046.72)), "mi") == [
        "Run up to 5.0\N{NO-BREAK SPACE}mi"
    ]
    assert day_words(PlanDay(DAY, "rest", "")) == []


def test_a_load_is_never_made_up() -> None:
    later = ExerciseDose("goblet_squat", 3, (8, 8), 3, load="dumbbell", change="later")
    assert load_words(later, "kg") == "from your log"
    assert load_words(ExerciseDose("band_squat", 3, (8, 8), 3, load="band"), "kg") == "band"
    pair = ExerciseDose("carry", 3, load_kg=40.0, hold_s=30, load="dumbbell_pair")
    assert load_words(pair, "lb") == "88\N{NO-BREAK SPACE}lb together"


def test_how_long_it_takes_is_known_or_not() -> None:
    assert minutes_of(PlanDay(DAY, "run", "", RunDose(6, 180, 125))) == 31
    assert minutes_of(PlanDay(DAY, "run", "", RunDose(distance_m=5000.0))) is None
    assert minutes_of(PlanDay(DAY, "strength", "", StrengthDose((SQUAT,)))) == 15
