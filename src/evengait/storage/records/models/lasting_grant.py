"""What somebody beside a runner sees of her from day to day."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models.relation import Relation


class LastingGrant(models.Model):
    """One field of a runner, to one relation; the words are in ``core/beside.py``. It ends with the relation.

    Null ``expires_at``: until it is revoked. Null ``revoked_at``: it holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="grants")
    field = models.CharField(max_length=32)
    given_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["relation", "field"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_lasting_grant_of_a_field",
            )
        ]

    def __str__(self) -> str:
        return "a lasting grant"
