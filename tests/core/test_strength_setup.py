"""What a runner says of strength work, and who may enter a one-sided exercise."""

from __future__ import annotations

import json

import pytest

from evengait.core.errors import NotAllowed, UsageError
from evengait.core.exercise import EQUIPMENT
from evengait.core.strength_setup import OneSided, StrengthSetup, kit_of, weekday_of


@pytest.mark.parametrize("role", ["runner", "coach", "library", "creator"])
def test_only_a_clinician_enters_a_one_sided_exercise(role: str) -> None:
    with pytest.raises(NotAllowed, match="clinician"):
        OneSided("side_plank", "left", 3, 6, entered_by=role)
    with pytest.raises(NotAllowed):
        StrengthSetup.of({"one_sided": [{"exercise": "side_plank", "side": "left", "sets": 3, "reps": 6}]})
    assert OneSided("side_plank", "left", 3, 6, entered_by="clinician").sets == 3


def test_a_setup_survives_json() -> None:
    entry = OneSided("side_plank", "left", 3, 6, hold_s=10, entered_by="clinician")
    setup = StrengthSetup(kit_of(["gym"]), "knee", ("carry",), (0, 3), (2, 5), 2, True, 3.0, "lb", (entry,))
    assert StrengthSetup.of(json.loads(json.dumps(setup.document()))) == setup
    assert StrengthSetup.of({}) == StrengthSetup()


@pytest.mark.parametrize(
    "inputs",
    [{"site": "tail"}, {"weights": "stone"}, {"sessions_a_week": 4}, {"equipment": ["rocks"]}],
)
def test_a_word_that_is_not_known_is_a_sentence(inputs: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        StrengthSetup.of(inputs)


def test_a_gym_has_everything_and_nothing_is_nothing() -> None:
    assert kit_of(["gym"]) == frozenset(EQUIPMENT)
    assert kit_of(["none"]) == frozenset()


def test_a_weekday_is_known_by_its_first_letters() -> None:
    assert [weekday_of(w) for w in ("mon", "Tu", "sunday")] == [0, 1, 6]
    for word in ("t", "", "someday"):
        with pytest.raises(UsageError, match="Weekdays"):
            weekday_of(word)


def test_a_one_sided_exercise_names_a_side_and_a_set() -> None:
    with pytest.raises(UsageError, match="left or right"):
        OneSided("side_plank", "both", 3, 6, entered_by="clinician")
    with pytest.raises(UsageError, match="at least one"):
        OneSided("side_plank", "left", 0, 6, entered_by="clinician")
