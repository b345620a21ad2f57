"""The whole plan of a runner: the way back to running and the strength block in one calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evengait.actions.plan_strength import STOPPED, plan_strength, stopped
from evengait.actions.start_strength import KEY
from evengait.core.plan import Plan
from evengait.core.strength_setup import StrengthSetup
from evengait.storage.records.plans import active_plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from evengait.actions.follow_plan import Followed
    from evengait.analysis.strength.plan import StrengthPlan
    from evengait.core.plan import PlanDay
    from evengait.core.plan_record import PlanRecord
    from evengait.core.runner import RunnerProfile
    from evengait.core.units import Units
    from evengait.storage.archive import Archive

WAITS = (
    "No strength session is planned before the red-flag questions are answered and, where one is needed, a "
    "clinician has cleared the start."
)
WAITED_FOR = ("screening", "clinician")
"""Gates before which nothing heavy is lifted."""


@dataclass(frozen=True)
class Whole:
    """Both plans as they stand.

    Attributes
    ----------
    plan : Plan
        Its days hold runs, walks and strength sessions. Without a return to running its ``progression`` is empty.
    record : PlanRecord
    followed : Followed or None
        The return to running, None where none runs.
    strength : StrengthPlan or None
        The strength block, None where none runs.
    setup : StrengthSetup
    """

    plan: Plan
    record: PlanRecord
    followed: Followed | None
    strength: StrengthPlan | None
    setup: StrengthSetup

    def to_json(self) -> dict[str, Any]:
        """Return the document of ``plan --json``."""
        said = self.followed.to_json() if self.followed else {}
        block = self.strength
        more = None if block is None else {
            "block": self.record.strength_block, "version": self.record.strength_block_version,
            "session": block.session, "total": block.total, "done": [day.isoformat() for day in block.done],
        }  # fmt: skip
        return said | self.plan.to_json() | {"strength": more}


def whole_plan(runner: RunnerProfile, archive: Archive, *, today: date, units: Units | None = None) -> Whole:
    """Replay both plans up to a date and lay them into one calendar.

    While a screening says stop, before it is answered, and before a clinician's word where one is needed, nothing heavy
    is planned.

    Raises
    ------
    UsageError
        Neither runs.
    RuleError
        A version of the rules is not in this program.
    """
    from evengait.actions.follow_plan import follow_plan

    record = active_plan(runner.id)
    if record is None or record.progression or not record.strength_block:
        followed = follow_plan(runner, archive, today=today, units=units)
        return _beside(runner, archive, followed, today)
    block = plan_strength(
        runner.id,
        record,
        today=today,
        sessions=archive.sessions(),
        blocked=STOPPED if stopped(runner.id, today) else "",
    )
    assert block is not None  # noqa: S101 - a block runs
    alone = Plan(
        today, "blocked" if block.waits else "returned", "", block.days, (), "", "", "draft",
        "screening" if block.waits else None, caveats=block.caveats,
    )  # fmt: skip
    return Whole(alone, record, None, block, StrengthSetup.of(record.inputs.get(KEY, {})))


def _beside(runner: RunnerProfile, archive: Archive, followed: Followed, today: date) -> Whole:
    record, plan = followed.record, followed.plan
    setup = StrengthSetup.of(record.inputs.get(KEY, {}))
    waits = any(gate.needed and not gate.met and gate.id in WAITED_FOR for gate in followed.gates)
    block = plan_strength(
        runner.id, record, today=today, sessions=archive.sessions(), run_plan=plan.days,
        blocked=STOPPED if plan.state == "blocked" else WAITS if waits else "", limit=followed.profile.during_max,
    )  # fmt: skip
    if block is None:
        return Whole(plan, record, followed, None, setup)
    whole = replace(plan, days=_joined(plan.days, block.days), caveats=(*plan.caveats, *block.caveats))
    return Whole(whole, record, followed, block, setup)


def _joined(runs: Iterable[PlanDay], lifts: Iterable[PlanDay]) -> tuple[PlanDay, ...]:
    """Return both by date, runs first; a day of rest gives way to a session."""
    lifted = {day.date for day in lifts}
    kept = [day for day in runs if day.kind != "rest" or day.date not in lifted]
    return tuple(sorted([*kept, *lifts], key=lambda day: (day.date, day.kind == "strength")))
