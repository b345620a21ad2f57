"""One line on the running plan, after what may have changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.core.language import say

if TYPE_CHECKING:
    from datetime import date

    import click

    from evengait.core.runner import RunnerProfile


def plan_now(ctx: click.Context, runner: RunnerProfile, today: date | None = None) -> dict[str, Any] | None:
    """Return the running plan's state, stage, last decision and next run; None where no plan runs."""
    from evengait.actions.plan_now import plan_now as now
    from evengait.cli._runner import today_of

    return now(ctx.obj["home"], runner, today or today_of(runner))


def plan_line(now: dict[str, Any]) -> str:
    """Return the plan in one or two lines for people."""
    from evengait.report.plan_text import DECISIONS, STATE

    last, following = now["decision"], now["next"]
    said = (
        f"{DECISIONS[last['decision']]} ({last['date']}): {' '.join(last['because'][:2])}"
        if last
        else say("no decision yet")
    )
    then = (
        say(" Next: {title} on {date}.", title=following["title"], date=following["date"])
        if following
        else ""
    )
    return say(
        "Plan, {state}, stage {stage}: {said}{then}",
        state=STATE[now["state"]],
        stage=now["stage"],
        said=said,
        then=then,
    )
