"""The made-up runner: one for each person, looked at in place of one's own archive until one leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from evengait.core.language import say
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.import_jobs import begin_job, unfinished_job
from evengait.storage.records.runners import runner_by_name, runner_named
from evengait.web.imports.tasks import bring_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evengait.core.import_job import ImportJob
    from evengait.core.runner import RunnerProfile
    from evengait.storage.records.models import Account

KEY = "made_up_runner"
"""In the session: whether she is looked at."""


def demo_name(account: Account) -> str:
    """Return the name of this person's made-up runner: at home that of the command line's demo."""
    return "demo" if settings.AT_HOME else f"demo-{account.pk.hex}"


def demo_of(request: HttpRequest) -> RunnerProfile | None:
    """Return the made-up runner if this person looks at her now."""
    if not request.session.get(KEY):
        return None
    return runner_named(settings.HOME, demo_name(request.user))  # type: ignore[arg-type] # signed in


def demo_under_way(account: Account) -> ImportJob | None:
    """Return the import that makes this person's made-up runner; None where none is under way."""
    runner = runner_by_name(demo_name(account))
    return unfinished_job(runner.id) if runner else None


def look_at_demo(request: HttpRequest) -> ImportJob | None:
    """Look at the made-up runner from now on; return the import that makes her, None where she is there."""
    request.session[KEY] = True
    runner = runner_named(settings.HOME, demo_name(request.user))  # type: ignore[arg-type] # signed in
    under_way = unfinished_job(runner.id)
    if under_way or Archive(runner_folder(settings.HOME, runner.name)).version() != "-1.-1":
        return under_way
    with transaction.atomic():
        job = begin_job(runner.id, "demo", "waiting", label=say("A made-up runner"))
        bring_in.enqueue(str(job.id))
    return job


def leave_demo(request: HttpRequest) -> None:
    """Look at one's own archive again."""
    request.session.pop(KEY, None)
