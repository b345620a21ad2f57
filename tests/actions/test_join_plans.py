"""Running and strength in one calendar: kept apart, held back together, each alone where the other does not run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from evengait.core.errors import UsageError
from evengait.core.intake import read_intake
from evengait.core.intake_record import IntakeRecord
from evengait.core.plan_record import Passed
from evengait.core.strength_setup import StrengthSetup, kit_of

if TYPE_CHECKING:
    from pathlib import Path

    from evengait.actions.join_plans import Whole
    from evengait.core.runner import RunnerProfile

TODAY = date(2026, 11, 26)
SETUP = StrengthSetup(kit_of(["gym"]), "knee")
CALM = {
    "site": "knee",
    "side": "left",
    "onset": {"date": "2026-11-08", "mode": "gradual"},
    "pain": {"running": 3},
}
STOP = {"findings": {"saddle_numbness": True}}


@pytest.fixture
def runner(records_home: Path) -> RunnerProfile:
    from evengait.storage.records.runners import runner_named

    return runner_named(records_home, "me")


def begin(runner: RunnerProfile, intake: dict[str, object] | None, *, lifting: bool = True) -> None:
    from evengait.actions.begin_plan import PlanWish, begin_plan

    told = None if intake is None else read_intake(intake).intake
    wish = PlanWish(site="knee", side="left", onset=date(2026, 11, 8), intake=told, strength=lifting)
    begin_plan(runner.id, wish, today=TODAY)


def strength(runner: RunnerProfile) -> None:
    from evengait.actions.start_strength import start_strength

    start_strength(runner.id, SETUP, on=TODAY)


def whole(runner: RunnerProfile) -> Whole:
    from evengait.actions.join_plans import whole_plan
    from evengait.storage.archive import Archive

    return whole_plan(runner, Archive("nowhere"), today=TODAY)


def test_nothing_runs_is_a_sentence(runner: RunnerProfile) -> None:
    with pytest.raises(UsageError, match="No plan runs yet"):
        whole(runner)


def test_strength_alone_is_a_plan_without_a_progression(runner: RunnerProfile) -> None:
    strength(runner)
    got = whole(runner)
    assert (got.plan.progression, got.plan.state, len(got.plan.days)) == ("", "returned", 12)
    assert got.to_json()["strength"]["total"] == 12


def test_running_alone_has_no_strength(runner: RunnerProfile) -> None:
    begin(runner, CALM, lifting=False)
    got = whole(runner)
    assert got.strength is None
    assert got.to_json()["strength"] is None
    assert got.to_json()["state"] == "preparing"


def test_both_stand_in_one_calendar_and_a_rest_gives_way(runner: RunnerProfile) -> None:
    from evengait.actions.begin_plan import pass_plan_gate

    begin(runner, CALM)
    strength(runner)
    for gate in ("daily_activity", "brisk_walk", "impact"):
        pass_plan_gate(runner.id, Passed(gate, TODAY))
    days = whole(runner).plan.days
    assert [d.date for d in days] == sorted(d.date for d in days)
    lifted = {d.date for d in days if d.kind == "strength"}
    assert len(lifted) == 12
    assert not [d for d in days if d.kind == "rest" and d.date in lifted]
    assert [d for d in days if d.kind == "run"]


def test_before_the_questions_are_answered_nothing_heavy_is_planned(runner: RunnerProfile) -> None:
    begin(runner, None)
    strength(runner)
    got = whole(runner)
    assert {d.kind for d in got.plan.days} <= {"rest", "walk"}
    assert got.strength is not None
    assert got.strength.waits
    assert "before the red-flag questions are answered" in got.plan.caveats[-1]


@pytest.mark.parametrize("beside", [True, False])
def test_while_screening_says_stop_nothing_is_planned(runner: RunnerProfile, beside: bool) -> None:
    from evengait.storage.records.intakes import keep_intake

    if beside:
        begin(runner, CALM)
    strength(runner)
    form = read_intake(CALM | STOP).intake
    keep_intake(runner.id, IntakeRecord(form, confirmed_at=datetime.now(UTC)))
    got = whole(runner)
    assert got.plan.state == "blocked"
    assert got.plan.blocked_by
    assert not [d for d in got.plan.days if d.kind in {"run", "strength"}]
    assert any("ask a clinician first" in said for said in got.plan.caveats)


def test_the_pain_profile_of_the_return_is_the_limit_of_the_exercises(
    runner: RunnerProfile, tmp_path: Path
) -> None:
    from evengait.actions.begin_plan import PlanWish, begin_plan, pass_plan_gate
    from evengait.actions.show_strength import write_sheet

    told = read_intake(CALM | {"site": "achilles"}).intake
    begin_plan(runner.id, PlanWish(site="achilles", onset=date(2026, 11, 8), intake=told), today=TODAY)
    strength(runner)
    pass_plan_gate(runner.id, Passed("daily_activity", TODAY))
    got = whole(runner)
    assert got.followed is not None
    limit = got.followed.profile.during_max
    assert limit > 2
    write_sheet(got, tmp_path / "gym.html")
    assert f"more than {limit:g} of 10" in (tmp_path / "gym.html").read_text("utf-8")
    own = replace(SETUP, pain_limit_nprs=1.0)
    from evengait.actions.start_strength import change_strength

    change_strength(runner.id, own)
    write_sheet(whole(runner), tmp_path / "gym.html")
    assert "more than 1 of 10" in (tmp_path / "gym.html").read_text("utf-8")


def test_a_session_that_is_done_today_is_known_as_done(runner: RunnerProfile) -> None:
    from evengait.actions.log_sets import log_sets

    strength(runner)
    assert whole(runner).done == frozenset()
    log_sets(runner.id, "leg_press", [12], day=TODAY, today=TODAY, load_kg=[80.0], rir=[4])
    got = whole(runner)
    assert got.done == {"strength"}
    assert got.plan.days[0].date > TODAY


def test_the_page_of_the_whole_plan_is_written(runner: RunnerProfile, tmp_path: Path) -> None:
    from evengait.actions.write_plan_page import write_plan_page

    strength(runner)
    file = tmp_path / "plan.html"
    write_plan_page(whole(runner).plan, file, units="mi", generated=TODAY + timedelta(days=0))
    assert "Strength block" in file.read_text("utf-8")
    with pytest.raises(UsageError, match="no folder"):
        write_plan_page(whole(runner).plan, tmp_path / "none" / "plan.html", units="km", generated=TODAY)
