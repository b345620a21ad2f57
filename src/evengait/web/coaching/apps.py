"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.coaching"
    label = "desk_coaching"
