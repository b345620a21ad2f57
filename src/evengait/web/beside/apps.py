"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BesideConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.beside"
    label = "desk_beside"
