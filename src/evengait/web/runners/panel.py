"""What the start page says of a made-up runner who is being made, whoever is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from evengait.web.runners.demo import demo_of, demo_under_way

if TYPE_CHECKING:
    from evengait.web.base.requests import DeskRequest


def panel(request: DeskRequest) -> SafeString:
    """Say that she is on her way; nothing where she is not, or is looked at already: her own page says it then."""
    job = None if demo_of(request) else demo_under_way(request.user)
    if job is None:
        return SafeString("")
    return SafeString(render_to_string("runners/on_her_way.html", {"job": job}, request))
