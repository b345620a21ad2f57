"""What is reported to the moderators, and what moderators and admins did."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.case_reply import CaseReply


class Complaint(models.Model):
    """One reply, reported by somebody who may read it. It goes with the reply."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reply = models.ForeignKey(CaseReply, on_delete=models.CASCADE, related_name="complaints")
    by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="complaints"
    )
    reason = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    status = models.CharField(max_length=16, default="open")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "by"], name="reported_once_by_a_person")
        ]

    def __str__(self) -> str:
        return "a complaint"


class AuditEntry(models.Model):
    """One act of a moderator or an admin: who, when, what, on which row. Never what the row said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="audit_entries"
    )
    act = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    row = models.UUIDField()
    reason = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return "an audit entry"
