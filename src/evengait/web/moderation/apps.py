"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Tells Django where templates and static files lie."""

    name = "evengait.web.moderation"
    label = "desk_moderation"
