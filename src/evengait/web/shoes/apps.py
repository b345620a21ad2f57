"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ShoesConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.shoes"
    label = "desk_shoes"
