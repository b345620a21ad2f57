"""Pages of what hurts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from evengait.core.errors import UsageError
from evengait.core.intake import Intake
from evengait.core.intake_record import IntakeRecord
from evengait.report.html import render_answer, render_file
from evengait.storage.records.answers import kept_answer
from evengait.storage.records.intakes import keep_intake
from evengait.storage.records.problems import forget_problem, keep_problem, problems_of
from evengait.storage.records.problems import problem as find_problem
from evengait.web.access import own_runner
from evengait.web.problems.asking import fresh_answer, intake_record, keep_answers, read_words, screening
from evengait.web.problems.forms import EndForm, ProblemForm, initial_of
from evengait.web.problems.places import ROWS
from evengait.web.problems.questions import QuestionsForm
from evengait.web.problems.story import read_first

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.core.health_problem import HealthProblem
    from evengait.web.base.requests import RunnerRequest


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """List what hurts and what hurt before."""
    return render(request, "problems/home.html", {"problems": problems_of(request.runner.id)})


@own_runner
def new(request: RunnerRequest) -> HttpResponse:
    """Take a new pain in: shown on the body, told in words."""
    today = request.runner.today(timezone.now())
    if "read" in request.POST:
        story = request.POST.get("story", "")
        found, marks = read_first(story, today)
        form = ProblemForm(initial=found | {"story": story}, today=today)
        told = {"form": form, "rows": ROWS, "was_read": True, "marks": marks}
        return render(request, "problems/edit.html", told)
    form = ProblemForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        problem = keep_problem(request.runner.id, form.problem())
        _keep_told(request, form, problem, IntakeRecord(Intake(), problem=problem.id))
        return redirect("problems:questions", problem.id)
    return render(request, "problems/edit.html", {"form": form, "rows": ROWS})


@own_runner
def edit(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Change place, first day, or the story."""
    known = _problem(request, problem)
    told = intake_record(request.runner, known)
    initial = initial_of(known, told.story, both=told.intake.get("side") == "both")
    form = ProblemForm(request.POST or None, today=request.runner.today(timezone.now()), initial=initial)
    if request.method == "POST" and form.is_valid():
        _keep_told(request, form, keep_problem(request.runner.id, form.problem(known)), told)
        return redirect("problems:show", problem)
    return render(request, "problems/edit.html", {"form": form, "rows": ROWS, "problem": known})


@own_runner
def questions(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Ask what must be asked first; what is left open is not a no."""
    known = _problem(request, problem)
    told = intake_record(request.runner, known)
    story, asked = read_words(request.runner, told), screening(request.runner, told).data["questions"]
    form = QuestionsForm(request.POST or None, intake=told.intake, open_questions=asked, story=story)
    if request.method == "POST" and form.is_valid():
        keep_answers(request.runner, told, form.answers())
        return redirect("problems:show", problem)
    return render(request, "problems/questions.html", {"form": form, "problem": known, "told": told})


@own_runner
@require_safe
def show(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Show what to do first, and what was unusual before it began."""
    known = _problem(request, problem)
    told = intake_record(request.runner, known)
    answer = fresh_answer(request.runner, known)
    verdict = screening(request.runner, told).data if told.confirmed_at else None
    found = {
        "problem": known,
        "told": told,
        "screening": verdict,
        "alone": sum(question["answers"] == 1 for question in verdict["questions"]) if verdict else 0,
        "answer": answer,
        "body": SafeString(render_answer(answer.parts)) if answer and answer.parts else "",
    }
    return render(request, "problems/show.html", found)


@own_runner
@require_safe
def working(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Answer htmx while an answer is worked out; once it is there the page is loaded anew."""
    _problem(request, problem)
    answer = kept_answer(request.runner.id, problem)
    page = render(request, "problems/working.html", {"problem": {"id": problem}})
    if answer is None or answer.state != "waiting":
        page.headers["HX-Refresh"] = "true"
    return page


@own_runner
@require_safe
def report(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Give the report as one file that opens anywhere without this desk."""
    _problem(request, problem)
    answer = kept_answer(request.runner.id, problem)
    if answer is None or not answer.parts:
        raise Http404
    page = HttpResponse(render_file(answer.parts))
    page.headers["Content-Disposition"] = 'attachment; filename="evengait-report.html"'
    return page


@own_runner
@require_POST
def end(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Say that it is over, that she runs as before, or that it goes on."""
    known = _problem(request, problem)
    form = EndForm(request.POST)
    if form.is_valid():
        keep_problem(request.runner.id, form.changed(known, request.runner.today(timezone.now())))
    return redirect("problems:show", problem)


@own_runner
@require_POST
def delete(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Delete a problem with its story, its answers and its report."""
    _problem(request, problem)
    forget_problem(request.runner.id, problem)
    return redirect("problems:home")


def _problem(request: RunnerRequest, problem: UUID) -> HealthProblem:
    try:
        return find_problem(request.runner.id, problem)
    except UsageError:
        raise Http404 from None


def _keep_told(request: RunnerRequest, form: ProblemForm, problem: HealthProblem, told: IntakeRecord) -> None:
    """Keep the story and the side with the intake."""
    side = "both" if form.cleaned_data["both"] else problem.side
    kept = replace(told, intake=told.intake.with_answer("side", side), story=form.cleaned_data["story"])
    keep_intake(request.runner.id, replace(kept, intake=kept.intake.with_answer("site", problem.site)))
