"""What the list of a coach tells of a runner, kept: where her plan stands and when she last ran."""

from __future__ import annotations

from django.db import models

from evengait.storage.records.models.runner import Runner


class Glance(models.Model):
    """One runner; its data is that of ``core/glance.py``. Null ``made_at``: it was asked for and is not there yet."""

    runner = models.OneToOneField(Runner, on_delete=models.CASCADE, primary_key=True, related_name="glance")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return "a glance"
