"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RunnersConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.runners"
    label = "desk_runners"
