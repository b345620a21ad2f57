"""What is kept of a plan: the rules it is pinned to and what it is replayed from. Never a stage or a decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True)
class Passed:
    """A gate passed on a date. ``by``: who says so, ``runner`` or ``clinician``."""

    gate: str
    on: date
    by: str = "runner"
    note: str = ""


@dataclass(frozen=True)
class PlanRecord:
    """One plan, pinned.

    Attributes
    ----------
    progression, progression_version : str
        Which ladder of ``knowledge/progressions``.
    strength_block, strength_block_version : str
        Which block of ``knowledge/strength``; empty = none.
    started_on, ended_on : date, date or None
        Local dates.
    inputs : dict
        What only the runner could say at the start, JSON.
    status : {"active", "ended"}
    problem : UUID or None
        The health problem it is for.
    passed : tuple of Passed
        Gates so far, oldest first.
    id : UUID or None
        Given by the records when it is kept.
    """

    progression: str
    progression_version: str
    started_on: date
    inputs: dict[str, Any] = field(default_factory=dict)
    strength_block: str = ""
    strength_block_version: str = ""
    ended_on: date | None = None
    status: str = "active"
    problem: UUID | None = None
    passed: tuple[Passed, ...] = ()
    id: UUID | None = None
