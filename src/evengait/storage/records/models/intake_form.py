"""The answers to the first questions about a health problem."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.health_problem import HealthProblem
from evengait.storage.records.models.runner import Runner


class IntakeForm(models.Model):
    """One intake: ``form`` in the shape of the contract, ``provenance`` where each value came from.

    Null ``confirmed_at``: read from a story and not yet confirmed by the runner; nothing may be screened from it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="intake_forms")
    problem = models.ForeignKey(
        HealthProblem, on_delete=models.CASCADE, null=True, blank=True, related_name="intake_forms"
    )
    form = models.JSONField(default=dict)
    provenance = models.JSONField(default=dict)
    story = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return "an intake form"
