"""Pages of the diary: the days, one day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.log_day import EARLIEST, log_day
from evengait.core.language import say
from evengait.storage.records.diary import diary_of, forget_day
from evengait.storage.records.marks import marks_of
from evengait.web.access import own_runner
from evengait.web.base.days import day_asked
from evengait.web.diary.forms import DayForm
from evengait.web.diary.words import day_line
from evengait.web.today.questions import on_foot_days
from evengait.web.today.standing import archive_of

if TYPE_CHECKING:
    from evengait.web.base.requests import RunnerRequest

SHOWN = timedelta(days=28)


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """List four weeks, latest first; a day of which nothing was said stands there as such."""
    today = request.runner.today(timezone.now())
    last = max(EARLIEST + SHOWN, min(day_asked(request.GET.get("until"), today), today))
    first = last - SHOWN + timedelta(days=1)
    said = {entry.date: entry for entry in diary_of(request.runner.id, first, last)}
    marks: dict[date, list[str]] = {}
    for mark in marks_of(request.runner.id, first, last):
        marks.setdefault(mark.date, []).append(f"{mark.kind} {mark.said}")
    moved = on_foot_days(archive_of(request.runner).sessions(), first, last)
    days: list[dict[str, Any]] = [
        {
            "date": day, "line": day_line(said[day]) if day in said else "",
            "note": getattr(said.get(day), "notes", ""),
            "moved": moved.get(day, ""), "marks": marks.get(day, []),
        }
        for day in (last - timedelta(days=n) for n in range(SHOWN.days))
    ]  # fmt: skip
    found = {
        "days": days, "any": bool(diary_of(request.runner.id)), "first": first, "last": last, "today": today,
        "older": first - timedelta(days=1), "newer": min(last + SHOWN, today) if last < today else None,
    }  # fmt: skip
    return render(request, "diary/home.html", found)


@own_runner
def day(request: RunnerRequest, on: date) -> HttpResponse:
    """Show one day to write in."""
    today = request.runner.today(timezone.now())
    if not EARLIEST <= on <= today:
        raise Http404
    entry = next(iter(diary_of(request.runner.id, on, on)), None)
    form = DayForm(request.POST or None, entry=entry, on=on)
    if request.method == "POST" and form.is_valid():
        log_day(request.runner.id, form.entry(), today=today, unsaid=tuple(form.fields))
        messages.success(request, say("Kept."))
        return redirect("diary:home")
    told = {"form": form, "on": on, "entry": entry, "today": today}
    return render(request, "diary/day.html", told)


@own_runner
@require_POST
def forget(request: RunnerRequest, on: date) -> HttpResponse:
    """Take back everything that was said of a day."""
    forget_day(request.runner.id, on)
    messages.success(request, say("What was said of that day is gone."))
    return redirect("diary:home")
