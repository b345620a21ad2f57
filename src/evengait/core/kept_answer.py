"""An answer that was worked out for a health problem and is kept, so that pages show it at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

ANSWER_STATES = ("waiting", "done", "refused")


@dataclass(frozen=True)
class KeptAnswer:
    """What the desk knows of the answer to one health problem.

    Attributes
    ----------
    key : str
        Of everything it was made from: another key means that it is out of date.
    state : {"waiting", "done", "refused"}
        ``waiting``: being worked out; ``refused``: the question cannot be asked, ``reason`` says why.
    reason : str
        A sentence for people.
    parts : dict
        From ``report/parts.py``; empty unless it is done. While a newer one is worked out, the one before.
    changed_at : datetime or None
        Instant (UTC).
    """

    key: str
    state: str
    reason: str = ""
    parts: dict[str, Any] = field(default_factory=dict)
    changed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.state not in ANSWER_STATES:
            raise UsageError("The state of an answer is not known.")
