"""Pages of the log of sets: one day, everything, one exercise side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.actions.log_day import EARLIEST
from evengait.actions.log_sets import forget_sets, log_pain, log_sets
from evengait.actions.show_strength import usual_weights
from evengait.core.errors import TableError, UsageError
from evengait.core.language import say, say_many
from evengait.knowledge.strength_book import exercises
from evengait.report.desk_words import without_command
from evengait.storage.records.strength import sets_of
from evengait.web.access import own_runner
from evengait.web.strength.forms import SetsForm
from evengait.web.strength.history import by_day, by_exercise, key_of, sides_of
from evengait.web.strength.shown import session_of
from evengait.web.today.standing import standing

if TYPE_CHECKING:
    from datetime import date

    from evengait.web.base.requests import RunnerRequest


@own_runner
@require_safe
def day(request: RunnerRequest, on: date) -> HttpResponse:
    """Show a day's sets, and the next session with a row for each set to fill in."""
    today = request.runner.today(timezone.now())
    if not EARLIEST <= on <= today:
        raise Http404
    whole = standing(request.runner, today).whole
    weights = usual_weights(request.runner.id)
    planned = whole.strength.days[0] if whole and whole.strength and whole.strength.days else None
    logged = by_day(sets_of(request.runner.id, on, on), weights)
    done = {one["exercise"] for one in logged[0]["exercises"]} if logged else set()
    session = session_of(planned, whole) if planned is not None and whole is not None else None
    if session is not None:
        session["exercises"] = [one for one in session["exercises"] if one["id"] not in done]
    told = {
        "on": on, "today": today, "logged": logged[0]["exercises"] if logged else [], "session": session,
        "weights": weights, "book": sorted(exercises().values(), key=lambda one: one.name), "rows": range(5),
        "scores": range(11),
    }  # fmt: skip
    return render(request, "strength/day.html", told)


@own_runner
@require_POST
def add(request: RunnerRequest, on: date) -> HttpResponse:
    """Keep the sets of one exercise."""
    runner = request.runner
    form = SetsForm(request.POST, weights=usual_weights(runner.id))
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("strength:day", on)
    told = form.cleaned_data
    try:
        kept = log_sets(
            runner.id, told["exercise"], form.reps, day=on, today=runner.today(timezone.now()),
            load_kg=form.load_kg, rir=form.rir, hold_s=told["hold_s"], side=told["side"] or None,
            pain=told["pain"], kind="warm_up" if told["warm_up"] else "working",
        )  # fmt: skip
        messages.success(request, say_many("Kept: {n} set.", "Kept: {n} sets.", len(kept)))
    except UsageError as error:
        messages.error(request, without_command(str(error)))
    return redirect("strength:day", on)


@own_runner
@require_POST
def forget(request: RunnerRequest, on: date) -> HttpResponse:
    """Take the sets of one exercise back."""
    try:
        gone = forget_sets(request.runner.id, request.POST.get("exercise", ""), day=on)
        messages.success(request, say_many("Taken back: {n} set.", "Taken back: {n} sets.", gone))
    except UsageError as error:
        messages.error(request, without_command(str(error)))
    return redirect("strength:day", on)


@own_runner
@require_POST
def pain(request: RunnerRequest, on: date) -> HttpResponse:
    """Write the worst pain of the session on those of its sets that have none."""
    field = forms.FloatField(min_value=0, max_value=10)
    try:
        value = field.clean(request.POST.get("pain", ""))
        count = log_pain(request.runner.id, value, day=on, today=request.runner.today(timezone.now()))
        messages.success(request, say_many("Written on {n} set.", "Written on {n} sets.", count))
    except (UsageError, TableError, forms.ValidationError):
        messages.error(request, say("That could not be kept. Log the sets first; pain goes from 0 to 10."))
    return redirect("strength:day", on)


@own_runner
@require_safe
def history(request: RunnerRequest) -> HttpResponse:
    """List every exercise that was logged, and the latest days."""
    sets, weights = sets_of(request.runner.id), usual_weights(request.runner.id)
    told = {"exercises": by_exercise(sets, weights), "days": by_day(sets, weights)[:20]}
    return render(request, "strength/history.html", told)


@own_runner
@require_safe
def of_exercise(request: RunnerRequest, key: str) -> HttpResponse:
    """Show one exercise over time, left and right beside each other where they were told apart."""
    sets = [one for one in sets_of(request.runner.id) if key_of(one.exercise) == key]
    if not sets:
        raise Http404
    return render(request, "strength/of.html", sides_of(sets, usual_weights(request.runner.id)))
