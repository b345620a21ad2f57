"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from evengait.core.glance import Kept
from evengait.core.language import say, speaking
from evengait.report.desk_words import without_command
from evengait.report.plan_page import STATES
from evengait.storage.records.glances import keep_glance
from evengait.storage.records.runners import runner_by_id
from evengait.web.today.standing import archive_of, standing

if TYPE_CHECKING:
    from datetime import datetime

    from evengait.core.runner import RunnerProfile


@task(priority=-10)  # behind whatever somebody waits for, such as an import
def look_up(runner: str, language: str = "en") -> None:
    """Keep where a runner's plan stands and when she last ran."""
    profile = runner_by_id(UUID(runner))
    if profile is not None:
        with speaking(language):
            keep_glance(profile.id, looked_up(profile, timezone.now()))


def looked_up(runner: RunnerProfile, now: datetime) -> Kept:
    """Return what her archive and her plan say now."""
    sessions = archive_of(runner).sessions()
    ran_on = sessions.filter(sessions["sport"] == "running")["local_date"].max()
    whole = standing(runner, runner.today(now)).whole
    if whole is None:
        return Kept(now, ran_on)  # type: ignore[arg-type] # a date column
    plan = whole.plan
    last = plan.decisions[-1] if plan.decisions else None
    return Kept(
        now,
        ran_on,  # type: ignore[arg-type] # a date column
        last.decision if last else "",
        last.date if last else None,
        without_command(last.because[0]) if last and last.because else "",
        STATES[plan.state] if plan.progression else say("Strength block"),
    )
