"""What a runner agreed on in a case holds the plan back, as a decision in words, until it is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import RULES, Story, day
from test_plan_properties import stories

from evengait.actions.simulate_return import Watch
from evengait.core.errors import UsageError
from evengait.core.plan import RunDose
from evengait.core.plan_change import CHANGES, PlanChange
from evengait.knowledge.plan_change_book import change_book
from evengait.knowledge.strength_book import strength_block


def test_a_step_that_is_held_waits_and_goes_on_when_it_is_taken_back() -> None:
    story = Story().ready().run(0, 6).run(2, 6).agree("hold", 1, 9)
    now, decisions = story.until(3)
    assert (story.stage(3), now.good) == ("S1", 2)
    last = decisions[-1]
    assert (last.rule, last.decision, last.before, last.after) == ("agreed-hold", "hold", "S1", "S1")
    assert last.version == change_book().version
    assert "up to 25 November 2026" in last.because[0]
    held = [one for one in story.days(3) if one.kind == "run"]
    assert held[0].why == "You agreed to stay here up to 25 November 2026."
    assert not held[0].provisional
    assert held[-1].why != held[0].why, "after its last day the plan's own words are back"
    story.log.changes.clear()
    assert story.stage(3) == "S2"


def test_a_step_back_is_taken_once_and_never_below_the_first() -> None:
    story = Story().ready().run(0, 6).run(2, 6)
    assert story.stage(3) == "S2"
    story.agree("back", 4)
    assert story.stage(4) == story.stage(9) == "S1"
    decision = story.until(4)[1][-1]
    assert (decision.rule, decision.decision, decision.before, decision.after) == (
        "agreed-back", "regress", "S2", "S1",
    )  # fmt: skip
    assert Story().ready().run(0, 6).agree("back", 1).stage(2) == "S1"


def test_days_without_a_run_hold_none_and_a_run_on_them_does_not_count() -> None:
    story = Story().ready().run(0, 6).agree("rest", 1, 6)
    planned = {one.date: one for one in story.days(1)}
    for n in range(1, 7):
        assert planned[day(n)].kind == "rest"
        assert planned[day(n)].why == "No run up to 22 November 2026, as you agreed."
    assert planned[day(7)].kind == "run"
    assert story.until(1)[1][-1].rule in {"agreed-rest", "hold-good"}
    assert "agreed-rest" in story.rules(1)
    assert story.run(3, 6).until(4)[1][-1].rule == "hold-extra"


def test_no_run_goes_beyond_the_distance_and_a_longer_one_does_not_count() -> None:
    story = Story().ready().agree("cap", 0, km=2.0)
    run = next(one for one in story.days(0) if one.kind == "run")
    assert run.title == "6 × (walk 4 min, run 1 min)"
    assert run.why.endswith("At most 2.0\xa0km, as you agreed.")
    assert story.run(0, 6, km=2.4).until(1)[1][-1].rule == "hold-more"
    week = Story().climbed().agree("cap", 24, 40, km=4.0)
    assert max(one.dose.distance_m for one in week.days(24) if isinstance(one.dose, RunDose)) == 4000.0
    week.run(24, km=4.0)
    assert week.until(25)[1][-1].rule == "agreed-cap"


def test_what_stops_running_goes_before_what_was_agreed_on() -> None:
    story = Story().ready().run(0, 6).agree("hold", 0).agree("cap", 0, km=5).screen(2, "stop", "a rule")
    now, _ = story.until(2)
    assert now.state == "blocked"
    assert {one.kind for one in story.days(2)} == {"rest"}


def test_a_change_that_lacks_what_it_needs_is_refused() -> None:
    for kind in ("rest", "cap", "faster"):
        with pytest.raises(UsageError):
            PlanChange(kind, date(2026, 11, 26))


changed = st.builds(
    lambda kind, first, more, km: (kind, first, first + more, km),
    st.sampled_from(CHANGES), st.integers(0, 40), st.integers(0, 20), st.floats(1.0, 12.0),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(stories(), st.lists(changed, max_size=4), st.integers(0, 50))
def test_whatever_is_agreed_on_every_promise_holds_and_nothing_gets_harder(
    story: Story, agreed: list[tuple[str, int, int, float]], n: int
) -> None:
    alone = story.until(n)[0]
    for kind, first, last, km in agreed:
        story.agree(kind, first, last, km)
    now, decisions = story.until(n)
    planned = story.days(n)
    assert Watch(strength_block()).look(story.log, now, planned) == []
    assert len(now.path) <= max(1, len(alone.path)) or now.state != alone.state
    for one in planned:
        if one.kind != "run":
            continue
        assert story.log.agreed("rest", one.date) is None
        cap = story.log.agreed("cap", one.date)
        if cap is not None and isinstance(one.dose, RunDose) and one.dose.distance_m is not None:
            assert one.dose.distance_m <= (cap.distance_m or 0.0)
    assert {d.version for d in decisions} <= {RULES.version, change_book().version}
    assert all((one.date - day(0)) >= timedelta(0) for one in planned)
