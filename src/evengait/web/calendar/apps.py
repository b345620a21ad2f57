"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Tells Django where templates and static files lie."""

    name = "evengait.web.calendar"
    label = "desk_calendar"
