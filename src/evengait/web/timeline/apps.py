"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.timeline"
    label = "desk_timeline"
