"""Pages of somebody who stands beside runners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.core.errors import UsageError
from evengait.storage.records.relations import leave_relation
from evengait.storage.records.ties import tie_from, ties_from
from evengait.web.access import signed_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


@signed_in
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """List the runners beside whom this person stands."""
    return render(request, "coaching/home.html", {"ties": ties_from(request.user.pk)})


@signed_in
@require_POST
def end(request: DeskRequest, tie: UUID) -> HttpResponse:
    """Stand beside a runner no more."""
    if tie_from(request.user.pk, tie) is None:
        raise Http404
    try:
        leave_relation(request.user.pk, tie, timezone.now())
    except UsageError:  # she ended it between the two
        raise Http404 from None
    messages.success(
        request, "It is ended. You see nothing of this runner any more but what she shares with others."
    )
    return redirect("coaching:home")
