"""The frame as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Tells Django where templates and static files lie."""

    name = "evengait.web.base"
    label = "desk_base"
