"""Pages of bringing runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.storage.records.import_jobs import job as find_job
from evengait.storage.records.import_jobs import unfinished_job
from evengait.web.access import own_runner
from evengait.web.imports.forms import BeginForm, PieceForm, UndoForm, WholeForm
from evengait.web.imports.history import ON_A_PAGE, batches, files_with_reasons
from evengait.web.imports.upload import begin_upload, give_up, hand_over, take_back, take_pieces

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.core.import_job import ImportJob
    from evengait.web.base.requests import RunnerRequest


@own_runner
@require_safe
def home(request: RunnerRequest) -> HttpResponse:
    """Show where files are dropped, what is under way, and what was brought in."""
    found = {"batches": batches(request.runner), "job": unfinished_job(request.runner.id)}
    return render(request, "imports/home.html", found)


@own_runner
@require_POST
def begin(request: RunnerRequest) -> HttpResponse:
    """Begin an upload in pieces; a browser without scripts sends its files right here, whole."""
    form = BeginForm(request.POST)
    if not request.FILES:
        if not form.is_valid():
            return JsonResponse({"error": _first_error(form)}, status=400)
        upload = begin_upload(request.runner.id, form.cleaned_data["label"], form.cleaned_data["size"])
        return JsonResponse({"upload": str(upload.id)})
    files = WholeForm(files=request.FILES).whole()
    if not files:
        return render(
            request, "imports/home.html", {"error": say("One of the files has a name that cannot be taken.")}
        )
    upload = begin_upload(request.runner.id, files[0].name or "", sum(file.size or 0 for file in files))
    take_pieces(upload, [(file.name or "", 0, file) for file in files])
    hand_over(upload.id)
    return redirect("imports:job", upload.id)


@own_runner
@require_POST
def piece(request: RunnerRequest, job: UUID) -> HttpResponse:
    """Take pieces of files; answers with how many bytes have come."""
    upload = _job(request, job)
    pieces = PieceForm(request.POST, request.FILES).pieces()
    if not pieces or upload.state != "receiving":
        return JsonResponse({"error": say("This upload is closed. Begin again.")}, status=400)
    try:
        return JsonResponse({"received": take_pieces(upload, pieces)})
    except UsageError as error:
        return JsonResponse({"error": str(error)}, status=409)


@own_runner
@require_POST
def received(request: RunnerRequest, job: UUID) -> HttpResponse:
    """Hear that everything has come; the worker goes on."""
    hand_over(_job(request, job).id)
    return redirect("imports:job", job)


@own_runner
@require_POST
def drop(request: RunnerRequest, job: UUID) -> HttpResponse:
    """Drop an upload that never became complete."""
    give_up(request.runner.id, _job(request, job))
    return redirect("imports:home")


@own_runner
@require_safe
def show(request: RunnerRequest, job: UUID) -> HttpResponse:
    """Show one import: how far it is, or what came of it, with every file that did not come in whole."""
    told = _job(request, job)
    page = max(int(request.GET.get("page", "1") or 1), 1) if request.GET.get("page", "1").isdigit() else 1
    done = bool(told.batch) and not told.unfinished and told.kind != "undo"
    lists = [
        (what, *(files_with_reasons(request.runner, told.batch, what, page) if done else ([], 0)))
        for what in ("failed", "added")
    ]
    more = any(count > page * ON_A_PAGE for _, _, count in lists)
    return render(request, "imports/job.html", {"job": told, "page": page, "more": more, "lists": lists})


@own_runner
@require_safe
def progress(request: RunnerRequest, job: UUID) -> HttpResponse:
    """Answer htmx with how far an import is; at its end the page is loaded anew."""
    told = _job(request, job)
    answer = render(request, "imports/progress.html", {"job": told})
    if not told.unfinished:
        answer.headers["HX-Refresh"] = "true"
    return answer


@own_runner
@require_POST
def undo(request: RunnerRequest) -> HttpResponse:
    """Take an import back, whole."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Http404
    return redirect("imports:job", take_back(request.runner.id, form.cleaned_data["batch"]).id)


def _job(request: RunnerRequest, job: UUID) -> ImportJob:
    try:
        return find_job(request.runner.id, job)
    except UsageError:
        raise Http404 from None


def _first_error(form: BeginForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), say("Nothing to send."))
