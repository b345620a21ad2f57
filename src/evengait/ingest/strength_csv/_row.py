"""One set as an app wrote it, before its exercise and its number are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time


@dataclass(frozen=True)
class Row:
    """The same attributes as ``core/strength.py`` StrengthSet; ``title`` is the app's name of the exercise."""

    date: date
    started: time | None
    title: str
    kind: str
    reps: int | None
    load_kg: float | None
    rir: float | None
    hold_s: float | None
    side: str | None
    pain_nprs: float | None
    notes: str | None
