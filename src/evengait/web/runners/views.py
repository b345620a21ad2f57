"""The start page, the step from an account to a runner, the made-up runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evengait.storage.records.ties import stands_beside
from evengait.web.access import signed_in
from evengait.web.base.panels import panels_for
from evengait.web.runners.begin import begin_running
from evengait.web.runners.demo import demo_under_way, leave_demo, look_at_demo
from evengait.web.runners.overview import overview
from evengait.web.today.views import has_days, today_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


@signed_in
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """Show what there is and what comes next; who has no archive yet is asked for one."""
    if request.runner is None:
        told = {"panels": panels_for(request), "beside": stands_beside(request.user.pk)}
        return render(request, "runners/no_runner.html", told)
    found = overview(request.runner)
    if has_days(request.runner, found):
        return today_page(request, found)  # type: ignore[arg-type] # there is a runner
    return render(request, "runners/first.html", {"found": found, "panels": panels_for(request)})


@signed_in
@require_POST
def begin(request: DeskRequest) -> HttpResponse:
    """Make this account a runner with an archive of its own; once is enough."""
    if request.runner is None:
        begin_running(request.user)
    return redirect("runners:home")


@signed_in
@require_POST
def demo(request: DeskRequest) -> HttpResponse:
    """Look at a made-up runner, made now where there is none."""
    job = look_at_demo(request)
    return redirect("imports:job", job.id) if job else redirect("runners:home")


@signed_in
@require_safe
def demo_progress(request: DeskRequest) -> HttpResponse:
    """Answer htmx with how far the made-up runner is; once she is there the page is loaded anew."""
    job = demo_under_way(request.user)
    answer = render(request, "runners/her_progress.html", {"job": job})
    if job is None:
        answer.headers["HX-Refresh"] = "true"
    return answer


@signed_in
@require_POST
def leave(request: DeskRequest) -> HttpResponse:
    """Look at one's own desk again."""
    leave_demo(request)
    return redirect("runners:home")
