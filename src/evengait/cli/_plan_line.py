"""One line on the running plan, after what may have changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    import click

    from evengait.core.runner import RunnerProfile


def plan_now(ctx: click.Context, runner: RunnerProfile, today: date | None = None) -> dict[str, Any] | None:
    """Return the running plan's state, stage, last decision and next run; None where no plan runs."""
    from evengait.storage.records.plans import active_plan

    record = active_plan(runner.id)
    if record is None or not record.progression:
        return None
    from evengait.actions.follow_plan import follow_plan
    from evengait.cli._runner import today_of
    from evengait.storage.archive import Archive
    from evengait.storage.home import runner_folder

    archive = Archive(runner_folder(ctx.obj["home"], ctx.obj["runner"]))
    plan = follow_plan(runner, archive, today=today or today_of(runner)).plan
    following = next((day for day in plan.days if day.kind in {"run", "walk"}), None)
    return {
        "state": plan.state, "stage": plan.stage,
        "decision": plan.decisions[-1].to_json() if plan.decisions else None,
        "next": following.to_json() if following else None,
    }  # fmt: skip


def plan_line(now: dict[str, Any]) -> str:
    """Return the plan in one or two lines for people."""
    last, following = now["decision"], now["next"]
    said = (
        f"{last['decision']} ({last['date']}): {' '.join(last['because'][:2])}" if last else "no decision yet"
    )
    then = f" Next: {following['title']} on {following['date']}." if following else ""
    return f"Plan, {now['state']}, stage {now['stage']}: {said}{then}"
