"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class TakeoutsConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.takeouts"
    label = "desk_takeouts"
