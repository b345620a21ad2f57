"""The order of what comes back, and how much of it; the days on which it falls."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from made import HILLY, RULES, WEEK, Story, day

from evengait.analysis.progression.position import (
    Position,
    all_back,
    climb_rate,
    fast_week_m,
    first_position,
    next_step,
    sessions_needed,
    week_doses,
)
from evengait.core.plan import RunDose

S6 = Position("S6", 4, 10_000.0)


def step(
    at: Position, *, former: object = HILLY, share: float = 0.0, longest: float = 10_000.0, free: bool = True
) -> tuple[str, Position] | None:
    found = next_step(RULES, at, former, share=share, longest_run_m=longest, free=free)  # type: ignore[arg-type]
    return (found.variable, found.to) if found else None


def test_the_ladder_goes_up_stage_by_stage() -> None:
    at, seen = first_position(RULES), ["S1"]
    while at.on_ladder and at.stage != "S5":
        at = step(at)[1]  # type: ignore[index]
        seen.append(at.stage)
    assert seen == ["S1", "S2", "S3", "S4", "S5"]


def test_after_the_ladder_the_longest_run_really_run_is_the_base() -> None:
    assert step(Position("S5"), longest=5_200.0) == ("distance", Position("S6", 4, pytest.approx(5_720.0)))  # type: ignore[arg-type]
    assert step(Position("S5"), former=None, longest=5_000.0) == (
        "distance",
        Position("S6", 4, pytest.approx(5_500.0)),
    )  # type: ignore[arg-type]


def test_runs_come_before_distance_distance_before_hills_hills_before_speed() -> None:
    five = replace(HILLY, runs_m=(*HILLY.runs_m, 5_000.0))
    assert step(S6, former=five) == ("runs", replace(S6, runs_a_week=5))
    assert step(S6) == ("distance", replace(S6, longest_m=pytest.approx(11_000.0)))
    hills = replace(S6, stage="S7", hills=1)
    assert step(S6, share=0.6) == ("hills", hills)
    assert step(S6, share=0.9) == ("hills", hills), "speed never comes before hills"
    both = replace(S6, stage="S7", hills=2)
    assert step(hills, share=0.7) == ("hills", both)
    assert step(both, share=0.7) == ("distance", replace(both, longest_m=pytest.approx(11_000.0)))
    assert step(both, share=0.8) == ("speed", replace(both, stage="S8", speed=1))


def test_restricted_or_unknown_weeks_get_no_hills_and_no_speed() -> None:
    assert step(S6, share=0.9, free=False) == ("distance", replace(S6, longest_m=pytest.approx(11_000.0)))
    assert step(S6, share=0.9, former=None) == ("distance", replace(S6, longest_m=pytest.approx(11_000.0)))


def test_distance_grows_from_what_was_run_and_ends_at_the_former_longest() -> None:
    assert step(S6, longest=9_700.0) == ("distance", replace(S6, longest_m=pytest.approx(10_670.0)))
    assert step(replace(S6, longest_m=15_500.0), longest=15_500.0) == (
        "distance",
        replace(S6, longest_m=16_000.0),
    )
    assert step(replace(S6, longest_m=16_000.0)) is None


def test_who_ran_flat_needs_no_hills_and_who_ran_slowly_no_speed() -> None:
    done = Position("S6", 4, 16_000.0)
    assert all_back(RULES, done, WEEK)
    assert not all_back(RULES, done, HILLY)
    assert all_back(RULES, replace(done, hills=2, speed=2), HILLY)
    assert not all_back(RULES, Position("S5"), WEEK)


def test_a_weeks_runs_are_the_former_ones_cut_to_the_longest_that_is_back() -> None:
    assert week_doses(S6, WEEK) == (10_000.0, 10_000.0, 8_000.0, 6_000.0)
    assert week_doses(Position("S6", 2, 7_000.0), None) == (7_000.0, 7_000.0)


def test_bounds_of_climb_and_speed_follow_the_steps() -> None:
    assert climb_rate(RULES, S6, HILLY) == 10.0
    assert climb_rate(RULES, replace(S6, hills=1), HILLY) == 15.0
    assert climb_rate(RULES, S6, None) == RULES.build.flat_m_per_km
    assert fast_week_m(RULES, S6, HILLY) == 0
    assert fast_week_m(RULES, replace(S6, speed=1), HILLY) == 2_000.0


def test_runs_needed_for_the_next_step() -> None:
    soft, bone = RULES.profiles["unspecified"], RULES.profiles["bone_low"]
    assert [sessions_needed(RULES, Position(s), soft) for s in ("S1", "S5")] == [2, 3]
    assert sessions_needed(RULES, Position("S1"), bone) == 3
    assert sessions_needed(RULES, Position("S6", 6, 1.0), soft) == 4


def dose(planned: object) -> RunDose:
    found = planned.dose  # type: ignore[attr-defined]
    assert isinstance(found, RunDose)
    return found


def test_runs_after_the_ladder_fall_around_the_usual_long_day_within_the_weeks_budget() -> None:
    story = Story().climbed()
    runs = [d for d in story.days(21) if d.kind == "run"]
    assert any(d.date.weekday() == 6 for d in runs)
    at = story.until(21)[0].at
    assert at is not None
    for first in runs:
        week = [d for d in runs if 0 <= (d.date - first.date).days < 7]
        assert len(week) <= at.runs_a_week
        assert sum(dose(d).distance_m or 0 for d in week) <= sum(week_doses(at, WEEK))
    assert all((b.date - a.date).days >= 1 for a, b in pairwise(runs))
    assert all(dose(d).fast_m == 0 for d in runs)


def test_an_extra_run_is_taken_out_of_the_weeks_budget() -> None:
    before = Story().climbed()
    whole = sum(dose(d).distance_m or 0 for d in before.days(21)[:7] if d.kind == "run")
    after = Story().climbed().run(21, km=5.0).run(22, km=5.0)
    left = sum(dose(d).distance_m or 0 for d in after.days(22)[:6] if d.kind == "run")
    assert left <= whole - 5_000


def test_no_run_is_planned_while_ill() -> None:
    story = Story().ready().told(0, illness=True)
    assert next(d.date for d in story.days(0) if d.kind == "run") == day(2)
    assert "ill" in story.days(0)[0].why
    story.told(1, illness=False)
    assert story.days(1)[0].kind == "run"


def test_the_week_begins_where_a_holiday_left_it_but_lower() -> None:
    story = Story().climbed()
    high = max(dose(d).distance_m or 0 for d in story.days(21) if d.kind == "run")
    later = [d for d in story.days(35) if d.kind == "run"]
    assert {d.stage for d in later} == {"S4"}
    assert high > 0
