"""The block as days: what stands in a session, and where one is after what was logged."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from lifter import MONDAY, dose_of, lifts, planned

from evengait.core.plan import StrengthDose


def ids(plan: object, day: int = 0) -> list[str]:
    return [e.id for e in plan.days[day].dose.exercises]  # type: ignore[attr-defined]


def test_six_weeks_are_twelve_sessions_and_only_the_next_is_settled() -> None:
    plan = planned(MONDAY)
    assert len(plan.days) == plan.total == 12
    assert [d.provisional for d in plan.days] == [False] + [True] * 11
    assert all(isinstance(d.dose, StrengthDose) and d.hard and d.kind == "strength" for d in plan.days)
    assert (plan.days[-1].date - plan.days[0].date).days <= 42
    assert "not reviewed by a clinician" in plan.caveats[0]


def test_a_session_is_squat_hinge_step_calf_with_bird_dog_dead_bug_and_side_plank() -> None:
    plan = planned(MONDAY)
    assert ids(plan) == [
        "barbell_squat", "romanian_deadlift", "dumbbell_split_squat", "machine_calf_raise", "bird_dog", "dead_bug",
        "side_plank",
    ]  # fmt: skip
    assert ids(plan, 1)[3] == "machine_seated_calf_raise"
    assert ids(plan, 11)[-1] == "carry"
    assert "side_plank_leg_lift" in ids(plan, 11)


def test_the_weeks_progress_sets_repetitions_and_reserve() -> None:
    plan = planned(MONDAY)
    got = [
        (e.sets, e.reps, e.rir, e.tempo) for e in (dose_of(plan, "barbell_squat", i) for i in range(0, 12, 2))
    ]
    assert got == [
        (3, (10, 12), 4, "3-0-3"), (3, (10, 12), 4, "3-0-3"), (3, (8, 8), 3, "3-0-3"), (4, (8, 8), 3, "3-0-3"),
        (4, (6, 6), 2, "2-0-2"), (4, (5, 6), 2, "2-0-2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kit", "expected"),
    [
        ("none", ["body_squat", "bridge", "split_squat", "calf_raise"]),
        ("bands", ["band_squat", "band_good_morning", "band_split_squat", "band_calf_raise"]),
        ("dumbbells", ["goblet_squat", "dumbbell_deadlift", "dumbbell_split_squat", "dumbbell_calf_raise"]),
    ],
)
def test_equipment_decides(kit: str, expected: list[str]) -> None:
    assert ids(planned(MONDAY, setup={"equipment": [kit]}))[:4] == expected


def test_without_a_load_to_add_the_one_leg_variant_comes_in_week_three() -> None:
    plan = planned(MONDAY, setup={"equipment": ["none"]})
    assert "calf_raise" in ids(plan, 2)
    assert "one_leg_calf_raise" in ids(plan, 4)
    assert "one_leg_bridge" in ids(plan, 4)
    spared = planned(MONDAY, setup={"equipment": ["none"], "site": "sacroiliac"})
    assert "one_leg_bridge" not in ids(spared, 4)
    assert "stride_hold" in ids(spared, 4)


@pytest.mark.parametrize(
    ("site", "gone", "there"),
    [
        ("knee", "barbell_squat", "leg_press"),
        ("lower_back", "romanian_deadlift", "barbell_hip_thrust"),
        ("hamstring", "romanian_deadlift", "barbell_hip_thrust"),
        ("achilles", "machine_calf_raise", "dumbbell_flat_calf_raise"),
        ("knee", "dumbbell_split_squat", "dumbbell_step_up"),
        ("sacroiliac", "dumbbell_split_squat", "stride_hold"),
    ],
)
def test_what_hurts_is_spared(site: str, gone: str, there: str) -> None:
    got = ids(planned(MONDAY, setup={"equipment": ["gym"], "site": site}))
    assert gone not in got
    assert there in got


def test_a_movement_that_hurts_is_left_out_and_that_is_said() -> None:
    plan = planned(MONDAY, setup={"equipment": ["gym"], "hurts": ["hinge", "dead_bug"]})
    assert not {"romanian_deadlift", "barbell_hip_thrust", "dead_bug"} & set(ids(plan))
    dose = plan.days[0].dose
    assert isinstance(dose, StrengthDose)
    assert dose.left_out == (
        "Hinge is left out: each of its exercises asks for what hurts.",
        "Dead bug is left out: each of its exercises asks for what hurts.",
    )


def test_nothing_the_library_makes_has_a_side_and_a_clinicians_entry_keeps_its_own() -> None:
    assert all(e.side is None for d in planned(MONDAY).days for e in d.dose.exercises)  # type: ignore[union-attr]
    entry = {"exercise": "own:hip hike", "side": "left", "sets": 3, "reps": 10, "entered_by": "clinician"}
    plan = planned(MONDAY, setup={"equipment": ["gym"], "one_sided": [entry]})
    last = plan.days[0].dose.exercises[-1]  # type: ignore[union-attr]
    assert (last.side, last.role, last.name) == ("left", "clinician", "hip hike")


def test_a_missed_session_is_still_to_come() -> None:
    sets = lifts(MONDAY, "barbell_squat", 60.0, 12, 4)
    plan = planned(MONDAY + timedelta(days=8), sets)
    assert plan.days[0].title == "Strength, session 2 of 12"
    assert plan.days[0].date == MONDAY + timedelta(days=10)


def test_when_all_sessions_are_done_it_is_over() -> None:
    days = [MONDAY + timedelta(days=7 * w + d) for w in range(6) for d in (0, 3)]
    sets = [s for d in days for s in lifts(d, "barbell_squat", 60.0, 8, 3)]
    plan = planned(days[-1] + timedelta(days=1), sets)
    assert plan.finished
    assert len(plan.done) == 12


def test_who_does_not_run_lifts_three_times_a_week() -> None:
    plan = planned(MONDAY, setup={"equipment": ["gym"], "running": False})
    assert plan.total == 18
    assert sum(d.date < MONDAY + timedelta(days=7) for d in plan.days) == 3


def test_the_last_week_eases_after_pain_held_a_load() -> None:
    days = [MONDAY + timedelta(days=7 * w + d) for w in range(5) for d in (0, 3)]
    sets = [s for d in days for s in lifts(d, "barbell_squat", 60.0, 6, 2, pain_nprs=1.0)]
    setup = {"equipment": ["gym"], "site": "foot"}
    eased = dose_of(planned(days[-1] + timedelta(days=2), sets, setup=setup), "barbell_squat")
    assert eased.sets == 2
    assert dose_of(planned(days[-1] + timedelta(days=2), sets), "barbell_squat").sets == 4


def test_the_day_has_the_contracts_shape() -> None:
    day = json.loads(json.dumps(planned(MONDAY).days[0].to_json()))
    assert (day["date"], day["kind"]) == ("2026-11-30", "strength")
    first = day["prescription"]["exercises"][0]
    assert {"id", "sets", "reps", "rir", "load_kg"} <= set(first)
    assert (first["reps"], first["rir"], first["load_kg"]) == ([10, 12], 4, None)
    assert date.fromisoformat(day["date"]).weekday() == 0


def test_sets_logged_after_today_are_not_known_yet() -> None:
    assert planned(MONDAY, lifts(MONDAY + timedelta(days=1), "barbell_squat", 60.0, 12, 4)).done == ()
