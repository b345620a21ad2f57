"""The whole plan of a runner: the way back to running and the strength block in one calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evengait.actions.plan_strength import STOPPED, plan_strength, stopped
from evengait.actions.start_strength import KEY
from evengait.core.language import say
from evengait.core.plan import Plan
from evengait.core.strength_setup import StrengthSetup
from evengait.storage.records.plans import active_plan

if TYPE_CHECKING:
    from datetime import date

    from evengait.actions.follow_plan import Followed
    from evengait.analysis.strength.plan import StrengthPlan
    from evengait.core.plan_record import PlanRecord
    from evengait.core.runner import RunnerProfile
    from evengait.core.units import Units
    from evengait.storage.archive import Archive


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
    done : frozenset of kind
        What was done today already: run, walk, strength.
    """

    plan: Plan
    record: PlanRecord
    followed: Followed | None
    strength: StrengthPlan | None
    setup: StrengthSetup
    done: frozenset[str] = frozenset()

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
        setup = StrengthSetup.of(followed.record.inputs.get(KEY, {}))
        done = _done(archive, followed.strength, today)
        return Whole(followed.plan, followed.record, followed, followed.strength, setup, done)
    block = plan_strength(
        runner.id,
        record,
        today=today,
        sessions=archive.sessions(),
        blocked=say(STOPPED) if stopped(runner.id, today) else "",
    )
    assert block is not None  # noqa: S101 - a block runs
    alone = Plan(
        today, "blocked" if block.waits else "returned", "", block.days, (), "", "", "draft",
        "screening" if block.waits else None, caveats=block.caveats,
    )  # fmt: skip
    setup = StrengthSetup.of(record.inputs.get(KEY, {}))
    return Whole(alone, record, None, block, setup, _done(archive, block, today))


def _done(archive: Archive, block: StrengthPlan | None, today: date) -> frozenset[str]:
    sessions = archive.sessions()
    sports = set(sessions.filter(sessions["local_date"] == today)["sport"].to_list())
    kinds = {kind for kind, sport in (("run", "running"), ("walk", "walking")) if sport in sports}
    return frozenset(kinds | ({"strength"} if block and today in block.done else set()))
