"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.trials"
    label = "desk_trials"
