"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.api"
    label = "desk_api"
