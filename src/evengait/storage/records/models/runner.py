"""A runner and the folder of the archive."""

from __future__ import annotations

import uuid

from django.db import models

from evengait.storage.records.models.account import Account


class Runner(models.Model):
    """A runner. ``name`` is the folder of the archive under ``<home>/runners``; the command line's is "me".

    Null ``account``: not claimed by anybody who signs in. An account owns at most one runner.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="runner"
    )
    name = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=80, blank=True)
    units = models.CharField(max_length=2, default="km")
    time_zone = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.display_name or "a runner"
