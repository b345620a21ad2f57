"""Pages of taking everything along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evengait.core.language import spoken
from evengait.storage.records.takeouts import ask_for_takeout, forget_takeouts, takeout_file, takeouts_of
from evengait.web.access import signed_in
from evengait.web.takeouts.tasks import make

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.web.base.requests import DeskRequest


@signed_in
@require_safe
def home(request: DeskRequest) -> HttpResponseBase:
    """Show what is ready, and offer to make a file."""
    now = timezone.now()
    latest = next(iter(takeouts_of(request.user.pk)), None)
    told = {"latest": latest, "ready": latest is not None and latest.ready(now)}
    return render(
        request, "takeouts/home.html", told | {"waiting": latest is not None and latest.state == "waiting"}
    )


@signed_in
@require_POST
def begin(request: DeskRequest) -> HttpResponseBase:
    """Have the file made, in place of the one before; one at a time."""
    if not any(one.state == "waiting" for one in takeouts_of(request.user.pk)):
        forget_takeouts(settings.HOME, account=request.user.pk)
        with transaction.atomic():
            make.enqueue(str(ask_for_takeout(request.user.pk).id), spoken())
    return redirect("takeouts:home")


@signed_in
@require_safe
def progress(request: DeskRequest) -> HttpResponseBase:
    """Answer htmx while the file is made; once it is there the page is loaded anew."""
    page = render(request, "takeouts/progress.html")
    if not any(one.state == "waiting" for one in takeouts_of(request.user.pk)):
        page.headers["HX-Refresh"] = "true"
    return page


@signed_in
@require_safe
def download(request: DeskRequest, takeout: UUID) -> HttpResponseBase:
    """Give the file to whom it belongs, as long as it lasts."""
    told = next((one for one in takeouts_of(request.user.pk) if one.id == takeout), None)
    file = takeout_file(settings.HOME, takeout)
    if told is None or not told.ready(timezone.now()) or not file.exists():
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=True, filename="evengait-everything.zip")
