"""A way back on the desk of the cast: begun for a knee, with the questions answered and the gates passed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from cast import Cast

CALM: dict[str, Any] = {
    "age": 34, "sex": "female", "pain": {"rest": 0, "walking": 1, "running": 3, "night": 0, "worst": 3},
    "findings": {"limp": False, "night_pain": False, "cannot_bear_weight": False, "saddle_numbness": False},
}  # fmt: skip


def her(cast: Cast) -> Any:
    """Return the owner as a runner."""
    from evengait.storage.records.runners import runner_of

    return runner_of(cast.accounts["owner"].pk)


def today_of(cast: Cast) -> date:
    """Return the owner's date."""
    today: date = her(cast).today(timezone.now())
    return today


def planned(cast: Cast, *, passed: bool = True, **answers: Any) -> None:
    """Begin a way back for her knee; ``answers`` change what she said to the questions."""
    from evengait.actions.begin_plan import PlanWish, begin_plan, pass_plan_gate
    from evengait.core.intake import read_intake
    from evengait.core.plan_record import Passed
    from evengait.knowledge.progression_book import progression

    today = today_of(cast)
    onset = today - timedelta(days=20)
    told = CALM | {"site": "knee", "side": "left", "onset": {"date": onset.isoformat(), "mode": "gradual"}}
    wish = PlanWish(site="knee", side="left", onset=onset, intake=read_intake(told | answers).intake)
    begin_plan(her(cast).id, wish, today=today - timedelta(days=3))
    for gate in progression().gates:
        if passed and gate.by == "runner":
            pass_plan_gate(her(cast).id, Passed(gate.id, today - timedelta(days=2)))
