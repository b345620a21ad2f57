"""What the start page says of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from evengait.storage.records.notices import unread
from evengait.web.cases.seeing import viewer

if TYPE_CHECKING:
    from evengait.web.base.requests import DeskRequest


def panel(request: DeskRequest) -> SafeString:
    """Say how many notices are new; nothing where there is none."""
    count = unread(viewer(request), timezone.now())
    return SafeString(render_to_string("notices/panel.html", {"count": count})) if count else SafeString("")
