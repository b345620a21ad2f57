"""What is kept of an intake: the answers, where each came from, and whether the runner has confirmed them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from evengait.core.intake import Intake


@dataclass(frozen=True)
class IntakeRecord:
    """One intake.

    Attributes
    ----------
    intake : Intake
        The answers; what was not asked is not in it.
    provenance : dict
        By path of the form: where the value came from, JSON.
    story : str
        The runner's own words, if she told them.
    problem : UUID or None
        The health problem it is about.
    confirmed_at : datetime or None
        Instant (UTC) at which the runner said that every value is hers; None = nothing may be screened from it.
    id : UUID or None
        Given by the records when it is kept.
    """

    intake: Intake
    provenance: dict[str, Any] = field(default_factory=dict)
    story: str = ""
    problem: UUID | None = None
    confirmed_at: datetime | None = None
    id: UUID | None = None
