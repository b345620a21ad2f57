"""Strength work in the records: begin a block, log sets, take sets in and out, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evengait.core.diary import DiaryEntry
from evengait.core.errors import UsageError
from evengait.core.intake import read_intake
from evengait.core.intake_record import IntakeRecord
from evengait.core.plan import PlanDay, RunDose
from evengait.core.plan_record import PlanRecord
from evengait.core.strength_setup import StrengthSetup, kit_of

if TYPE_CHECKING:
    from uuid import UUID

MONDAY = date(2026, 11, 30)
SETUP = StrengthSetup(kit_of(["gym"]), weekdays=(0, 3))
SAMPLES = Path(__file__).parents[1] / "ingest" / "strength_csv" / "samples"


@pytest.fixture
def runner(either_home: Path) -> UUID:
    from evengait.storage.records.runners import runner_named

    return runner_named(either_home, "me").id


def test_a_block_begins_on_its_own_or_beside_the_return_to_running(runner: UUID) -> None:
    from evengait.actions.start_strength import (
        change_strength,
        running_strength,
        start_strength,
        stop_strength,
    )
    from evengait.storage.records.plans import active_plan, plans_of, start_plan

    alone = start_strength(runner, SETUP, on=MONDAY)
    assert (alone.progression, alone.strength_block) == ("", "six_week")
    start_plan(runner, PlanRecord("walk_run", "2026-11-26", MONDAY, {"site": "knee"}))
    with pytest.raises(UsageError, match="No strength block runs"):
        running_strength(runner)
    beside = start_strength(runner, SETUP, on=MONDAY)
    assert (beside.progression, beside.inputs["site"]) == ("walk_run", "knee")
    assert StrengthSetup.of(beside.inputs["strength"]) == SETUP
    changed = change_strength(runner, replace(SETUP, weekdays=(1,)))
    assert changed.inputs["strength"]["started_on"] == "2026-11-30"
    stop_strength(runner, on=MONDAY)
    running = active_plan(runner)
    assert running is not None
    assert (running.progression, running.strength_block, running.inputs) == ("walk_run", "", {"site": "knee"})
    assert len(plans_of(runner)) == 2


def test_stopping_a_block_that_stands_alone_ends_the_plan(runner: UUID) -> None:
    from evengait.actions.start_strength import start_strength, stop_strength
    from evengait.storage.records.plans import active_plan

    start_strength(runner, SETUP, on=MONDAY)
    stop_strength(runner, on=MONDAY)
    assert active_plan(runner) is None


def test_logged_sets_tell_the_next_load_and_pain_holds_it(runner: UUID) -> None:
    from evengait.actions.log_sets import log_pain, log_sets
    from evengait.actions.plan_strength import plan_strength
    from evengait.actions.start_strength import start_strength
    from evengait.storage.records.diary import keep_day

    record = start_strength(runner, replace(SETUP, site="foot"), on=MONDAY)
    thursday, monday = MONDAY + timedelta(days=3), MONDAY + timedelta(days=7)
    for day in (MONDAY, thursday):
        log_sets(runner, "Squat (Barbell)", [12, 12, 12], day=day, today=monday, load_kg=[60.0], rir=[4])
        assert log_pain(runner, 1.0, day=day, today=monday) == 3
        keep_day(runner, DiaryEntry(day, pain_next_morning_nprs=0.0))

    def squat() -> tuple[str, float | None]:
        plan = plan_strength(runner, record, today=monday)
        assert plan is not None
        one = next(e for e in plan.days[0].dose.exercises if e.id == "barbell_squat")  # type: ignore[union-attr]
        return one.change, one.load_kg

    assert squat() == ("raise", 62.5)
    keep_day(runner, DiaryEntry(thursday, pain_next_morning_nprs=5.0))
    assert squat()[0] == "hold"


def test_sets_of_one_date_are_numbered_on_and_taken_back_whole(runner: UUID) -> None:
    from evengait.actions.log_sets import forget_sets, log_sets
    from evengait.storage.records.strength import sets_of

    log_sets(runner, "bird_dog", [6], day=MONDAY, today=MONDAY, hold_s=8)
    second = log_sets(runner, "bird dog", [6, 6], day=MONDAY, today=MONDAY, hold_s=8)
    assert [one.set_number for one in second] == [2, 3]
    assert forget_sets(runner, "bird_dog", day=MONDAY) == 3
    assert sets_of(runner) == []
    with pytest.raises(UsageError, match="no set"):
        forget_sets(runner, "bird_dog", day=MONDAY)


def test_mistakes_in_a_log_are_sentences(runner: UUID) -> None:
    from evengait.actions.log_sets import log_pain, log_sets

    for bad, says in (
        ({"exercise": "moonwalk"}, "called so"),
        ({"load_kg": [1.0, 2.0]}, "one for all"),
        ({"rir": [11]}, "0 to 10"),
        ({"day": MONDAY + timedelta(days=2)}, "future"),
    ):
        told = {"exercise": "bird_dog", "reps": [6, 6, 6], "day": MONDAY, "today": MONDAY} | bad
        with pytest.raises(UsageError, match=says):
            log_sets(runner, **told)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="No set was logged"):
        log_pain(runner, 1.0, day=MONDAY, today=MONDAY)


def test_an_export_of_an_app_comes_in_once_and_keeps_what_it_cannot_say(runner: UUID, tmp_path: Path) -> None:
    from evengait.actions.exchange_sets import export_sets, import_sets
    from evengait.actions.log_sets import log_pain
    from evengait.storage.records.strength import sets_of

    file = SAMPLES / "hevy.csv"
    trial = import_sets(runner, file, today=MONDAY, dry_run=True)
    assert (trial.added, sets_of(runner)) == (3, [])
    done = import_sets(runner, file, today=MONDAY)
    assert (done.shape, done.added, done.changed, done.same, done.passed_over) == ("hevy", 3, 0, 0, 1)
    assert sets_of(runner)[0].exercise == "barbell_squat"
    log_pain(runner, 2.0, day=date(2026, 11, 24), today=MONDAY)
    again = import_sets(runner, file, today=MONDAY)
    assert (again.added, again.changed, again.same) == (0, 0, 3)
    assert all(one.pain_nprs == 2.0 for one in sets_of(runner))
    text, count = export_sets(runner, "strong", weights="lb")
    assert count == 3
    out = tmp_path / "strong.csv"
    out.write_text(text, "utf-8")
    back = import_sets(runner, out, today=MONDAY)
    assert (back.shape, back.added, back.changed, back.same) == ("strong", 0, 0, 3)


def test_sets_in_the_future_are_left_out_and_said(runner: UUID) -> None:
    from evengait.actions.exchange_sets import import_sets

    done = import_sets(runner, SAMPLES / "hevy.csv", today=date(2026, 11, 1))
    assert done.added == 0
    assert "future" in done.failed[0][1]


def test_planned_hard_runs_keep_their_distance(runner: UUID) -> None:
    from evengait.actions.plan_strength import plan_strength
    from evengait.actions.start_strength import start_strength

    record = start_strength(runner, replace(SETUP, hard_weekdays=(6,)), on=MONDAY)
    hard = PlanDay(MONDAY + timedelta(days=2), "run", "", RunDose(distance_m=9000.0), hard=True)
    plan = plan_strength(runner, record, today=MONDAY, run_plan=[hard])
    assert plan is not None
    days = [day.date for day in plan.days]
    assert all((day - hard.date).days not in {0, 1} and day.weekday() not in {6, 0} for day in days)


def test_nothing_is_planned_while_screening_says_stop(runner: UUID) -> None:
    from evengait.actions.plan_strength import plan_strength, stopped
    from evengait.actions.start_strength import start_strength
    from evengait.storage.records.intakes import keep_intake

    record = start_strength(runner, SETUP, on=MONDAY)
    assert not stopped(runner, MONDAY)
    form = read_intake({"findings": {"saddle_numbness": True}}).intake
    keep_intake(runner, IntakeRecord(form))
    assert not stopped(runner, MONDAY), "what the runner has not confirmed is not screened"
    keep_intake(runner, IntakeRecord(form, confirmed_at=datetime(2026, 11, 26, tzinfo=UTC)))
    assert stopped(runner, MONDAY)
    plan = plan_strength(runner, record, today=MONDAY, blocked="Ask a clinician first.")
    assert plan is not None
    assert plan.days == ()
    assert not plan.finished
    assert "clinician" in plan.caveats[0]
