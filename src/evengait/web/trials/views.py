"""Pages of the self-trials."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.analyse_trial import analyse_trial
from evengait.actions.design_trial import design_trial
from evengait.actions.gather_trial_days import own_days
from evengait.actions.keep_trial import keep_schedule
from evengait.actions.settle_advice import settle_advice
from evengait.core.errors import TableError
from evengait.core.language import say
from evengait.core.trial import Schedule
from evengait.report.trial import named, render_trial_body, spans
from evengait.report.trial_calendar import trial_calendar
from evengait.report.trial_text import enough, noise
from evengait.storage.records.trials import keep_trial, trials_of
from evengait.web.access import own_runner
from evengait.web.drawing import drawn
from evengait.web.trials.forms import DrawnForm, TrialForm

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.core.trial_record import TrialRecord
    from evengait.web.base.requests import RunnerRequest


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """List the trials under way and those that are over."""
    trials = [(record, named(record.treatment)) for record in trials_of(request.runner.id)]
    return render(request, "trials/home.html", {"trials": trials})


@own_runner
def new(request: RunnerRequest) -> HttpResponse:
    """Ask what to try; show the blocks as they are drawn, to agree to."""
    form = TrialForm(request.POST or None, today=request.runner.today(timezone.now()))
    if request.method == "POST" and form.is_valid():
        _, design = _drawn(request, form, secrets.randbelow(2**31))
        told = {"design": design, "name": named(design["treatment"]), "spans": spans(design), "form": form}
        return render(request, "trials/agree.html", told | {"enough": enough(design), "noise": noise(design)})
    return render(request, "trials/new.html", {"form": form})


@own_runner
@require_POST
def start(request: RunnerRequest) -> HttpResponse:
    """Keep the trial that was agreed to."""
    form = DrawnForm(request.POST, today=request.runner.today(timezone.now()))
    if not form.is_valid():
        return render(request, "trials/new.html", {"form": form}, status=400)
    schedule, _ = _drawn(request, form, form.cleaned_data["seed"])
    return redirect("trials:show", keep_schedule(request.runner.id, schedule).id)


def _drawn(request: RunnerRequest, form: TrialForm, seed: int) -> tuple[Schedule, dict[str, Any]]:
    told = form.cleaned_data
    days = own_days(request.runner, settings.HOME, told["what"])
    return design_trial(told["what"], told["kind"], told["start"], days.days if days else (), seed=seed)


@own_runner
@require_safe
def show(request: RunnerRequest, trial: UUID) -> HttpResponse:
    """Show what today is for, and what the diary says so far."""
    record, schedule = _trial(request, trial)
    today = request.runner.today(timezone.now())
    found = {
        "record": record,
        "name": named(record.treatment),
        "schedule": schedule,
        "on": schedule.assigned(today),
        "baseline": schedule.start <= today < schedule.first_block,
        "over": today > schedule.end or record.status == "ended",
        "before": today < schedule.start,
        "blocks": schedule.blocks(),
        "body": _answer(request, record, schedule),
    }
    return render(request, "trials/show.html", found)


def _answer(request: RunnerRequest, record: TrialRecord, schedule: Schedule) -> SafeString:
    days = own_days(request.runner, settings.HOME, record.treatment)
    today = record.ended_on or request.runner.today(timezone.now())
    if days is None or today < schedule.start:
        return SafeString("")
    try:
        answer = analyse_trial(days, schedule, today=today)
    except TableError:  # the diary holds no day of it yet
        return SafeString("")
    return SafeString(drawn(render_trial_body, answer))


@own_runner
@require_safe
def calendar(request: RunnerRequest, trial: UUID) -> HttpResponse:
    """Give the blocks as a calendar file."""
    _, schedule = _trial(request, trial)
    page = HttpResponse(
        trial_calendar(schedule, stamp=timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    page.headers["Content-Disposition"] = 'attachment; filename="trial.ics"'
    return page


@own_runner
@require_POST
def end(request: RunnerRequest, trial: UUID) -> HttpResponse:
    """End a trial; what was written down stays, and is judged as far as it goes."""
    record, _ = _trial(request, trial)
    today = request.runner.today(timezone.now())
    keep_trial(request.runner.id, replace(record, status="ended", ended_on=today))
    if settle_advice(settings.HOME, request.runner, trial, timezone.now()):
        messages.success(
            request, say("Whether it helped stands in the case's ledger now; you can change it there.")
        )
    return redirect("trials:show", trial)


def _trial(request: RunnerRequest, trial: UUID) -> tuple[TrialRecord, Schedule]:
    record = next((one for one in trials_of(request.runner.id) if one.id == trial), None)
    if record is None:
        raise Http404
    return record, Schedule.from_data(record.design)
