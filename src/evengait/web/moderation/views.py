"""Pages of moderation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.moderation import ACTS
from evengait.storage.records.moderation import (
    complain,
    decide_complaint,
    hidden_cases,
    open_complaints,
    show_case,
    trail,
)
from evengait.web.access import moderators, signed_in
from evengait.web.cases.markup import as_html
from evengait.web.cases.seeing import at_reply, seen_reply
from evengait.web.moderation.forms import ReportForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


@signed_in
def report(request: DeskRequest, reply: UUID) -> HttpResponse:
    """Report a reply that this person can read: the moderators then read this one reply."""
    seen, found = seen_reply(request, reply)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        complain(reply, request.user.pk, form.cleaned_data["reason"], form.cleaned_data["words"])
        messages.success(
            request, say("Reported. The moderators will read this reply, and nothing else of the case.")
        )
        return at_reply(seen.case.id, found.number)
    return render(request, "moderation/report.html", {"form": form, "seen": seen, "reply": found})


@moderators
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """List what was reported, and what was decided."""
    waiting = [(one, as_html(one.body)) for one in open_complaints(request.user.pk)]
    acts = [(one, ACTS.get(one.act, one.act)) for one in trail()]
    told = {"waiting": waiting, "acts": acts, "hidden": hidden_cases(request.user.pk)}
    return render(request, "moderation/home.html", told)


@moderators
@require_POST
def decide(request: DeskRequest, complaint: UUID) -> HttpResponse:
    """Hide a reported reply or its whole case, or keep it."""
    try:
        decide_complaint(request.user.pk, complaint, request.POST.get("decision", ""), timezone.now())
    except UsageError:
        raise Http404 from None
    return redirect("moderation:home")


@moderators
@require_POST
def show_again(request: DeskRequest, case: UUID) -> HttpResponse:
    """Show a hidden case again to those it is shared with."""
    try:
        show_case(request.user.pk, case)
    except UsageError:
        raise Http404 from None
    return redirect("moderation:home")
