"""When pain is more than usual: the rules are data with sources, and hold at their bounds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.core.pain_now import pain_now
from evengait.knowledge import evidence
from evengait.knowledge.pain_now import pain_rules

TODAY = date(2026, 11, 26)
RULES = pain_rules()


def days(count: int, score: float, first: int = 1) -> dict[date, float]:
    return {TODAY - timedelta(days=first + n): score for n in range(count)}


def test_the_rules_are_dated_with_sources_and_say_whether_a_clinician_has_seen_them() -> None:
    assert RULES.version >= "2026-11-26"
    assert set(RULES.sources) <= set(evidence())
    assert RULES.status in {"draft", "reviewed"}
    assert bool(RULES.reviewed_by) == (RULES.status == "reviewed")
    assert 0 < RULES.now_days <= RULES.fewest_days < RULES.usual_days


@pytest.mark.parametrize(
    ("score", "word"), [(2.0, "usual"), (3.5, "usual"), (4.0, "more"), (0.5, "usual"), (0.0, "less")]
)
def test_two_points_are_more_or_less_and_a_hair_less_is_not(score: float, word: str) -> None:
    found = pain_now(days(RULES.fewest_days, 2.0) | {TODAY: score}, TODAY, RULES)
    assert (found.word, found.score, found.usual, found.on) == (word, score, 2.0, TODAY)


def test_too_few_days_or_old_ones_cannot_be_told() -> None:
    few = pain_now(days(RULES.fewest_days - 1, 2.0) | {TODAY: 9.0}, TODAY, RULES)
    assert (few.word, few.score, few.usual) == ("unknown", 9.0, None)
    assert few.because == f"it was told on {RULES.fewest_days - 1} of the {RULES.usual_days} days before"
    old = pain_now(days(10, 9.0, first=RULES.now_days), TODAY, RULES)
    assert (old.word, old.score) == ("unknown", None)
    assert pain_now(days(10, 9.0, first=RULES.now_days - 1), TODAY, RULES).word == "usual"


@given(st.dictionaries(st.integers(-5, 40), st.floats(0, 10), max_size=30))
def test_what_is_told_is_always_one_of_four_and_never_of_tomorrow(told: dict[int, float]) -> None:
    worst = {TODAY - timedelta(days=back): score for back, score in told.items()}
    found = pain_now(worst, TODAY, RULES)
    assert found.word in {"more", "less", "usual", "unknown"}
    assert found.on is None or found.on <= TODAY
    assert (found.usual is None) == (found.word == "unknown")
    assert bool(found.because) == (found.word == "unknown")
