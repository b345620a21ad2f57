"""A pain, from its onset to the return."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.runner import Runner


class HealthProblem(models.Model):
    """One health problem of a runner; the words of its kinds are in ``core/health_problem.py``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="health_problems")
    site = models.CharField(max_length=32)
    side = models.CharField(max_length=8, null=True, blank=True)  # noqa: DJ001 - null = not said, or in the middle
    onset = models.DateField()
    mode = models.CharField(max_length=16, null=True, blank=True)  # noqa: DJ001 - null = not asked
    status = models.CharField(max_length=16, default="open")
    returned_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    recurrence_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="recurrences"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-onset", "-created_at"]
        indexes: ClassVar = [models.Index(fields=["runner", "onset"])]

    def __str__(self) -> str:
        return "a health problem"
