"""What no plan may ever do, over made-up runners of every kind and over nonsense."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import HILLY, RULES, WEEK, Story, day

from evengait.actions.simulate_return import Watch, simulate_return
from evengait.core.plan import RunDose
from evengait.knowledge.strength_book import strength_block
from evengait.simulation.returning import KINDS

values = st.none() | st.integers(0, 10).map(float)
signs = st.sampled_from([None, None, None, None, False, True])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_made_up_runner_sees_a_promise_broken(kind: str) -> None:
    for seed in range(2):
        lived = simulate_return(RULES, seed, kind, days=150)
        assert lived.broken == []


def test_who_has_no_setback_gets_back_to_the_former_week() -> None:
    for seed in range(6):
        lived = simulate_return(RULES, seed, "steady")
        assert lived.weeks is not None
        assert {d.decision for d in lived.decisions} == {"advance", "hold"}


def test_who_is_never_cleared_never_runs() -> None:
    lived = simulate_return(RULES, 1, "never cleared", days=120)
    assert set(lived.states) == {"blocked"}


def test_who_says_nothing_is_never_led_on() -> None:
    lived = simulate_return(RULES, 1, "silent", days=120)
    assert not [d for d in lived.decisions if d.decision == "advance"]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw three weeks of anything."""
    story = Story(draw(st.sampled_from(sorted(RULES.profiles))), draw(st.sampled_from([None, WEEK, HILLY])))
    if draw(st.booleans()):
        story.ready()
    if draw(st.booleans()):
        story.climbed()
    for n in range(22, 22 + draw(st.integers(1, 21))):
        if draw(st.booleans()):
            known = st.none() | st.floats(0, 60)
            story.run(n, km=draw(st.floats(0.1, 40)), during=draw(values), morning=draw(values),
                      ascent=draw(known), fast=draw(known))  # fmt: skip
        if draw(st.booleans()):
            said = {
                "limp": draw(signs), "bone_pain": draw(signs), "numb_or_weak": draw(signs), "illness": draw(signs),
                "pain_night_nprs": draw(values), "pain_daily_nprs": draw(values),
            }  # fmt: skip
            story.told(n, **{name: value for name, value in said.items() if value is not None})
        if draw(st.integers(0, 9)) == 0:
            story.screen(n, draw(st.sampled_from(["stop", "restrict", "continue"])))
        if draw(st.integers(0, 9)) == 0:
            story.word(n, "clinician", "clinician")
    return story


@settings(max_examples=60)
@given(stories(), st.integers(0, 50))
def test_whatever_happens_every_promise_holds(story: Story, n: int) -> None:
    now, decisions = story.until(n)
    planned = story.days(n)
    assert [d.date for d in planned] == [day(n) + timedelta(days=k) for k in range(14)]
    assert Watch(strength_block()).look(story.log, now, planned) == []
    for decision in decisions:
        assert decision.because
        assert decision.version == RULES.version
        assert RULES.rules[decision.rule].decision == decision.decision


@settings(max_examples=40)
@given(stories(), st.integers(22, 42), st.sampled_from(["pain_during_nprs", "limp", "pain_after_nprs"]))
def test_nothing_harder_follows_pain_above_the_profile(story: Story, n: int, sign: str) -> None:
    if story.until(n - 1)[0].state != "running":
        return
    before = {(d.stage, _size(d.dose)) for d in story.days(n - 1) if d.kind == "run"}
    story.run(n, km=3.0)
    story.told(n, **{sign: True if sign == "limp" else 9.0}, bone_pain=False)
    for later in range(n, n + 3):
        for planned in story.days(later):
            if planned.kind == "run" and before:
                assert _size(planned.dose) <= max(size for _, size in before) + 1e-6
                assert (planned.stage or "") <= max(stage or "" for stage, _ in before)


def _size(dose: object) -> float:
    """Metres, or seconds of running as metres at an easy pace."""
    assert isinstance(dose, RunDose)
    return dose.distance_m if dose.distance_m is not None else dose.running_s * 2.7
