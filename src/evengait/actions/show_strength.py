"""What comes next of the strength block, and its sheet for the gym."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions.plan_strength import plan_strength, stopped
from evengait.actions.start_strength import KEY, running_strength
from evengait.actions.write_workouts import folder_of
from evengait.core.errors import UsageError
from evengait.core.strength_setup import StrengthSetup, Weights
from evengait.knowledge.strength_book import strength_block

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    from evengait.analysis.strength.plan import StrengthPlan


def next_sessions(runner: UUID, folder: Path, *, today: date) -> tuple[StrengthPlan, StrengthSetup]:
    """Return the sessions to come and the setup they were made for.

    Parameters
    ----------
    folder : Path
        The runner's archive, for hard runs that were run; it need not be there.

    Raises
    ------
    UsageError
        No block runs.
    """
    from evengait.storage.archive import Archive

    record = running_strength(runner)
    sessions = Archive(folder).sessions() if folder.is_dir() else None
    plan = plan_strength(runner, record, today=today, sessions=sessions, blocked=stopped(runner, today))
    assert plan is not None  # noqa: S101 - a block runs
    return plan, StrengthSetup.of(record.inputs[KEY])


def write_sheet(plan: StrengthPlan, setup: StrengthSetup, file: Path, block: str = "six_week") -> None:
    """Write the next session as a page for the gym.

    Raises
    ------
    UsageError
        There is no next session, or no such folder.
    """
    from evengait.report.gym_sheet import gym_sheet

    if not plan.days:
        raise UsageError("There is no next session, so no sheet was written.")
    folder_of(file)
    limit = setup.pain_limit_nprs
    if limit is None and setup.site is not None:
        limit = strength_block(block).pain.during_max_nprs
    page = gym_sheet(plan.days[0], weights=setup.weights, pain_limit=limit, caveats=plan.caveats)
    file.write_text(page, "utf-8")


def usual_weights(runner: UUID) -> Weights:
    """Return the unit of the block that runs, kg where none does."""
    from evengait.storage.records.plans import active_plan

    running = active_plan(runner)
    return StrengthSetup.of(running.inputs.get(KEY, {})).weights if running else "kg"
