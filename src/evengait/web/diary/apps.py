"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """Tells Django where the templates lie."""

    name = "evengait.web.diary"
    label = "desk_diary"
