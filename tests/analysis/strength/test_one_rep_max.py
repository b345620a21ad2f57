"""What a set says of the most one could lift once: worked examples, and when nothing is said."""

from __future__ import annotations

from datetime import date

import pytest

from evengait.analysis.strength.one_rep_max import brzycki, epley, factor, one_rep_max
from evengait.core.strength import StrengthSet
from evengait.knowledge.strength_book import strength_block

DAY = date(2026, 11, 24)
RULES = strength_block().progress


def one(**more: object) -> StrengthSet:
    return StrengthSet(DAY, "barbell_squat", 1, **more)  # type: ignore[arg-type]


def test_the_formulas_as_published() -> None:
    assert epley(10) == pytest.approx(4 / 3)
    assert brzycki(10) == pytest.approx(4 / 3)
    assert epley(5) == pytest.approx(1.1667, abs=1e-4)
    assert brzycki(5) == pytest.approx(1.125)


def test_eight_repetitions_with_two_in_reserve_count_as_ten() -> None:
    assert one_rep_max([one(reps=8, load_kg=60.0, rir=2)], RULES) == pytest.approx(80.0)


def test_below_ten_it_is_the_mean_of_both_formulas() -> None:
    got = one_rep_max([one(reps=4, load_kg=100.0, rir=1)], RULES)
    assert got == pytest.approx(100 * (epley(5) + brzycki(5)) / 2)


def test_above_twelve_the_formula_that_promises_less_is_taken() -> None:
    assert factor(12, 4, RULES) == pytest.approx(epley(16))
    assert epley(16) < brzycki(16)


@pytest.mark.parametrize(
    "told",
    [
        {"reps": 8, "load_kg": 60.0},  # the reserve was not told
        {"reps": 8, "rir": 2},  # no load
        {"reps": 12, "load_kg": 60.0, "rir": 4},  # sixteen: the formulas part
        {"reps": 3, "load_kg": 60.0, "rir": 7},  # people misjudge a large reserve
        {"reps": 8, "load_kg": 60.0, "rir": 2, "kind": "warm_up"},
        {"hold_s": 30, "load_kg": 60.0},
    ],
)
def test_what_does_not_tell_is_unknown_with_a_reason(told: dict[str, object]) -> None:
    got = one_rep_max([one(**told)], RULES)
    assert not got
    assert "no set" in got.reason  # type: ignore[union-attr]


def test_a_set_to_failure_has_no_reserve() -> None:
    assert one_rep_max([one(reps=10, load_kg=60.0, kind="failure")], RULES) == pytest.approx(80.0)


def test_the_median_set_speaks() -> None:
    sets = [one(reps=8, load_kg=load, rir=2) for load in (57.0, 60.0, 90.0)]
    assert one_rep_max(sets, RULES) == pytest.approx(80.0)
