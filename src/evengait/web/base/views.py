"""Pages that belong to no room: the signs that cannot wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from evengait.report.safety import safety_net
from evengait.web.access import anybody

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@anybody
def signs(request: HttpRequest) -> HttpResponse:
    """Show the signs that cannot wait; open to everybody, signed in or not."""
    return render(request, "base/signs.html", {"net": safety_net()})
