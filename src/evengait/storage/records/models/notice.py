"""What a person is told of, and what she does not want to be told of."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.case import Case
from evengait.storage.records.models.relation import Relation


class Notice(models.Model):
    """One thing that happened in a case, or with somebody beside a runner, for one account.

    What the case says, and who it is, is looked up when it is read. One of ``case`` and ``relation`` is there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    relation = models.ForeignKey(
        Relation, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    kind = models.CharField(max_length=32)
    number = models.PositiveIntegerField(null=True, blank=True)
    happened_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-happened_at"]
        indexes: ClassVar = [models.Index(fields=["account", "read_at"])]

    def __str__(self) -> str:
        return "a notice"


class Mute(models.Model):
    """A case of which an account wants no notices; null ``case``: no mail at all."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="mutes")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="mutes")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "case"], name="muted_once"),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(case__isnull=True), name="no_mail_once"
            ),
        ]

    def __str__(self) -> str:
        return "a mute"
