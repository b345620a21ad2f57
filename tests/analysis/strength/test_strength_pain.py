"""Pain raises nothing, holds or cuts; what was not told holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifter import MONDAY, diary, usual

from evengait.analysis.strength.pain import pain_after, pain_says
from evengait.knowledge.strength_book import strength_block

RULE = strength_block().pain
SCALE = st.one_of(st.none(), st.floats(0, 10))


@pytest.mark.parametrize(
    ("during", "morning", "usual_morning", "allows", "pct"),
    [
        (0, 0, None, "raise", 0),
        (2, 1, 1, "raise", 0),
        (2, 2, 1, "hold", 0),
        (2, 3, 1, "cut", 10),
        (2, 4, 1, "cut", 20),
        (3, 0, 0, "cut", 10),
        (5, 0, 0, "cut", 20),
        (None, 0, 0, "hold", 0),
        (0, None, 0, "hold", 0),
        (0, 1, None, "hold", 0),
        (None, 3, 1, "cut", 10),
        (3, None, None, "cut", 10),
    ],
)
def test_each_boundary(
    during: float | None, morning: float | None, usual_morning: float | None, allows: str, pct: float
) -> None:
    got = pain_says(RULE, during, morning, usual_morning, 2.0)
    assert (got.allows, got.cut_pct) == (allows, pct)
    assert bool(got.because) == (allows != "raise")


@given(during=SCALE, morning=SCALE, usual_morning=SCALE, limit=st.floats(0, 10))
def test_pain_above_the_limit_or_a_worse_morning_never_lets_a_load_rise(
    during: float | None, morning: float | None, usual_morning: float | None, limit: float
) -> None:
    got = pain_says(RULE, during, morning, usual_morning, limit)
    if (during or 0) > limit or during is None or morning is None:
        assert got.allows != "raise"
    if morning and usual_morning is not None and morning - usual_morning >= RULE.hold_rise:
        assert got.allows != "raise"


def test_the_usual_morning_needs_two_mornings() -> None:
    told = usual(MONDAY, 1.0, days=1) | diary(MONDAY, morning=1.0)
    assert "too few mornings" in pain_after(RULE, told, MONDAY, 0.0, 2.0).because
    told |= usual(MONDAY, 1.0, days=2)
    assert pain_after(RULE, told, MONDAY, 0.0, 2.0).allows == "raise"


def test_the_morning_of_the_session_itself_is_not_the_morning_after() -> None:
    told = usual(MONDAY, 0.0) | diary(MONDAY - timedelta(days=1), morning=6.0)
    assert (
        pain_after(RULE, told, MONDAY, 0.0, 2.0).because == "Pain on the morning after is not written down."
    )
