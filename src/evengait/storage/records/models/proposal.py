"""What somebody proposes to a runner in a reply."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from evengait.storage.records.models._leaving import keep_what_was_accepted
from evengait.storage.records.models.account import Account
from evengait.storage.records.models.case import Case
from evengait.storage.records.models.case_reply import CaseReply
from evengait.storage.records.models.runner import Runner
from evengait.storage.records.models.trial import Trial


class Proposal(models.Model):
    """A change of plan, a trial, a question or a one-sided exercise; the words are in ``core/proposal.py``.

    Accepted it is the runner's own: it stays when its reply, its case or its author go. ``by_clinician``: its author
    was a clinician verified by the site when it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="proposals")
    case = models.ForeignKey(Case, on_delete=keep_what_was_accepted, null=True, related_name="proposals")
    reply = models.ForeignKey(
        CaseReply, on_delete=keep_what_was_accepted, null=True, related_name="proposals"
    )
    author = models.ForeignKey(Account, on_delete=keep_what_was_accepted, null=True, related_name="proposals")
    by_clinician = models.BooleanField(default=False)
    kind = models.CharField(max_length=32)
    text = models.TextField()
    treatment = models.CharField(max_length=64, blank=True)
    side = models.CharField(max_length=8, blank=True)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    change = models.CharField(max_length=16, blank=True)
    distance_m = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=16, default="open")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    trial = models.ForeignKey(
        Trial, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )

    class Meta:
        ordering: ClassVar = ["made_at"]
        indexes: ClassVar = [models.Index(fields=["runner", "status"])]

    def __str__(self) -> str:
        return "a proposal"
