"""A reply in a case."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models._leaving import leave_tombstone
from evengait.storage.records.models.account import Account
from evengait.storage.records.models.case import Case


class CaseReply(models.Model):
    """One reply; numbers begin at 1 and have no gaps.

    ``deleted_at``: a tombstone, its words are gone. ``quoted_…``: what a thread from elsewhere says of its
    author and day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="replies")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        Account, on_delete=leave_tombstone, null=True, blank=True, related_name="case_replies"
    )
    body = models.TextField(blank=True)
    quoted_author = models.CharField(max_length=120, blank=True)
    quoted_role = models.CharField(max_length=32, blank=True)
    quoted_on = models.DateField(null=True, blank=True)
    quoted_number = models.CharField(max_length=32, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_reply_of_a_number")
        ]
        indexes: ClassVar = [models.Index(fields=["author", "written_at"])]

    def __str__(self) -> str:
        return "a reply"
