"""Pages of the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evengait.core.language import say
from evengait.core.units import MONTHS, SHORT_WEEKDAYS, day_span
from evengait.web.access import own_runner
from evengait.web.calendar.days import days_of, waiting

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import RunnerRequest

WEEK = timedelta(days=7)
ONE = timedelta(days=1)
YEARS = (1950, 2200)
"""No archive reaches beyond these."""


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """Show the month of today."""
    return _month(request, request.runner.today(timezone.now()))


@own_runner
@require_safe
def month(request: RunnerRequest, on: date) -> HttpResponse:
    """Show the month that a date lies in."""
    return _month(request, on)


def _month(request: RunnerRequest, on: date) -> HttpResponse:
    first = _known(on).replace(day=1)
    last = on.replace(day=monthrange(on.year, on.month)[1])
    monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    told = {
        "title": f"{say(MONTHS[on.month - 1])} {on.year}", "view": "month", "other": "week",
        "before": (first - ONE).replace(day=1), "after": last + ONE, "first": first, "last": last,
    }  # fmt: skip
    return _page(request, on, monday, sunday, told)


@own_runner
@require_safe
def week(request: RunnerRequest, on: date) -> HttpResponse:
    """Show the week that a date lies in."""
    monday = _known(on) - timedelta(days=on.weekday())
    sunday = monday + 6 * ONE
    told = {
        "title": day_span(monday, sunday), "view": "week", "other": "month", "before": monday - WEEK,
        "after": monday + WEEK, "first": monday, "last": sunday,
    }  # fmt: skip
    return _page(request, on, monday, sunday, told)


@own_runner
@require_safe
def day(request: RunnerRequest, on: date) -> HttpResponse:
    """Show one day with everything that is known of it."""
    today = request.runner.today(timezone.now())
    found = days_of(request.runner, _known(on), on, today)[0]
    told = {"day": found, "today": today, "before": on - ONE, "after": on + ONE, "ahead": on > today}
    return render(request, "calendar/day.html", told)


def _page(request: RunnerRequest, on: date, first: date, last: date, told: dict[str, Any]) -> HttpResponse:
    today = request.runner.today(timezone.now())
    days = days_of(request.runner, first, last, today)
    found = {"days": days, "today": today, "on": on, "weekdays": [say(name) for name in SHORT_WEEKDAYS]}
    shown = [one for one in days if told["first"] <= one.date <= told["last"]]
    if found["today"] in {one.date for one in shown}:
        found["waiting"] = waiting(request.runner, today)
    found["nothing"] = all(one.empty for one in shown)
    return render(request, "calendar/home.html", told | found)


def _known(on: date) -> date:
    if not YEARS[0] <= on.year <= YEARS[1]:
        raise Http404
    return on
