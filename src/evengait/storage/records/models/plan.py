"""A plan: what it is replayed from, never what it came to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.health_problem import HealthProblem
from evengait.storage.records.models.runner import Runner


class Plan(models.Model):
    """A return-to-running plan, with or without a strength block, pinned to the versions of its rules.

    ``inputs`` holds what only the runner can say at the start; stages and decisions are worked out anew each time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="plans")
    problem = models.ForeignKey(
        HealthProblem, on_delete=models.CASCADE, null=True, blank=True, related_name="plans"
    )
    progression = models.CharField(max_length=64)
    progression_version = models.CharField(max_length=32)
    strength_block = models.CharField(max_length=64, blank=True)
    strength_block_version = models.CharField(max_length=32, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    inputs = models.JSONField(default=dict)
    status = models.CharField(max_length=16, default="active")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-started_on", "-created_at"]

    def __str__(self) -> str:
        return "a plan"
