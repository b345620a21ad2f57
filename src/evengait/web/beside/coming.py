"""The page of an invitation: by whom it is, what it will show, and the way in with or without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils import timezone

from evengait.core.beside import FIELDS, KINDS
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.storage.records.relations import follow
from evengait.storage.records.relations import invitation as find
from evengait.storage.records.runners import runner_by_id
from evengait.web.access import anybody
from evengait.web.accounts.invitation import INVITED
from evengait.web.notices.telling import tell_of_beside

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.core.case import Invited
    from evengait.web.base.requests import DeskRequest


@anybody
def come(request: DeskRequest, invitation: UUID) -> HttpResponse:
    """Say what an invitation is; signed in, become what it says. It works once."""
    found = find(invitation, timezone.now())
    if found is None:
        return render(request, "beside/too_late.html", status=404)
    if request.method == "POST":
        return _come_in(request, found)
    if not request.user.is_authenticated and not settings.AT_HOME:
        request.session[INVITED] = (
            "guest"  # whoever holds it may make an account, as with an invitation to the desk
        )
    runner = getattr(request, "runner", None)
    asks = runner_by_id(found.runner)
    told = {
        "invited": found,
        "name": asks.display_name if asks else "",
        "kind": KINDS.get(found.kind, ""),
        "sees": [words for name, words in FIELDS.items() if name in found.fields],
        "own": runner is not None and runner.id == found.runner,
        "next": request.path,
    }
    return render(request, "beside/come.html", told)


def _come_in(request: DeskRequest, found: Invited) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        _, relation = follow(found.id, request.user.pk, timezone.now())
    except UsageError:
        return render(request, "beside/too_late.html", status=404)
    tell_of_beside("came", relation, runner=True)
    if found.case is not None:
        return redirect("cases:show", found.case)
    messages.success(request, say("You stand beside this runner now. What she shares with you is here."))
    return redirect("coaching:home")
