"""What every template knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from evengait import __version__
from evengait.core.language import spoken
from evengait.web.base.places import places_for

if TYPE_CHECKING:
    from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return ``runner`` (or None), ``is_demo``, ``places`` (the navigation), ``at_home``, ``version``, ``language``."""
    return {
        "runner": getattr(request, "runner", None),
        "is_demo": bool(getattr(request, "session", {}).get("made_up_runner")),
        "places": places_for(request),
        "at_home": settings.AT_HOME,
        "version": __version__,
        "language": spoken(),
    }
