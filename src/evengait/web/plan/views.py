"""Pages of the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.begin_plan import begin_plan, end_running_plan, pass_plan_gate, tell_former_week
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.plan_record import Passed
from evengait.knowledge.progression_book import progression
from evengait.report.desk_words import without_command
from evengait.storage.records.plans import active_plan, plans_of
from evengait.storage.records.problems import problems_of
from evengait.storage.records.proposals import agreed_now
from evengait.web.access import own_runner
from evengait.web.plan.forms import BeginForm, FormerForm, GateForm
from evengait.web.plan.shown import head
from evengait.web.today.standing import standing

if TYPE_CHECKING:
    from django.http import HttpResponse

    from evengait.web.base.requests import RunnerRequest


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """Show the way back that runs, or how to begin one."""
    runner, today = request.runner, request.runner.today(timezone.now())
    now = standing(runner, today)
    if now.whole is None or now.whole.followed is None:
        found = {
            "problems": [one for one in problems_of(runner.id) if one.status != "closed"],
            "cannot": now.problem,
            "ended": [one for one in plans_of(runner.id) if one.status == "ended" and one.progression],
            "lifts": now.whole is not None,
        }
        return render(request, "plan/none.html", found)
    found = head(now.whole, runner.units, today)
    more = {"form": FormerForm(units=runner.units), "agreed": agreed_now(runner.id, today)}
    return render(request, "plan/home.html", found | more)


@own_runner
def begin(request: RunnerRequest) -> HttpResponse:
    """Begin a way back for a problem; one that runs for another problem ends."""
    runner = request.runner
    problems = [one for one in problems_of(runner.id) if one.status != "closed"]
    if not problems:
        return redirect("problems:new")
    first = {"problem": request.GET.get("for") or str(problems[0].id), "strength": True}
    form = BeginForm(request.POST or None, problems=problems, units=runner.units, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            begin_plan(runner.id, form.whole_wish, today=runner.today(timezone.now()))
        except UsageError as error:
            form.add_error(None, without_command(str(error)))
        else:
            return redirect("plan:home")
    running = active_plan(runner.id)
    told = {"form": form, "running": running is not None and bool(running.progression)}
    return render(request, "plan/begin.html", told | {"profiles": progression().profiles.values()})


@own_runner
@require_POST
def gate(request: RunnerRequest) -> HttpResponse:
    """Note that a gate was passed, today or on an earlier day."""
    form, today = GateForm(request.POST), request.runner.today(timezone.now())
    if form.is_valid():
        by = next(one.by for one in progression().gates if one.id == form.cleaned_data["gate"])
        on = min(form.cleaned_data["on"] or today, today)
        try:
            pass_plan_gate(request.runner.id, Passed(form.cleaned_data["gate"], on, by))
        except UsageError as error:
            messages.error(request, without_command(str(error)))
    return redirect("plan:home")


@own_runner
@require_POST
def former(request: RunnerRequest) -> HttpResponse:
    """Say what the week before the pain was like."""
    form = FormerForm(request.POST, units=request.runner.units)
    if form.is_valid() and form.km is not None:
        try:
            tell_former_week(request.runner.id, form.wish)
        except UsageError as error:
            messages.error(request, without_command(str(error)))
    else:
        messages.error(request, say("That is no week. Give its distance as a number."))
    return redirect("plan:home")


@own_runner
@require_POST
def end(request: RunnerRequest) -> HttpResponse:
    """End the plan that runs; runs and diary stay."""
    try:
        end_running_plan(request.runner.id, request.runner.today(timezone.now()))
        messages.success(request, say("The plan is ended. Your diary and your runs stay."))
    except UsageError as error:
        messages.error(request, without_command(str(error)))
    return redirect("plan:home")
