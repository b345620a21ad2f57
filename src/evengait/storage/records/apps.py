"""The records as a Django app; its tables begin with ``records_``."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tells Django where the models lie."""

    name = "evengait.storage.records"
    label = "records"
    verbose_name = "Records"
    default_auto_field = "django.db.models.BigAutoField"
