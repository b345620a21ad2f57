"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class StrengthConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.strength"
    label = "desk_strength"
