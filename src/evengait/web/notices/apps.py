"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Tells Django where templates and static files lie."""

    name = "evengait.web.notices"
    label = "desk_notices"
