"""Where a running plan stands, in a few words for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from evengait.core.runner import RunnerProfile


def plan_now(home: Path, runner: RunnerProfile, today: date) -> dict[str, Any] | None:
    """Return the running plan's state, stage, last decision and next run; None where no plan runs."""
    from evengait.storage.records.plans import active_plan

    record = active_plan(runner.id)
    if record is None or not record.progression:
        return None
    from evengait.actions.follow_plan import follow_plan
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    plan = follow_plan(runner, Archive(runner_folder(home, runner.name)), today=today).plan
    following = next((day for day in plan.days if day.kind in {"run", "walk"}), None)
    return {
        "state": plan.state, "stage": plan.stage,
        "decision": plan.decisions[-1].to_json() if plan.decisions else None,
        "next": following.to_json() if following else None,
    }  # fmt: skip
