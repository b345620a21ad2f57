"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    """Tells Django where templates and static files lie."""

    name = "evengait.web.threads"
    label = "desk_threads"
