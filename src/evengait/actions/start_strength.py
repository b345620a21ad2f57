"""Begin a strength block, or change how it fits into the runner's weeks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from evengait.analysis.strength.log_book import session_dates
from evengait.core.errors import UsageError
from evengait.core.plan_record import PlanRecord
from evengait.knowledge.strength_book import exercises, strength_block
from evengait.storage.records.plans import active_plan, change_plan, end_plan, start_plan
from evengait.storage.records.strength import sets_of

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.core.strength_setup import StrengthSetup

KEY = "strength"
"""Where a plan's inputs keep the setup, with the date on which the block began."""


def start_strength(
    runner: UUID, setup: StrengthSetup, *, on: date, block: str = "six_week", anew: bool = False
) -> PlanRecord:
    """Begin a block in its newest version: beside the return to running where that runs, else on its own.

    Parameters
    ----------
    on : date
        When it begins.
    anew : bool
        Also where one runs of which sessions are done; else that is refused.

    Raises
    ------
    UsageError
        One runs already.
    RuleError
        There is no such block.
    """
    rules = strength_block(block)
    said = setup.document() | {"started_on": on.isoformat()}
    running = active_plan(runner)
    if running is not None and running.strength_block and not anew and _done(runner, running):
        raise UsageError(
            "A strength block runs, and sessions of it are done. Change it with --change, or begin again with --anew."
        )
    if running is None or running.id is None:
        return start_plan(runner, PlanRecord("", "", on, {KEY: said}, rules.id, rules.version))
    return change_plan(
        runner, running.id, inputs=running.inputs | {KEY: said}, strength_block=rules.id,
        strength_block_version=rules.version,
    )  # fmt: skip


def change_strength(runner: UUID, setup: StrengthSetup) -> PlanRecord:
    """Change the setup of the block that runs; what was done stays done.

    Raises
    ------
    UsageError
        None runs.
    """
    running = running_strength(runner)
    said = setup.document() | {"started_on": running.inputs[KEY]["started_on"]}
    assert running.id is not None  # noqa: S101 - the records gave it
    return change_plan(runner, running.id, inputs=running.inputs | {KEY: said})


def stop_strength(runner: UUID, *, on: date) -> None:
    """End the block; a return to running beside it goes on, and every set stays in the log.

    Raises
    ------
    UsageError
        None runs.
    """
    running = running_strength(runner)
    assert running.id is not None  # noqa: S101 - the records gave it
    if not running.progression:
        end_plan(runner, running.id, on)
        return
    rest: dict[str, Any] = {key: value for key, value in running.inputs.items() if key != KEY}
    change_plan(runner, running.id, inputs=rest, strength_block="", strength_block_version="")


def running_strength(runner: UUID) -> PlanRecord:
    """Return the plan with the block that runs.

    Raises
    ------
    UsageError
        None runs.
    """
    running = active_plan(runner)
    if running is None or not running.strength_block:
        raise UsageError("No strength block runs. Begin one with: evengait strength start --equipment gym")
    return running


def plan_site(runner: UUID) -> str | None:
    """Return the site that the running return to running is for, None where none runs."""
    running = active_plan(runner)
    return running.inputs.get("site") if running else None


def _done(runner: UUID, running: PlanRecord) -> list[date]:
    """Return the dates of the sessions that are done of the running block."""
    start = running.inputs.get(KEY, {}).get("started_on")
    first = date.fromisoformat(start) if start else running.started_on
    return session_dates(sets_of(runner, first), exercises(), first)
