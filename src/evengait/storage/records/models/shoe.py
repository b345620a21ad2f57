"""What a runner says of a pair of shoes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evengait.storage.records.models.runner import Runner


class Shoe(models.Model):
    """One name of a pair; its columns are those of ``core/shoe.py``. Kilometres are the archive's, never kept here."""

    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="shoes")
    name = models.CharField(max_length=200)
    same_as = models.CharField(max_length=200, blank=True)
    before_km = models.FloatField(null=True)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["runner", "name"], name="one_shoe_a_name")]

    def __str__(self) -> str:
        return "a pair of shoes"
