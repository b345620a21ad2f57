"""One set of a strength exercise: what it may hold, and what stays unknown."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, time

import pytest

from evengait.core.columns import table
from evengait.core.errors import TableError
from evengait.core.strength import StrengthSet

SET = StrengthSet(date(2026, 11, 24), "barbell_squat", 1, reps=8, load_kg=60.0, rir=3)


def test_the_dataclass_and_the_table_have_the_same_columns() -> None:
    assert [f.name for f in fields(StrengthSet)] == list(table("strength_sets"))


def test_what_was_not_asked_stays_unknown() -> None:
    bare = StrengthSet(date(2026, 11, 24), "bird_dog", 1, hold_s=10)
    assert (bare.reps, bare.load_kg, bare.rir, bare.pain_nprs, bare.side) == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reps", -1), ("load_kg", -2.5), ("load_kg", 900), ("load_kg", float("nan")), ("rir", 11), ("pain_nprs", 10.5),
        ("hold_s", -1), ("set_number", 777), ("side", "middle"), ("kind", "heavy"), ("exercise", "  "),
    ],
)  # fmt: skip
def test_a_value_outside_its_column_is_refused_without_being_told(column: str, value: object) -> None:
    with pytest.raises(TableError) as error:
        replace(SET, **{column: value})
    assert error.value.column == column
    assert str(value) not in str(error.value)


def test_a_set_without_repetitions_or_a_hold_is_refused() -> None:
    with pytest.raises(TableError, match="repetitions or seconds"):
        StrengthSet(date(2026, 11, 24), "barbell_squat", 1)


def test_two_workouts_of_one_day_are_not_the_same_set() -> None:
    assert replace(SET, started=time(7, 30)).key != replace(SET, started=time(18, 0)).key
    assert replace(SET, reps=9).key == SET.key
