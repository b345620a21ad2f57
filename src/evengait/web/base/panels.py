"""The panels of the start page: a room that has something to say there keeps a ``panel.py`` with ``panel(request)``."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from evengait.web.base.requests import DeskRequest


def panels_for(request: DeskRequest) -> list[SafeString]:
    """Return what each room has to say to this person, rendered, in the order of ``ROOMS``; most have nothing."""
    said = []
    for room in settings.ROOMS:
        name = f"evengait.web.{room}.panel"
        if find_spec(name):
            text = import_module(name).panel(request)
            said += [text] if text else []
    return said
