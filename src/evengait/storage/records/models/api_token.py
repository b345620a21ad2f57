"""A token of a program."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account


class ApiToken(models.Model):
    """One token; its columns are those of ``core/api_token.py``. ``digest``: the secret's SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_on = models.DateField()
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_on", "name"]

    def __str__(self) -> str:
        return "a token"
