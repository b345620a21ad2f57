"""Rows and dataclasses: what is kept comes back equal, unknown stays unknown, nobody reads another's rows."""

from __future__ import annotations

import uuid
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from evengait.core.day_mark import DayMark
from evengait.core.diary import DiaryEntry
from evengait.core.errors import UsageError
from evengait.core.health_problem import HealthProblem
from evengait.core.intake import read_intake
from evengait.core.intake_record import IntakeRecord
from evengait.core.plan_record import Passed, PlanRecord
from evengait.core.runner import RunnerProfile
from evengait.core.shoe import Shoe
from evengait.core.strength import StrengthSet
from evengait.core.trial_record import TrialRecord

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 8)


@pytest.fixture
def runner(either_home: Path) -> uuid.UUID:
    from evengait.storage.records.runners import runner_named

    return runner_named(either_home, "me").id


def test_the_tables_have_every_column_of_the_dataclasses(records_home: Path) -> None:
    from evengait.storage.records import models

    for row, kind in ((models.DiaryEntry, DiaryEntry), (models.StrengthSet, StrengthSet)):
        assert {f.name for f in fields(kind)} <= {f.name for f in row._meta.get_fields()}


def test_a_runner_is_made_once_and_claimed_once(either_home: Path) -> None:
    from evengait.storage.records.models import Account
    from evengait.storage.records.runners import change_runner, claim_runner, runner_named, runner_of

    me = runner_named(either_home, "me")
    assert runner_named(either_home, "me") == me
    hers, other = (Account.objects.create_user(f"{name}@example.org") for name in ("her", "other"))
    assert runner_of(hers.pk) is None
    claim_runner("me", hers.pk)
    assert runner_of(hers.pk) == replace(me, account=hers.pk)
    for name, account in (("me", other.pk), ("second", hers.pk)):
        with pytest.raises(UsageError, match="claimed already"):
            claim_runner(name, account)
    assert change_runner(me.id, units="mi", display_name="R").units == "mi"
    with pytest.raises(UsageError, match="km or mi"):
        change_runner(me.id, units="furlong")
    with pytest.raises(UsageError, match="name"):
        runner_named(either_home, "../elsewhere")


def test_today_is_the_runners_own() -> None:
    late = datetime(2026, 11, 8, 23, 30, tzinfo=UTC)
    here = RunnerProfile(uuid.uuid4(), "me", time_zone="Asia/Tokyo")
    assert here.today(late) == date(2026, 11, 9)
    assert replace(here, time_zone="America/Denver").today(late) == DAY
    with pytest.raises(UsageError, match="time zone"):
        replace(here, time_zone="Middle/Earth").today(late)


def test_one_address_is_one_account_whatever_its_case(either_home: Path) -> None:
    from django.db import IntegrityError, transaction

    from evengait.storage.records.models import Account

    Account.objects.create_user("Runner@Example.org", "a long password")
    assert Account.objects.get_by_natural_key("RUNNER@example.ORG").check_password("a long password")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("runner@example.org")
    for _ in range(2):
        assert not Account.objects.create_user(None).has_usable_password()
    assert str(Account(email="somebody@example.org")) == "someone without a display name"


def test_a_diary_day_grows_and_unknown_stays_unknown(runner: uuid.UUID) -> None:
    from evengait.storage.records.diary import diary_of, forget_day, keep_day

    keep_day(runner, DiaryEntry(DAY, pain_during_nprs=0, aids=("belt",), limp=False))
    keep_day(runner, DiaryEntry(DAY, pain_next_morning_nprs=3, exercises=()))
    (kept,) = diary_of(runner, DAY, DAY)
    assert kept == DiaryEntry(
        DAY, pain_during_nprs=0, pain_next_morning_nprs=3, limp=False, aids=("belt",), exercises=()
    )
    assert diary_of(runner, date(2026, 11, 9)) == []
    assert keep_day(runner, DiaryEntry(DAY, sleep_h=7.5), replace=True).limp is None
    assert forget_day(runner, DAY)
    assert not forget_day(runner, DAY)


def test_the_same_set_is_kept_once_even_without_side_and_hour(runner: uuid.UUID) -> None:
    from evengait.storage.records.strength import keep_sets, sets_of

    squat = StrengthSet(DAY, "barbell_squat", 1, reps=8, load_kg=60.0, rir=3)
    left = replace(squat, exercise="single_leg_step", side="left", started=time(7, 30), pain_nprs=0)
    assert keep_sets(runner, [squat, left]) == (2, 0)
    heavier = replace(squat, load_kg=62.5)
    assert keep_sets(runner, [heavier, replace(left, side="right")]) == (1, 1)
    assert sorted(sets_of(runner), key=lambda s: (s.exercise, s.side or "")) == [
        heavier,
        left,
        replace(left, side="right"),
    ]
    assert keep_sets(runner, []) == (0, 0)
    assert sets_of(runner, date(2026, 11, 9)) == []


def test_the_database_itself_refuses_a_second_row_of_the_same_set(runner: uuid.UUID) -> None:
    from django.db import IntegrityError, transaction

    from evengait.storage.records.models import StrengthSet as Rows

    same = {"runner_id": runner, "date": DAY, "exercise": "plank", "set_number": 1, "hold_s": 30.0}
    Rows.objects.create(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rows.objects.create(**same)


def test_a_health_problem_comes_back_equal(runner: uuid.UUID) -> None:
    from evengait.storage.records.problems import keep_problem, problem, problems_of

    first = keep_problem(runner, HealthProblem(date(2025, 3, 1), "shin", status="closed", closed_on=DAY))
    again = keep_problem(runner, HealthProblem(DAY, "shin", "left", "gradual", recurrence_of=first.id))
    assert problems_of(runner) == [again, first]
    back = keep_problem(runner, replace(again, status="returned", returned_on=date(2026, 12, 20)))
    assert back.id is not None
    assert problem(runner, back.id) == back


def test_an_intake_comes_back_equal_and_unconfirmed(runner: uuid.UUID) -> None:
    from evengait.storage.records.intakes import intake, intakes_of, keep_intake

    told = read_intake({"site": "sacroiliac", "findings": {"limp": True, "fever": None}}).intake
    kept = keep_intake(runner, IntakeRecord(told, {"site": {"from": 4, "to": 9}}, "my left back"))
    assert kept.id is not None
    assert intake(runner, kept.id) == kept
    assert kept.confirmed_at is None
    assert kept.intake.get("findings.fever") is None
    sure = keep_intake(runner, replace(kept, confirmed_at=datetime(2026, 11, 9, 8, tzinfo=UTC)))
    assert intakes_of(runner) == [sure]


def test_a_new_plan_ends_the_one_before_and_keeps_its_gates(runner: uuid.UUID) -> None:
    from evengait.storage.records.plans import active_plan, end_plan, pass_gate, plans_of, start_plan

    old = start_plan(runner, PlanRecord("walk_run", "2026-01-15", DAY, {"stage": "S2"}))
    assert old.id is not None
    for _ in range(2):
        pass_gate(runner, old.id, Passed("walk_30_min", DAY))
    assert active_plan(runner) == replace(old, passed=(Passed("walk_30_min", DAY),))
    new = start_plan(runner, PlanRecord("walk_run", "2026-06-01", date(2026, 11, 20)))
    assert active_plan(runner) == new
    assert [(p.status, p.ended_on) for p in plans_of(runner)] == [
        ("active", None),
        ("ended", date(2026, 11, 20)),
    ]
    assert new.id is not None
    end_plan(runner, new.id, date(2026, 12, 1))
    assert active_plan(runner) is None


def test_a_trial_comes_back_equal(runner: uuid.UUID) -> None:
    from evengait.storage.records.trials import keep_trial, trials_of

    kept = keep_trial(runner, TrialRecord("belt", DAY, {"blocks": ["on", "off"], "seed": 7}))
    over = keep_trial(runner, replace(kept, status="ended", ended_on=date(2026, 12, 31)))
    assert trials_of(runner) == [over]


def test_a_mark_is_replaced_and_taken_back(runner: uuid.UUID) -> None:
    from evengait.storage.records.marks import forget_mark, keep_mark, marks_of

    keep_mark(runner, DayMark(DAY, "run", "done"))
    keep_mark(runner, DayMark(DAY, "run", "skipped"))
    keep_mark(runner, DayMark(DAY, "strength", "done"))
    assert marks_of(runner, DAY, DAY) == [DayMark(DAY, "run", "skipped"), DayMark(DAY, "strength", "done")]
    forget_mark(runner, DAY, "run")
    assert marks_of(runner, DAY, DAY) == [DayMark(DAY, "strength", "done")]
    for wrong in (("swim", "done"), ("run", "perhaps")):
        with pytest.raises(UsageError, match="is one of"):
            DayMark(DAY, *wrong)


def test_nobody_reads_or_changes_another_runners_rows(either_home: Path, runner: uuid.UUID) -> None:
    from evengait.storage.records import intakes, plans, problems, trials
    from evengait.storage.records.runners import runner_named

    other = runner_named(either_home, "other").id
    pain = problems.keep_problem(runner, HealthProblem(DAY, "knee"))
    form = intakes.keep_intake(runner, IntakeRecord(read_intake({}).intake))
    plan = plans.start_plan(runner, PlanRecord("walk_run", "2026-01-15", DAY))
    trial = trials.keep_trial(runner, TrialRecord("belt", DAY))
    assert pain.id
    assert form.id
    assert plan.id
    for attempt in (
        lambda: problems.problem(other, pain.id),
        lambda: problems.keep_problem(other, pain),
        lambda: problems.keep_problem(other, HealthProblem(DAY, "knee", recurrence_of=pain.id)),
        lambda: intakes.intake(other, form.id),
        lambda: intakes.keep_intake(other, form),
        lambda: plans.pass_gate(other, plan.id, Passed("walk_30_min", DAY)),
        lambda: trials.keep_trial(other, trial),
    ):
        with pytest.raises(UsageError, match="no such"):
            attempt()
    plans.end_plan(other, plan.id, DAY)
    assert plans.active_plan(runner) == plan


def test_deleting_an_account_leaves_nothing_of_its_runner(either_home: Path) -> None:
    from django.apps import apps

    from evengait.storage.records import diary, intakes, marks, plans, problems, shoes, strength, trials
    from evengait.storage.records.models import Account
    from evengait.storage.records.runners import claim_runner

    account = Account.objects.create_user("gone@example.org")
    her = claim_runner("gone", account.pk).id
    pain = problems.keep_problem(her, HealthProblem(DAY, "knee"))
    problems.keep_problem(her, HealthProblem(DAY, "knee", recurrence_of=pain.id))
    intakes.keep_intake(her, IntakeRecord(read_intake({}).intake, problem=pain.id))
    diary.keep_day(her, DiaryEntry(DAY))
    strength.keep_sets(her, [StrengthSet(DAY, "plank", 1, hold_s=30)])
    plan = plans.start_plan(her, PlanRecord("walk_run", "2026-01-15", DAY, problem=pain.id))
    assert plan.id
    plans.pass_gate(her, plan.id, Passed("walk_30_min", DAY), account.pk)
    trials.keep_trial(her, TrialRecord("belt", DAY, problem=pain.id))
    marks.keep_mark(her, DayMark(DAY, "run", "done"))
    shoes.keep_shoe(her, Shoe("Old blue", before_km=12.0))
    account.delete()
    left = {m.__name__: m._default_manager.count() for m in apps.get_app_config("records").get_models()}
    assert not any(left.values()), left


def test_a_problem_with_words_that_are_not_known_is_refused() -> None:
    for wrong in ({"site": "elbow"}, {"side": "both"}, {"mode": "magic"}, {"status": "fine"}):
        with pytest.raises(UsageError, match="is one of"):
            HealthProblem(**{"onset": DAY, "site": "knee"} | wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="before the onset"):
        HealthProblem(DAY, "knee", closed_on=date(2026, 11, 7))
