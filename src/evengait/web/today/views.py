"""The page of today, its taps, and taking the last one back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.storage.records.diary import diary_of
from evengait.storage.records.plans import active_plan
from evengait.web.access import own_runner
from evengait.web.base.panels import panels_for
from evengait.web.runners.overview import Overview, overview
from evengait.web.today.day import the_day
from evengait.web.today.taps import TapForm, UndoForm, keep, take_back

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.core.runner import RunnerProfile
    from evengait.web.base.requests import RunnerRequest

LAST = "last_tap"
"""In the session, between a tap and the page after it: what takes it back."""


def has_days(runner: RunnerProfile, found: Overview) -> bool:
    """Tell whether there is anything to say of a day: runs, a plan, a diary."""
    return bool(found.sessions) or active_plan(runner.id) is not None or bool(diary_of(runner.id))


def today_page(request: RunnerRequest, found: Overview) -> HttpResponse:
    """Return the page of today."""
    last = request.session.pop(LAST, None)
    told = _told(request, found) | {"last": last, "panels": panels_for(request)}
    return render(request, "today/home.html", told)


def _told(request: RunnerRequest, found: Overview) -> dict[str, Any]:
    return {"found": found, "day": the_day(request.runner, request.runner.today(timezone.now()))}


@own_runner
@require_POST
def tap(request: RunnerRequest) -> HttpResponse:
    """Keep one tap; answer with the page as it stands then."""
    form = TapForm(request.POST)
    if not form.is_valid():
        return _refused(request)
    try:
        last = asdict(keep(request.runner.id, form.cleaned_data, request.runner.today(timezone.now())))
    except UsageError:
        return _refused(request)
    return _after(request, last)


@own_runner
@require_POST
def undo(request: RunnerRequest) -> HttpResponse:
    """Take the last tap back."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _refused(request)
    try:
        take_back(request.runner.id, form.cleaned_data, request.runner.today(timezone.now()))
    except (UsageError, TableError, ValueError):
        return _refused(request)
    return _after(request, {"words": say("Taken back."), "field": ""})


def _after(request: RunnerRequest, last: dict[str, Any]) -> HttpResponse:
    if not request.htmx:
        request.session[LAST] = last
        return redirect("runners:home")
    return render(request, "today/swap.html", _told(request, overview(request.runner)) | {"last": last})


def _refused(request: RunnerRequest) -> HttpResponse:
    messages.error(request, say("That could not be kept. Try again from this page."))
    if request.htmx:
        answer = render(request, "today/refused.html")
        answer.headers["HX-Refresh"] = "true"
        return answer
    return redirect("runners:home")
