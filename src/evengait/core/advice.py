"""One line of a case's ledger: what was advised, by whom, what is known of it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import Said, say

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

OUTCOMES = Said(
    {
        "open": "Not tried yet",
        "trying": "Being tried",
        "helped": "Helped",
        "no_change": "Changed nothing",
        "worse": "Made it worse",
        "cannot_tell": "Tried, and cannot be told",
        "left": "Not wanted",
    }
)


@dataclass(frozen=True)
class AdviceRecord:
    """One piece of advice.

    Attributes
    ----------
    case : UUID
    what : str
        In a few words: SI belt at night.
    words : str
        The author's own, as they stand in the reply; empty = not quoted.
    by : str
        A name, where it comes from a thread elsewhere; else the author of the reply.
    topic : str
        A key of the knowledge; empty = none known.
    evidence : tuple of str
        Keys of ``knowledge/evidence``; empty = none here.
    grade : str
        Of that evidence; empty = nothing is known here.
    outcome : str
        One of ``OUTCOMES``.
    outcome_words, outcome_at
        What the runner said of it, when.
    trial : UUID or None
        The trial that judged it.
    number : int or None
        Of the reply it stands in.
    """

    case: UUID
    what: str
    words: str = ""
    by: str = ""
    topic: str = ""
    evidence: tuple[str, ...] = ()
    grade: str = ""
    outcome: str = "open"
    outcome_words: str = ""
    outcome_at: datetime | None = None
    trial: UUID | None = None
    reply: UUID | None = None
    number: int | None = None
    author: UUID | None = None
    written_on: date | None = None
    id: UUID | None = None

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise UsageError(say("What became of it is one of: {join}.", join=", ".join(OUTCOMES)))
        if not self.what.strip():
            raise UsageError("Say what was advised.")
