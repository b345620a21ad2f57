"""The next strength session as a sheet for the gym, and the unit of its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.actions.start_strength import KEY
from evengait.actions.write_workouts import folder_of
from evengait.core.errors import UsageError
from evengait.core.strength_setup import StrengthSetup, Weights
from evengait.knowledge.strength_book import strength_block

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from evengait.actions.join_plans import Whole


def write_sheet(whole: Whole, file: Path) -> None:
    """Write the next session as a page for the gym.

    Raises
    ------
    UsageError
        There is no next session, or no such folder.
    """
    folder_of(file)
    page = sheet_of(whole)
    part = file.with_name(f"{file.name}.part")
    part.write_text(page, "utf-8")
    part.replace(file)


def sheet_of(whole: Whole) -> str:
    """Return the next session as a page for the gym.

    Raises
    ------
    UsageError
        There is no next session.
    """
    from evengait.report.gym_sheet import gym_sheet

    if whole.strength is None or not whole.strength.days:
        raise UsageError("There is no next session, so no sheet was written.")
    block = strength_block(whole.record.strength_block, whole.record.strength_block_version)
    own = whole.setup.pain_limit_nprs
    limit = (
        own
        if own is not None
        else whole.followed.profile.during_max
        if whole.followed
        else block.pain.during_max_nprs
    )
    return gym_sheet(
        whole.strength.days[0], weights=whole.setup.weights, pain_limit=limit if whole.setup.site else None,
        caveats=whole.strength.caveats,
    )  # fmt: skip


def usual_weights(runner: UUID) -> Weights:
    """Return the unit of the block that runs, kg where none does."""
    from evengait.storage.records.plans import active_plan

    running = active_plan(runner)
    return StrengthSetup.of(running.inputs.get(KEY, {})).weights if running else "kg"
