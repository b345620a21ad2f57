"""Pages of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.report.words import where
from evengait.storage.records.cases import cases_of, change_case, forget_case, open_case
from evengait.storage.records.notices import is_muted, mark_read
from evengait.storage.records.problems import problem as find_problem
from evengait.storage.records.proposals import propose
from evengait.storage.records.relations import leave_relation, own_part_in
from evengait.storage.records.replies import add_reply, change_reply, delete_reply
from evengait.storage.records.viewing import CasesSeen, cases_seen
from evengait.web.access import own_runner, signed_in
from evengait.web.cases.forms import CaseForm, EndForm, OpenForm, ReplyForm
from evengait.web.cases.page import case_page, page_asked
from evengait.web.cases.proposing import ProposalForm
from evengait.web.cases.seeing import at_reply, own_case, own_reply, seen_case, viewer
from evengait.web.cases.tasks import note
from evengait.web.notices.telling import tell_all, tell_of_beside

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from evengait.core.case import Reply
    from evengait.web.base.requests import DeskRequest, RunnerRequest
    from evengait.web.cases.seeing import Seen

SHOWN = 50
"""Cases of others on a page."""


@signed_in
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """List one's own cases and those that others shared with this person, a page at a time."""
    who, now = viewer(request), timezone.now()
    others: Any = CasesSeen(who, now, others=True)
    page = Paginator(others, SHOWN).get_page(request.GET.get("page"))
    own = [case for case, _ in cases_seen(who, now, runner=who.runner)] if who.runner else []
    return render(request, "cases/home.html", {"own": own, "others": page})


@own_runner
def start(request: RunnerRequest, problem: UUID) -> HttpResponse:
    """Open a case of a health problem; nobody else sees it until it is shared."""
    try:
        known = find_problem(request.runner.id, problem)
    except UsageError:
        raise Http404 from None
    title = f"{where(known.site, known.side)[:1].upper()}{where(known.site, known.side)[1:]}"
    form = OpenForm(request.POST or None, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        told, runner = form.cleaned_data, request.runner.id
        try:
            with transaction.atomic():  # no case without its first words
                case = open_case(runner, problem, told["title"], told["category"], opened_by=request.user.pk)
                add_reply(case.id, request.user.pk, told["body"])
        except UsageError as error:
            form.add_error("body", str(error))
        else:
            return redirect("cases:show", case.id)
    found = {"form": form, "problem": known, "others": cases_of(request.runner.id, problem)}
    return render(request, "cases/start.html", found, status=422 if form.errors else 200)


@signed_in
@require_safe
def show(request: DeskRequest, case: UUID) -> HttpResponse:
    """Show a case: what of it was shared, and a page of its replies."""
    seen = seen_case(request, case)
    found = case_page(seen, page_asked(seen.case, request.GET.dict()))
    found["muted"] = is_muted(request.user.pk, case)
    found["invited"] = case in seen.viewer.participates_in
    mark_read(request.user.pk, timezone.now(), case)
    return render(
        request, "cases/show.html", found | {"form": ReplyForm(), "proposal_form": _proposing(request, seen)}
    )


@signed_in
@require_http_methods(["GET", "POST"])
def reply(request: DeskRequest, case: UUID) -> HttpResponse:
    """Add a reply; where it cannot be kept the words stay in the form, and the links of that page lead to the case."""
    seen = seen_case(request, case)
    if request.method == "GET":
        return redirect(f"{reverse('cases:show', args=[case])}?{request.GET.urlencode()}")
    form, proposed = ReplyForm(request.POST), _proposing(request, seen, request.POST)
    if form.is_valid() and seen.can_reply and (proposed is None or proposed.is_valid()):
        try:
            added = _added(request, seen, form, proposed)
        except UsageError as error:
            form.add_error("body", str(error))
        else:
            note.enqueue(str(added.id))
            tell_all(case, "reply", request.user.pk, number=added.number)
            return at_reply(case, added.number)
    found = case_page(seen, seen.case.pages) | {"form": form, "proposal_form": proposed}
    return render(request, "cases/show.html", found, status=422)


def _proposing(request: DeskRequest, seen: Seen, sent: QueryDict | None = None) -> ProposalForm | None:
    """Return the form of a proposal; the runner proposes nothing to herself."""
    units = request.runner.units if request.runner else "km"
    return None if seen.hers else ProposalForm(sent, is_clinician=seen.viewer.is_clinician, units=units)


def _added(request: DeskRequest, seen: Seen, form: ReplyForm, proposed: ProposalForm | None) -> Reply:
    with transaction.atomic():
        added = add_reply(seen.case.id, request.user.pk, form.cleaned_data["body"])
        told = proposed.proposal() if proposed else None
        if told is not None:
            propose(added.id, request.user.pk, told, is_clinician=seen.viewer.is_clinician)
    return added


@signed_in
def edit_reply(request: DeskRequest, reply: UUID) -> HttpResponse:
    """Change the words of one's own reply."""
    seen, found = own_reply(request, reply)
    if found.hidden:
        raise Http404
    form = ReplyForm(request.POST or None, initial={"body": found.body})
    if request.method == "POST" and form.is_valid():
        change_reply(request.user.pk, reply, form.cleaned_data["body"])
        note.enqueue(str(reply))
        return at_reply(seen.case.id, found.number)
    return render(request, "cases/edit_reply.html", {"form": form, "seen": seen, "reply": found})


@signed_in
@require_POST
def remove_reply(request: DeskRequest, reply: UUID) -> HttpResponse:
    """Delete one's own reply; its number stays."""
    seen, found = own_reply(request, reply)
    delete_reply(request.user.pk, reply)
    return at_reply(seen.case.id, found.number)


@signed_in
@require_POST
def leave(request: DeskRequest, case: UUID) -> HttpResponse:
    """Leave a case that one was invited to: from now on it is not there any more."""
    seen_case(request, case)
    part = own_part_in(request.user.pk, case)
    if part is None:
        raise Http404
    leave_relation(request.user.pk, part, timezone.now())
    tell_of_beside("left", part, runner=True)
    messages.success(request, say("You have left the case."))
    return redirect("cases:home")


@own_runner
def edit(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Change title and category of one's own case."""
    seen = own_case(request, case)
    known = {"title": seen.case.title, "category": seen.case.category}
    form = CaseForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        change_case(request.runner.id, case, **form.cleaned_data)
        return redirect("cases:show", case)
    return render(request, "cases/edit.html", {"form": form, "seen": seen})


@own_runner
def end(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Close one's own case with how it ended, and what helped."""
    seen = own_case(request, case)
    known = {"ending": seen.case.ending, "ending_words": seen.case.ending_words}
    form = EndForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        change_case(request.runner.id, case, status="closed", **form.cleaned_data)
        tell_all(case, "closed", request.user.pk)
        return redirect("cases:show", case)
    return render(request, "cases/end.html", {"form": form, "seen": seen})


@own_runner
@require_POST
def reopen(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Open one's own case again."""
    own_case(request, case)
    change_case(request.runner.id, case, status="open", ending="", ending_words="")
    return redirect("cases:show", case)


@own_runner
@require_POST
def delete(request: RunnerRequest, case: UUID) -> HttpResponse:
    """Delete one's own case with all replies and everything that was shared in it."""
    own_case(request, case)
    forget_case(request.runner.id, case)
    return redirect("cases:home")
