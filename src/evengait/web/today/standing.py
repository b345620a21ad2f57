"""Where a runner stands: her plans replayed up to today, and what became of them in words for a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings

from evengait.actions.join_plans import whole_plan
from evengait.core.errors import RuleError
from evengait.core.language import say
from evengait.storage.archive.kept import KeptArchive
from evengait.storage.home import runner_folder
from evengait.storage.records.plans import active_plan

if TYPE_CHECKING:
    from datetime import date

    from evengait.actions.join_plans import Whole
    from evengait.core.plan import PlanDay
    from evengait.core.runner import RunnerProfile


@dataclass(frozen=True)
class Standing:
    """The plans of a runner on one date.

    Attributes
    ----------
    whole : Whole or None
        None where no plan runs, or it cannot be followed.
    problem : str
        Why it cannot be followed, a sentence for people; empty where it can.
    """

    whole: Whole | None = None
    problem: str = ""
    days: tuple[PlanDay, ...] = field(default=())


def archive_of(runner: RunnerProfile) -> KeptArchive:
    """Return a runner's archive; what was read of it is kept until it changes."""
    return KeptArchive(runner_folder(settings.HOME, runner.name))


def standing(runner: RunnerProfile, today: date) -> Standing:
    """Return both plans of a runner as they stand."""
    if active_plan(runner.id) is None:
        return Standing()
    try:
        whole = whole_plan(runner, archive_of(runner), today=today)
    except RuleError:
        return Standing(
            problem=say("The rules of your plan are not in this program. Update it, or begin anew.")
        )
    return Standing(whole, days=whole.plan.days)
