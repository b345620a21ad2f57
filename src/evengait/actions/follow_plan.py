"""Follow a plan: replay it from everything that is known today, and lay out the coming days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.actions._plan_facts import former_of, log_of
from evengait.actions.begin_plan import running_plan
from evengait.actions.plan_asks import Asked, asked_of
from evengait.actions.plan_strength import joined, plan_strength, why_not
from evengait.analysis.progression.calendar import days_ahead
from evengait.analysis.progression.former import FormerWeek
from evengait.analysis.progression.gates import gate_states
from evengait.analysis.progression.journey import replay
from evengait.analysis.progression.judge import Way
from evengait.analysis.progression.steps import may_run_hills_and_fast
from evengait.core.language import say
from evengait.core.plan import Plan
from evengait.core.units import plain_day
from evengait.knowledge.plan_change_book import change_book
from evengait.knowledge.progression_book import progression

if TYPE_CHECKING:
    from evengait.analysis.progression.gates import GateState
    from evengait.analysis.progression.log import Log
    from evengait.analysis.progression.standing import Standing
    from evengait.analysis.strength.plan import StrengthPlan
    from evengait.core.plan_record import PlanRecord
    from evengait.core.progression import PainProfile, Progression
    from evengait.core.runner import RunnerProfile
    from evengait.core.units import Units
    from evengait.core.unknown import Unknown
    from evengait.storage.archive import Archive


@dataclass(frozen=True)
class Followed:
    """A plan as it stands, with what it was worked out from.

    Attributes
    ----------
    plan : Plan
    record : PlanRecord
        What is kept of it.
    gates : tuple of GateState
        Of the profile, met or not; empty once running.
    former : FormerWeek or Unknown
    rules : Progression
    profile : PainProfile
    strength : StrengthPlan or None
        The block beside it, whose sessions stand among the plan's days; None where none runs.
    asked : tuple of Asked
        What the plan would need to know, most pressing first; ``plan.ask`` is the same as words for a terminal.
    """

    plan: Plan
    record: PlanRecord
    gates: tuple[GateState, ...]
    former: FormerWeek | Unknown
    rules: Progression
    profile: PainProfile
    strength: StrengthPlan | None = None
    asked: tuple[Asked, ...] = ()

    @property
    def about(self) -> str:
        """What the plan is for, in a few words."""
        said = self.record.inputs
        side = f", {say(said['side'])}" if said.get("side") else ""
        where = say(str(said["site"]).replace("_", " "))
        return say(
            "{where}{side}, since {fromisoformat}",
            where=where,
            side=side,
            fromisoformat=plain_day(date.fromisoformat(said["onset"])),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the document of ``plan --json``."""
        week = self.former if isinstance(self.former, FormerWeek) else None
        more = {
            "id": str(self.record.id), "started_on": self.record.started_on.isoformat(),
            "profile": self.profile.id, "site": self.record.inputs["site"], "side": self.record.inputs["side"],
            "onset": self.record.inputs["onset"],
            "gates": [{"id": g.id, "met": g.met, "needed": g.needed, "words": g.words} for g in self.gates],
            "former_week": None if week is None else {"distance_m": round(week.distance_m), "runs": len(week.runs_m)},
            "reviewed_by": list(self.rules.reviewed_by),
        }  # fmt: skip
        return self.plan.to_json() | more


def follow_plan(
    runner: RunnerProfile, archive: Archive, *, today: date, units: Units | None = None
) -> Followed:
    """Replay the running plan up to a date.

    Nothing of it is kept: imports, words of the diary and corrections are in it the next time it is looked at.

    Raises
    ------
    UsageError
        No plan runs.
    RuleError
        Its version of the rules is not in this program.
    """
    record = running_plan(runner.id)
    rules = progression(record.progression, record.progression_version)
    onset = date.fromisoformat(record.inputs["onset"])
    former = former_of(record, archive, rules, onset)
    log = log_of(runner, archive, record, rules, onset, today)
    way = Way(
        rules, _profile(record, rules, log), former if isinstance(former, FormerWeek) else None, onset,
        units or runner.units, change_book() if log.changes else None,
    )  # fmt: skip
    now, decisions = replay(way, log, record.started_on, max(today, record.started_on))
    gates = gate_states(way, log, now.gates_since, now.day) if now.state == "preparing" else ()
    days = days_ahead(way, log, now)
    block = plan_strength(
        runner.id, record, today=now.day, sessions=archive.sessions(), run_plan=days,
        blocked=why_not(now.state, gates), limit=way.profile.during_max,
    )  # fmt: skip
    asked = asked_of(log, now, gates, record.started_on)
    lifts, lifting = (block.days, block.caveats) if block else ((), ())
    plan = Plan(
        now.day, now.state, now.at.stage if now.at else rules.ladder.walk_stage, joined(days, lifts), decisions,
        rules.id, rules.version, rules.status, _blocked_by(log, now), _because(way, log, now, decisions),
        tuple(one.text for one in asked), (*_caveats(way, log, now, former), *lifting),
    )  # fmt: skip
    return Followed(plan, record, gates, former, rules, way.profile, block, asked)


def _profile(record: PlanRecord, rules: Progression, log: Log) -> PainProfile:
    """Return the profile that was chosen, else the one for what a screening stopped running for, else the site's."""
    chosen = record.inputs.get("profile")
    if chosen:
        return rules.profiles[chosen]
    stopping = tuple(name for asked in log.screenings for name in asked.conditions)
    return rules.profile_of(record.inputs["site"], stopping)


def _blocked_by(log: Log, now: Standing) -> str | None:
    if now.state != "blocked":
        return None
    asked = log.screened(now.day)
    return (
        (asked.rule if asked else "") or now.blocked_by
        if now.blocked_by == "refer-screen"
        else now.blocked_by
    )


def _because(way: Way, log: Log, now: Standing, decisions: tuple[Any, ...]) -> tuple[str, ...]:
    """Return why the plan stands as it does."""
    if now.state == "blocked":
        asked = log.screened(now.day)
        said = asked.because if asked is not None and now.blocked_by == "refer-screen" else ()
        last = next(d for d in reversed(decisions) if d.rule == now.blocked_by)
        return (*last.because, *said)
    if now.state == "preparing":
        return (say("Inside the profile means: {says}.", says=way.profile.says),)
    if now.state == "returned":
        return (say("The former week is back. What you run from here on is yours to decide."),)
    last = next((d for d in reversed(decisions) if d.decision in {"advance", "regress"}), None)
    return (*(last.because if last else ()), say("Inside the profile means: {says}.", says=way.profile.says))


def _caveats(way: Way, log: Log, now: Standing, former: FormerWeek | Unknown) -> tuple[str, ...]:
    rules, said = way.rules, []
    if not rules.reviewed_by:
        said.append(say("This progression is not reviewed by a clinician."))
    elif rules.review_due < now.day:
        said.append(say("This progression's review by a clinician is overdue."))
    if rules.status == "retired":
        said.append(say("This version was retired. Begin the plan anew to follow the newest one."))
    said.append(say("It is a general programme that you may change; what a clinician tells you outranks it."))
    if not isinstance(former, FormerWeek):
        said.append(former.reason)
    if now.state != "blocked" and log.screened(now.day) and not may_run_hills_and_fast(log, now.day):
        said.append(
            say("Hills and speed wait until the questions, asked anew, say that running may go on as before.")
        )
    judging = rules.judging
    recent = [day for day in now.regressions if (now.day - day).days < judging.stuck_days]
    if len(recent) >= judging.stuck_regressions:
        said.append(
            say(
                "{recent} steps back within {stuck_days} days: ask a clinician about it before you go on.",
                recent=len(recent),
                stuck_days=judging.stuck_days,
            )
        )
    return tuple(said)
