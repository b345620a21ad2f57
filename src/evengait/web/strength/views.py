"""Pages of the strength block: where one is, the next session, the library; begun, changed, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.exchange_sets import export_sets
from evengait.actions.show_strength import sheet_of, usual_weights
from evengait.actions.start_strength import KEY, change_strength, plan_site, start_strength, stop_strength
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.strength_setup import StrengthSetup
from evengait.knowledge.strength_book import exercises, strength_block
from evengait.report.desk_words import behind, without_command
from evengait.storage.records.plans import active_plan
from evengait.web.access import own_runner
from evengait.web.strength.forms import SetupForm, initial_of, titled
from evengait.web.strength.shown import block_page
from evengait.web.today.standing import standing

if TYPE_CHECKING:
    from evengait.web.base.requests import RunnerRequest


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """Show the six weeks with where one is, and the next session in full."""
    now = standing(request.runner, request.runner.today(timezone.now()))
    if now.whole is None or now.whole.strength is None:
        return render(request, "strength/none.html", {"cannot": now.problem})
    return render(request, "strength/home.html", block_page(now.whole))


@own_runner
def begin(request: RunnerRequest) -> HttpResponse:
    """Begin a block, or change how the one that runs fits into the weeks."""
    runner, running = request.runner, active_plan(request.runner.id)
    there = running is not None and bool(running.strength_block)
    before = StrengthSetup(site=plan_site(runner.id))
    if running is not None and there:
        before = StrengthSetup.of(running.inputs.get(KEY, {}))
    form = SetupForm(request.POST or None, initial=initial_of(before))
    if request.method == "POST" and form.is_valid():
        try:
            if there and "anew" not in request.POST:
                change_strength(runner.id, form.setup(before))
            else:
                start_strength(runner.id, form.setup(before), on=runner.today(timezone.now()), anew=True)
        except UsageError as error:
            form.add_error(None, without_command(str(error)))
        else:
            return redirect("strength:home")
    return render(request, "strength/begin.html", {"form": form, "there": there})


@own_runner
@require_POST
def end(request: RunnerRequest) -> HttpResponse:
    """End the block; every set stays."""
    try:
        stop_strength(request.runner.id, on=request.runner.today(timezone.now()))
        messages.success(request, say("The strength block has ended. The log of sets stays."))
    except UsageError as error:
        messages.error(request, without_command(str(error)))
    return redirect("strength:home")


@own_runner
@require_safe
def sheet(request: RunnerRequest) -> HttpResponse:
    """Give the next session as a sheet for the gym, with empty boxes."""
    whole = standing(request.runner, request.runner.today(timezone.now())).whole
    if whole is None or whole.strength is None or not whole.strength.days:
        raise Http404
    answer = HttpResponse(sheet_of(whole))
    answer.headers["Content-Disposition"] = 'attachment; filename="session.html"'
    return answer


@own_runner
@require_safe
def export(request: RunnerRequest) -> HttpResponse:
    """Give the log of sets as a table that other apps take in."""
    text, _ = export_sets(request.runner.id, "strong", weights=usual_weights(request.runner.id))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="sets.csv"'
    return answer


@own_runner
@require_safe
def library(request: RunnerRequest) -> HttpResponse:
    """List the exercises by movement."""
    found: dict[str, list[object]] = {}
    for one in exercises().values():
        found.setdefault(titled(one.movement), []).append(one)
    return render(request, "strength/library.html", {"found": found})


@own_runner
@require_safe
def exercise(request: RunnerRequest, exercise: str) -> HttpResponse:
    """Say how an exercise is done, what it works and what it asks of the body."""
    found = exercises().get(exercise)
    if found is None:
        raise Http404
    block = strength_block("six_week")
    told = {
        "one": found,
        "needs": [say(word.replace("_", " ")) for word in found.needs],
        "demands": [say(word.replace("_", " ")) for word in found.demands],
        "sources": [(one.supports, behind((one.id,))) for one in block.sources],
        "one_leg": exercises().get(found.one_leg),
        "slots": [slot for slot in block.slots if found.id in slot.choices],
    }
    return render(request, "strength/exercise.html", told)
