"""Something that was sent with a key of its own, so that it is done once however often it is sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evengait.storage.records.models.account import Account


class Sent(models.Model):
    """One form or request that was done. ``digest``: SHA-256 of its key; ``about``: of what was asked with it.

    ``answer`` is where the form led, or what a program was answered; it goes after an hour (``sent.py``).
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sent")
    digest = models.CharField(max_length=64)
    about = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects: ClassVar[models.Manager[Sent]] = models.Manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "digest"], name="sent_once")]

    def __str__(self) -> str:
        return "something that was sent"
