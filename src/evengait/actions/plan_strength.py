"""Work out the sessions to come of the strength block that a plan is pinned to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from evengait.actions.start_strength import KEY
from evengait.analysis.strength.hard_runs import run_days, usual_hard_days
from evengait.analysis.strength.plan import StrengthPlan, strength_plan
from evengait.core.language import marked, say
from evengait.core.strength_setup import StrengthSetup
from evengait.knowledge.strength_book import exercises, strength_block

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    import polars as pl

    from evengait.analysis.progression.gates import GateState
    from evengait.core.plan import PlanDay
    from evengait.core.plan_record import PlanRecord

AHEAD = timedelta(days=26 * 7)
STOPPED = marked(
    "No strength session is planned: the red-flag questions say to stop running and to ask a clinician first. Ask the "
    "clinician about heavy lifting too."
)
WAITS = marked(
    "No strength session is planned before the red-flag questions are answered and, where one is needed, a "
    "clinician has cleared the start."
)
WAITED_FOR = ("screening", "clinician")
"""Gates before which nothing heavy is lifted."""


def plan_strength(
    runner: UUID,
    record: PlanRecord,
    *,
    today: date,
    sessions: pl.DataFrame | None = None,
    run_plan: Iterable[PlanDay] = (),
    blocked: str = "",
    limit: float | None = None,
) -> StrengthPlan | None:
    """Return the sessions to come, replayed from the log, the diary and the archive; None where no block runs.

    Parameters
    ----------
    record : PlanRecord
        Of the running plan.
    sessions : DataFrame, optional
        The [sessions] table, for hard runs that were run.
    run_plan : iterable of PlanDay
        Runs that are planned; strength days in it are passed over.
    blocked : str
        One sentence on why nothing may be planned; empty where it may.
    limit : float, optional
        The most that may hurt, from the pain profile of the return to running; the runner's own word comes first.

    Raises
    ------
    RuleError
        The block's version is not in this program.
    """
    from evengait.storage.records.diary import diary_of
    from evengait.storage.records.strength import sets_of

    if not record.strength_block:
        return None
    block = strength_block(record.strength_block, record.strength_block_version)
    inputs = record.inputs.get(KEY, {})
    setup = StrengthSetup.of(inputs)
    if setup.pain_limit_nprs is None and setup.site is not None:
        setup = replace(setup, pain_limit_nprs=limit)
    start = date.fromisoformat(inputs.get("started_on", record.started_on.isoformat()))
    usual = usual_hard_days(setup.hard_weekdays, today - timedelta(days=7), today + AHEAD)
    # Where the archive reaches up to a day, it knows better than the usual week what was run on it.
    known = None if sessions is None or sessions.is_empty() else sessions["local_date"].max()
    runs = {day: hard for day, hard in usual.items() if not isinstance(known, date) or day > known}
    if sessions is not None and known is not None:
        from evengait.analysis.exposures import exposures_by_day

        recent = sessions.filter(sessions["local_date"] > today - timedelta(days=60))
        runs |= run_days(exposures_by_day(recent, today), block.hard_run)
    for day in run_plan:
        if day.kind == "run":
            runs[day.date] = day.hard or runs.get(day.date, False)
    plan = strength_plan(
        block, exercises(), setup, start=start, today=today, sets=sets_of(runner),
        diary={entry.date: entry for entry in diary_of(runner)}, runs=runs,
    )  # fmt: skip
    if blocked:
        return replace(plan, days=(), caveats=(blocked,), waits=True)
    return plan


def stopped(runner: UUID, today: date) -> bool:
    """Whether the last intake that the runner confirmed says to stop running."""
    from evengait.actions.screen_intake import screen_intake
    from evengait.storage.records.intakes import intakes_of

    last = next((one for one in intakes_of(runner) if one.confirmed_at is not None), None)
    return last is not None and screen_intake(last.intake, today=today).running == "stop"


def why_not(state: str, gates: Iterable[GateState]) -> str:
    """Return why nothing heavy may be planned beside a return to running, empty where it may."""
    if state == "blocked":
        return say(STOPPED)
    waits = any(gate.needed and not gate.met and gate.id in WAITED_FOR for gate in gates)
    return say(WAITS) if waits else ""


def joined(runs: Iterable[PlanDay], lifts: Iterable[PlanDay]) -> tuple[PlanDay, ...]:
    """Return the days of both by date, runs first; a day of rest gives way to a session."""
    sessions = tuple(lifts)
    lifted = {day.date for day in sessions}
    kept = [day for day in runs if day.kind != "rest" or day.date not in lifted]
    return tuple(sorted([*kept, *sessions], key=lambda day: (day.date, day.kind == "strength")))
