"""An import that the desk does in the background."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.runner import Runner


class ImportJob(models.Model):
    """One import; its columns are those of ``core/import_job.py``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="import_jobs")
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    label = models.CharField(max_length=120, blank=True)
    bytes_expected = models.BigIntegerField(default=0)
    bytes_received = models.BigIntegerField(default=0)
    files_done = models.IntegerField(default=0)
    files_total = models.IntegerField(default=0)
    sessions = models.IntegerField(default=0)
    batch = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    runs = models.IntegerField(default=0)
    distance_m = models.FloatField(default=0.0)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    without_file = models.IntegerField(default=0)
    problems = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-started_at"]
        indexes: ClassVar = [models.Index(fields=["runner", "state"])]

    def __str__(self) -> str:
        return "an import"
