"""What is kept of a trial: its design as it was drawn. Its days are in the diary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True)
class TrialRecord:
    """One trial of an aid or exercise.

    Attributes
    ----------
    treatment : str
        Id of the aid or exercise, as the diary names it.
    design : dict
        Blocks, outcome and seed as they were drawn, JSON.
    started_on, ended_on : date, date or None
        Local dates.
    status : {"active", "ended"}
    problem : UUID or None
        The health problem it is for.
    id : UUID or None
        Given by the records when it is kept.
    """

    treatment: str
    started_on: date
    design: dict[str, Any] = field(default_factory=dict)
    ended_on: date | None = None
    status: str = "active"
    problem: UUID | None = None
    id: UUID | None = None
