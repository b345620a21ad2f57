"""The plan to take along: a calendar, workouts for the watch, a page to print."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from evengait.actions.write_workouts import workout_files
from evengait.report.calendar_file import calendar_file
from evengait.report.desk_words import for_a_page
from evengait.report.plan_page import plan_page
from evengait.web.access import own_runner
from evengait.web.today.standing import standing

if TYPE_CHECKING:
    from datetime import date

    from evengait.actions.join_plans import Whole
    from evengait.web.base.requests import RunnerRequest


@own_runner
@require_safe
def calendar(request: RunnerRequest) -> HttpResponse:
    """Give the days ahead as a calendar file; plain titles, nothing of pain."""
    whole, today = _whole(request), request.runner.today(timezone.now())
    data = calendar_file(
        whole.plan.days, str(whole.record.id), today=today, stamp=timezone.now(), done=whole.done,
        units=request.runner.units, weights=whole.setup.weights,
    )  # fmt: skip
    return _file(data, "training.ics", "text/calendar; charset=utf-8")


@own_runner
@require_safe
def workouts(request: RunnerRequest) -> HttpResponse:
    """Give every workout that is certain as FIT files in a zip."""
    whole, packed = _whole(request), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in workout_files(whole.plan.days, made_at=timezone.now(), weights=whole.setup.weights):
            pack.writestr(name, data)
    return _file(packed.getvalue(), "workouts.zip", "application/zip")


@own_runner
@require_safe
def workout(request: RunnerRequest, on: date, kind: str) -> HttpResponse:
    """Give the workout of one day for the watch."""
    whole = _whole(request)
    days = [day for day in whole.plan.days if (day.date, day.kind) == (on, kind)]
    found = list(workout_files(days, made_at=timezone.now(), weights=whole.setup.weights))
    if not found:
        raise Http404
    name, data = found[0]
    return _file(data, name, "application/vnd.ant.fit")


@own_runner
@require_safe
def page(request: RunnerRequest) -> HttpResponse:
    """Give the plan as one page to print, which opens anywhere without this desk."""
    whole, today = _whole(request), request.runner.today(timezone.now())
    text = plan_page(
        for_a_page(whole.plan), units=request.runner.units, weights=whole.setup.weights, generated=today
    )
    return _file(text.encode(), "plan.html", "text/html; charset=utf-8")


def _whole(request: RunnerRequest) -> Whole:
    whole = standing(request.runner, request.runner.today(timezone.now())).whole
    if whole is None:
        raise Http404
    return whole


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
