"""A health problem opened for answers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.health_problem import HealthProblem
from evengait.storage.records.models.runner import Runner


class Case(models.Model):
    """One case of a runner; the words of its kinds are in ``core/case.py``.

    ``last_number`` is the number of the latest reply: replies are counted without gaps. Null ``opened_by``: whoever
    opened it is gone, or it is a made-up runner's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="cases")
    problem = models.ForeignKey(HealthProblem, on_delete=models.CASCADE, related_name="cases")
    opened_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases_opened"
    )
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=32)
    status = models.CharField(max_length=16, default="open")
    ending = models.CharField(max_length=32, blank=True)
    ending_words = models.TextField(blank=True)
    source = models.CharField(max_length=32, default="here")
    last_number = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-changed_at"]
        indexes: ClassVar = [models.Index(fields=["runner", "status"])]

    def __str__(self) -> str:
        return "a case"
