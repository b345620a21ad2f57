"""A token by which a program speaks for a runner, and the scopes that say what it may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import Said, say

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

SCOPES = Said(
    {
        "read:training": "Read sessions, shoes and imports",
        "write:imports": "Bring recordings in, take an import back",
        "write:shoes": "Say what shoes had done before, retire them",
        "read:diary": "Read the diary",
        "write:diary": "Write the diary",
        "read:problems": "Read what hurts, its answers and the screening",
        "write:problems": "Tell what hurts, answer the questions",
        "read:plan": "Read the plan",
        "write:plan": "Begin a plan, pass its gates, end it",
        "read:strength": "Read the strength log",
        "write:strength": "Write the strength log",
        "read:trials": "Read trials and what they say",
        "write:trials": "Begin and end trials",
        "read:cases": "Read cases, one's own and those that were shared",
        "write:cases": "Open a case, reply and propose in cases",
        "write:proposals": "Accept, decline and take back what was proposed to you: plan, trials and calendar follow",
    }
)
"""What a token may do, each with a line for people. A program is given no more than it needs."""

NAME_LENGTH = 60
LONGEST_DAYS = 366
"""No token lasts longer than a year: a forgotten one ends by itself."""


@dataclass(frozen=True)
class ApiToken:
    """One token; its secret is shown once and never kept.

    Attributes
    ----------
    name : str
        What it is for, in the person's own words.
    scopes : tuple of str
        Of ``SCOPES``.
    expires_on : date
        The last UTC date on which it opens anything.
    id, account : UUID
    made_on, last_used_on : date, date or None
        UTC dates; None = never used.

    Raises
    ------
    UsageError
        No name, no scope, or a scope that is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from uuid import UUID
    >>> nobody = UUID(int=0)
    >>> token = ApiToken("watch", ("write:imports",), date(2026, 12, 1), nobody, nobody, date(2026, 11, 1))
    >>> token.opens(date(2026, 12, 2))
    False
    """

    name: str
    scopes: tuple[str, ...]
    expires_on: date
    id: UUID
    account: UUID
    made_on: date
    last_used_on: date | None = None

    def __post_init__(self) -> None:
        check_scopes(self.name, self.scopes)

    def opens(self, today: date) -> bool:
        """Tell whether it has not expired."""
        return today <= self.expires_on


def check_scopes(name: str, scopes: tuple[str, ...]) -> None:
    """Refuse a token without a name, without scopes, or with one that is not known.

    Raises
    ------
    UsageError
        One of these.
    """
    if not name.strip() or len(name) > NAME_LENGTH:
        raise UsageError(
            say("A token has a name of up to {name_length} letters, to know it by.", name_length=NAME_LENGTH)
        )
    if not scopes or not set(scopes) <= set(SCOPES):
        raise UsageError(say("A token may do at least one of: {join}.", join=", ".join(SCOPES)))
