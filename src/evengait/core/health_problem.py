"""A health problem: where it hurts, since when, and how far the runner is back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.sites import SIDES, SITES

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

MODES = ("gradual", "sudden", "trauma")
STATUSES = ("open", "returned", "closed")


@dataclass(frozen=True)
class HealthProblem:
    """One health problem of a runner.

    Attributes
    ----------
    onset : date
        Local date on which it began.
    site : str
        One of ``SITES``.
    side, mode : str or None
        One of ``SIDES``, of ``MODES``; None = not said.
    status : {"open", "returned", "closed"}
        ``returned``: runs as before, still watched; ``closed``: over.
    returned_on, closed_on : date or None
        Local dates of those steps.
    recurrence_of : UUID or None
        The earlier problem that came back.
    id : UUID or None
        Given by the records when it is kept.

    Raises
    ------
    UsageError
        A word that is not known, or an end before the onset.

    Examples
    --------
    >>> from datetime import date
    >>> HealthProblem(date(2026, 11, 8), "sacroiliac", "left").status
    'open'
    """

    onset: date
    site: str
    side: str | None = None
    mode: str | None = None
    status: str = "open"
    returned_on: date | None = None
    closed_on: date | None = None
    recurrence_of: UUID | None = None
    id: UUID | None = None

    def __post_init__(self) -> None:
        known = {"site": SITES, "side": (None, *SIDES), "mode": (None, *MODES), "status": STATUSES}
        for name, words in known.items():
            if getattr(self, name) not in words:
                raise UsageError(
                    say(
                        "{name} is one of: {join}.", name=name, join=", ".join(word for word in words if word)
                    )
                )
        for name in ("returned_on", "closed_on"):
            end = getattr(self, name)
            if end is not None and end < self.onset:
                raise UsageError(say("{name} lies before the onset. Check both dates.", name=name))

    def turned(self, status: str, on: date) -> HealthProblem:
        """Return the problem as it stands once its status is another one, since a date; never before the onset.

        Raises
        ------
        UsageError
            The status is not known.
        """
        on = max(on, self.onset)
        return replace(
            self,
            status=status,
            returned_on=on if status == "returned" else (self.returned_on if status == "closed" else None),
            closed_on=on if status == "closed" else None,
        )
