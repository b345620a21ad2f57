"""Pages of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.storage.records.notices import is_muted, mark_read, mute, notices_for
from evengait.web.access import signed_in
from evengait.web.cases.seeing import seen_case, viewer

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from evengait.web.base.requests import DeskRequest


@signed_in
@require_safe
def home(request: DeskRequest) -> HttpResponse:
    """List what happened."""
    found = notices_for(viewer(request), timezone.now())
    return render(
        request,
        "notices/home.html",
        {
            "notices": found,
            "unread": sum(not one.read for one in found),
            "no_mail": is_muted(request.user.pk, None),
        },
    )


@signed_in
@require_POST
def read(request: DeskRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_read(request.user.pk, timezone.now())
    return redirect("notices:home")


@signed_in
@require_POST
def mail(request: DeskRequest) -> HttpResponse:
    """Turn mails off, or on again."""
    mute(request.user.pk, None, on=request.POST.get("off") == "1")
    return redirect("notices:home")


@signed_in
@require_POST
def mute_case(request: DeskRequest, case: UUID) -> HttpResponse:
    """Mute a case that this person sees, or hear of it again."""
    seen_case(request, case)
    mute(request.user.pk, case, on=request.POST.get("off") == "1")
    return redirect("cases:show", case)
