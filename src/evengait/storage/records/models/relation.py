"""Who stands beside a runner, and as what; how one comes to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.case import Case
from evengait.storage.records.models.runner import Runner


class Relation(models.Model):
    """An account that is a runner's ``coach`` or ``clinician``, or ``participant`` of one case.

    By itself it shows nothing of hers.

    Null ``ended_at``: it lasts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="relations")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="relations")
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["began_at"]
        indexes: ClassVar = [models.Index(fields=["account", "kind"])]

    def __str__(self) -> str:
        return "a relation"


class Invitation(models.Model):
    """A link that a runner hands on: who follows it, signed in, becomes what it says. It works once.

    ``fields``: what the person sees from then on, of ``core/beside.py``; null ``until``: without end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="invitations")
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    kind = models.CharField(max_length=16)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    fields = models.JSONField(default=list)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return "an invitation"
