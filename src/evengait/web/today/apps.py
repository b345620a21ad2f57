"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.today"
    label = "desk_today"
