"""A file with everything that is a person's."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account


class Takeout(models.Model):
    """One such file; its columns are those of ``core/takeout.py``. It lies in ``takeouts`` of the home, by its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="takeouts")
    state = models.CharField(max_length=16, default="waiting")
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    bytes = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-asked_at"]

    def __str__(self) -> str:
        return "a takeout"
