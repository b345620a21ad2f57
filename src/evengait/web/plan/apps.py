"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.plan"
    label = "desk_plan"
