"""The start page, and the step from an account to a runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.problems import problems_of
from evengait.web.access import signed_in
from evengait.web.base.panels import panels_for
from evengait.web.runners.begin import begin_running

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


@signed_in
def home(request: DeskRequest) -> HttpResponse:
    """Show what there is; who has no archive yet is asked for one."""
    if request.runner is None:
        return render(request, "runners/no_runner.html")
    sessions = Archive(runner_folder(settings.HOME, request.runner.name)).sessions()
    found = {
        "panels": panels_for(request),
        "sessions": sessions.height,
        "problems": problems_of(request.runner.id),
    }
    return render(request, "runners/home.html", found)


@signed_in
@require_POST
def begin(request: DeskRequest) -> HttpResponse:
    """Make this account a runner with an archive of its own; once is enough."""
    if request.runner is None:
        begin_running(request.user)
    return redirect("runners:home")
