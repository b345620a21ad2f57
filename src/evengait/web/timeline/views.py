"""Pages of the timeline: all years, a year, a month, a run."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evengait.actions.look_back import look_back, month_of, year_of
from evengait.actions.own_sessions import own_sessions
from evengait.core.language import say
from evengait.core.units import MONTHS
from evengait.storage.records.diary import diary_of
from evengait.web.access import own_runner
from evengait.web.calendar.days import session_words
from evengait.web.diary.words import day_line
from evengait.web.timeline.shown import picture, rows_of, run_pictures, session_facts, span_of
from evengait.web.today.standing import archive_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import RunnerRequest

ONE = timedelta(days=1)
FEW_YEARS = 3
"""Up to so many years a bar is a week, beyond a month."""


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """Show the whole archive."""
    runner, archive = request.runner, archive_of(request.runner)
    span = span_of(archive)
    if span is None:
        return render(request, "timeline/empty.html")
    first, last = span
    per = "week" if last.year - first.year < FEW_YEARS else "month"
    periods = look_back(runner.id, archive, per)
    title = (
        say("{year} to {year2}", year=first.year, year2=last.year)
        if first.year < last.year
        else f"{first.year}"
    )
    told: dict[str, Any] = {
        "title": title, "per": "year", "rows": rows_of(runner, archive, "year", first, last), "first": first,
        "last": last, "picture": picture(runner, periods, first, last, per, say("Timeline, {title}", title=title)),
    }  # fmt: skip
    return render(request, "timeline/span.html", told)


@own_runner
@require_safe
def year(request: RunnerRequest, on: date) -> HttpResponse:
    """Show a year, a bar a week."""
    first, last, told = _span(request, *year_of(on))
    runner, archive = request.runner, archive_of(request.runner)
    periods = look_back(runner.id, archive, "week", first, last)
    told |= {
        "title": f"{on.year}", "per": "month", "rows": rows_of(runner, archive, "month", first, last),
        "before": first - ONE, "after": last + ONE, "zoom": "year",
        "picture": picture(runner, periods, first, last, "week", say("Timeline, {year}", year=on.year)),
    }  # fmt: skip
    return render(request, "timeline/span.html", told)


@own_runner
@require_safe
def month(request: RunnerRequest, on: date) -> HttpResponse:
    """Show a month, a bar a day, and every session of it."""
    first, last, told = _span(request, *month_of(on))
    runner, archive = request.runner, archive_of(request.runner)
    periods = look_back(runner.id, archive, "day", first, last)
    name = f"{say(MONTHS[on.month - 1])} {on.year}"
    some = (
        archive.sessions().filter(pl.col("local_date").is_between(first, last)).sort("start", descending=True)
    )
    told |= {
        "title": name, "per": "day", "before": first - ONE, "after": last + ONE, "zoom": "month", "year": first,
        "sessions": [row | {"words": session_words(row, runner.units)} for row in some.iter_rows(named=True)],
        "picture": picture(runner, periods, first, last, "day", say("Timeline, {name}", name=name)),
    }  # fmt: skip
    return render(request, "timeline/span.html", told)


@own_runner
@require_safe
def run(request: RunnerRequest, session: str) -> HttpResponse:
    """Show one session: what is known of it, and its tracks."""
    runner, archive = request.runner, archive_of(request.runner)
    found = own_sessions(archive).sessions.filter(pl.col("session") == session)
    if found.is_empty():
        raise Http404
    row = found.row(0, named=True)
    drawn, track = run_pictures(archive, session, runner.units)
    day: date = row["local_date"]
    entry = next(iter(diary_of(runner.id, day, day)), None)
    told = {
        "row": row, "words": session_words(row, runner.units), "facts": session_facts(row, runner.units),
        "picture": drawn, "sampled": track is not None, "said": day_line(entry) if entry else "", "day": day,
        "balance": track is not None and track.has("balance_left_pct"), "sources": row["sources"] or [],
        "today": runner.today(timezone.now()),
    }  # fmt: skip
    return render(request, "timeline/run.html", told)


def _span(request: RunnerRequest, first: date, last: date) -> tuple[date, date, dict[str, Any]]:
    span = span_of(archive_of(request.runner))
    if span is None or last < span[0] or first > span[1]:
        raise Http404
    return first, last, {"earlier": first > span[0], "later": last < span[1], "first": first, "last": last}
