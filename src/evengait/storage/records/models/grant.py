"""What a runner shares of a case, with whom, until when; and the state of it that she saw before she shared it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.case import Case


class Grant(models.Model):
    """One field of a case, to one account or to one role; the words are in ``core/sharing.py``.

    Null ``expires_at``: until it is revoked. Null ``revoked_at``: it holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    field = models.CharField(max_length=32)
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    role = models.CharField(max_length=16, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["given_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, role="")
                | (models.Q(account__isnull=True) & ~models.Q(role="")),
                name="to_a_person_or_to_a_role",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["role", "revoked_at"])]

    def __str__(self) -> str:
        return "a grant"


class SharedPart(models.Model):
    """One field of a case as it was when the runner last shared it; gone with the last grant of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shared_parts")
    field = models.CharField(max_length=32)
    data = models.JSONField(default=dict)
    taken_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "field"], name="one_state_of_a_field")
        ]

    def __str__(self) -> str:
        return "a shared part"
