"""The answer to a health problem, kept."""

from __future__ import annotations

from django.db import models

from evengait.storage.records.models.health_problem import HealthProblem


class KeptAnswer(models.Model):
    """One answer; its columns are those of ``core/kept_answer.py``. It goes with its health problem."""

    problem = models.OneToOneField(
        HealthProblem, on_delete=models.CASCADE, primary_key=True, related_name="answer"
    )
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    reason = models.TextField(blank=True)
    parts = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return "an answer"
