"""What a runner said of one date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evengait.storage.records.models.runner import Runner


class DiaryEntry(models.Model):
    """One date of a runner's diary; its columns are those of ``core/diary.py``. Null = not asked, never "none"."""

    runner = models.ForeignKey(Runner, on_delete=models.CASCADE, related_name="diary")
    date = models.DateField()
    pain_rest_nprs = models.FloatField(null=True)
    pain_daily_nprs = models.FloatField(null=True)
    pain_night_nprs = models.FloatField(null=True)
    pain_during_nprs = models.FloatField(null=True)
    pain_after_nprs = models.FloatField(null=True)
    pain_next_morning_nprs = models.FloatField(null=True)
    limp = models.BooleanField(null=True)
    bone_pain = models.BooleanField(null=True)
    numb_or_weak = models.BooleanField(null=True)
    illness = models.BooleanField(null=True)
    aids = models.JSONField(null=True)
    exercises = models.JSONField(null=True)
    sleep_h = models.FloatField(null=True)
    overuse_participation_pts = models.SmallIntegerField(null=True)
    overuse_volume_pts = models.SmallIntegerField(null=True)
    overuse_performance_pts = models.SmallIntegerField(null=True)
    overuse_pain_pts = models.SmallIntegerField(null=True)
    overuse_score = models.SmallIntegerField(null=True)
    notes = models.TextField(null=True)  # noqa: DJ001 - null = nothing said

    class Meta:
        ordering: ClassVar = ["date"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["runner", "date"], name="one_diary_entry_a_date")
        ]

    def __str__(self) -> str:
        return "a diary entry"
