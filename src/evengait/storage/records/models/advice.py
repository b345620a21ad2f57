"""What was advised in a case, and what became of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F

from evengait.storage.records.models.account import Account
from evengait.storage.records.models.case import Case
from evengait.storage.records.models.case_reply import CaseReply
from evengait.storage.records.models.trial import Trial


class Advice(models.Model):
    """One line of a case's ledger; the words are in ``core/advice.py``.

    ``words``: the author's own, as they stand in the reply. ``place``: its order in the reply, from 1; 0 = not known.
    ``topic``: what it is about, a key of the knowledge; empty = none known. ``evidence``: keys of
    ``knowledge/evidence``. It goes with its reply and with its author's account.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="advice")
    reply = models.ForeignKey(
        CaseReply, on_delete=models.CASCADE, null=True, blank=True, related_name="advice"
    )
    author = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, blank=True, related_name="advice"
    )
    by = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    topic = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(default=list)
    grade = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=16, default="open")
    outcome_words = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    trial = models.ForeignKey(Trial, on_delete=models.SET_NULL, null=True, blank=True, related_name="advice")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = [
            "case_id", F("reply__number").asc(nulls_last=True), "place", "noted_at", "id",
        ]  # fmt: skip

    def __str__(self) -> str:
        return "a piece of advice"
