"""Pages that belong to no room: the signs that cannot wait, the look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evengait.report.html import stylesheet
from evengait.report.safety import safety_net
from evengait.web.access import anybody, signed_in
from evengait.web.base.pieces import PiecesForm
from evengait.web.base.places import more_places

if TYPE_CHECKING:
    from django.http import HttpRequest


@anybody
def signs(request: HttpRequest) -> HttpResponse:
    """Show the signs that cannot wait; open to everybody, signed in or not."""
    return render(request, "base/signs.html", {"net": safety_net()})


@anybody
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the desk is for, what it keeps and who can use it; open to everybody."""
    days = settings.SESSION_COOKIE_AGE // (60 * 60 * 24)
    return render(request, "base/about.html", {"days": days, "operator": settings.OPERATOR})


@signed_in
@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """List the places that the navigation has no room for."""
    return render(request, "base/more.html", {"found": more_places(request)})


@anybody
def look(request: HttpRequest) -> HttpResponse:
    """Show every piece that pages are made of, for who makes one."""
    return render(
        request, "base/look.html", {"form": PiecesForm({"pain": "4", "night": "", "email": "nobody"})}
    )


@anybody
def look_css(request: HttpRequest, version: str) -> HttpResponse:  # noqa: ARG001 - a new look has a new address
    """Return colours and type as the report has them; kept by the browser for a year."""
    answer = HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
