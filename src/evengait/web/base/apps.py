"""The frame as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Tells Django where templates and static files lie."""

    name = "evengait.web.base"
    label = "desk_base"

    def ready(self) -> None:
        """Teach addresses what a day is."""
        from django.urls import register_converter

        from evengait.web.base.days import DayInAddress

        register_converter(DayInAddress, "day")
