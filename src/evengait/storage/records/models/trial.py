"""A trial of one aid or exercise; its days are in the diary."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.health_problem import HealthProblem
from evengait.storage.records.models.runner import Runner


class Trial(models.Model):
    """Does this aid or exercise help me? ``design`` holds blocks, outcome and seed as they were drawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="trials")
    problem = models.ForeignKey(
        HealthProblem, on_delete=models.SET_NULL, null=True, blank=True, related_name="trials"
    )
    treatment = models.CharField(max_length=64)
    design = models.JSONField(default=dict)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=16, default="active")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-started_on", "-created_at"]

    def __str__(self) -> str:
        return "a trial"
