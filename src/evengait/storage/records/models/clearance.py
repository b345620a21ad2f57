"""A gate passed, or a word of a clinician that lets a plan go on."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.plan import Plan


class Clearance(models.Model):
    """One gate of a plan, passed on a date. ``by``: who says so, ``runner`` or ``clinician``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="clearances")
    gate = models.CharField(max_length=64)
    passed_on = models.DateField()
    by = models.CharField(max_length=16, default="runner")
    by_account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="clearances"
    )
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["passed_on", "created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "gate", "passed_on", "by"], name="a_gate_once_a_day")
        ]

    def __str__(self) -> str:
        return "a clearance"
