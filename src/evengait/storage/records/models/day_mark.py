"""What a runner said became of a planned thing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evengait.storage.records.models.runner import Runner


class DayMark(models.Model):
    """One kind of one date, marked as done or skipped; its columns are those of ``core/day_mark.py``."""

    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="marks")
    date = models.DateField()
    kind = models.CharField(max_length=16)
    said = models.CharField(max_length=16)

    class Meta:
        ordering: ClassVar = ["date", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["runner", "date", "kind"], name="one_mark_a_date_and_kind")
        ]

    def __str__(self) -> str:
        return "a mark"
