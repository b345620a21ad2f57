"""One logged set of a strength exercise."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce

from evengait.storage.records.models.runner import Runner


class StrengthSet(models.Model):
    """One set; its columns are those of ``core/strength.py``. Null = not asked or not written down."""

    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="strength_sets")
    date = models.DateField()
    started = models.TimeField(null=True)
    exercise = models.CharField(max_length=120)
    side = models.CharField(max_length=8, null=True)  # noqa: DJ001 - null = both legs together, or not said
    set_number = models.SmallIntegerField()
    reps = models.SmallIntegerField(null=True)
    load_kg = models.FloatField(null=True)
    rir = models.FloatField(null=True)
    hold_s = models.FloatField(null=True)
    pain_nprs = models.FloatField(null=True)
    notes = models.TextField(null=True)  # noqa: DJ001 - null = nothing said
    source = models.CharField(max_length=32, default="evengait")
    kind = models.CharField(max_length=16, default="working")

    class Meta:
        ordering: ClassVar = ["date", "started", "exercise", "set_number"]
        constraints: ClassVar = [
            # A null is a value here: the same set without a side is the same set.
            models.UniqueConstraint(
                "runner",
                "date",
                Coalesce("started", Value(time.max)),
                "exercise",
                Coalesce("side", Value("")),
                "set_number",
                name="one_set_of_a_number",
            )
        ]

    def __str__(self) -> str:
        return "a strength set"
