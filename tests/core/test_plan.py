"""The days of a plan: what a program may rely on, and what no plan may hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from evengait.core.errors import UsageError
from evengait.core.plan import Decision, ExerciseDose, Plan, PlanDay, RunDose, StrengthDose

DAY = date(2026, 11, 25)
RUN = PlanDay(DAY, "run", "The next step.", RunDose(6, 180, 120), "S2", "6 × (walk 3 min, run 2 min)")
LIFT = PlanDay(
    DAY, "strength", "48 hours after the last.", StrengthDose((ExerciseDose("squat", 3, (10, 12), 4),))
)
PLAN = Plan(
    DAY, "running", "S2", (RUN, LIFT),
    (Decision(DAY, "advance", ("Two runs went well.",), "advance-sessions", "2026-11-25"),),
    "walk_run", "2026-11-25", "draft",
)  # fmt: skip


def test_the_document_has_the_contracts_shape() -> None:
    data = json.loads(json.dumps(PLAN.to_json()))
    assert (data["state"], data["blocked_by"], data["stage"]) == ("running", None, "S2")
    run, lift = data["days"]
    assert run["date"] == "2026-11-25"
    assert {k: run["prescription"][k] for k in ("repeats", "walk_s", "run_s")} == {
        "repeats": 6, "walk_s": 180, "run_s": 120,
    }  # fmt: skip
    exercise = lift["prescription"]["exercises"][0]
    assert (exercise["sets"], exercise["reps"], exercise["rir"], exercise["load_kg"]) == (
        3,
        [10, 12],
        4,
        None,
    )
    assert {"date", "decision", "because", "evidence"} <= set(data["decisions"][0])


@pytest.mark.parametrize("state", ["blocked", "preparing"])
def test_no_run_stands_in_a_plan_that_may_hold_none(state: str) -> None:
    with pytest.raises(UsageError, match="no run"):
        replace(PLAN, state=state)
    assert replace(PLAN, state=state, days=(LIFT,)).state == state


def test_unknown_words_are_refused() -> None:
    with pytest.raises(UsageError, match="state"):
        replace(PLAN, state="cured")
    with pytest.raises(UsageError, match="one of"):
        replace(RUN, kind="race")


def test_a_dose_by_distance_has_no_time() -> None:
    dose = RunDose(distance_m=5000.0)
    assert dose.total_s is None
    assert dose.running_s == 0
