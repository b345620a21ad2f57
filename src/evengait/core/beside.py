"""Who stands beside a runner, and what this person sees of her from day to day, besides cases.

A case shows a state that was kept (``core/sharing.py``). What is shared here lasts: it is looked up when it is looked
at, until the runner takes it back, it is over, or the relation ends, whichever comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import Said
from evengait.core.sharing import FIELDS as CASE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

KINDS = Said({"coach": "coach", "clinician": "clinician or physio"})
"""As whom a runner invites somebody who stands beside her and not in one case alone."""

FIELDS = Said(
    {
        "problem": "What hurts: the place, since when, whether it is over",
        "training": "Training: the last run, and distance and longest run week by week",
        "diary": "Pain: the diary of the last six weeks, and whether it is more than usual",
        "plan": "The plan: what it decided last, what comes next, and why",
        "story": "The story: what hurts, told in the runner's own words",
        **{name: CASE_FIELDS[name] for name in ("answer", "timeline", "gait", "shoes")},
    }
)
"""What can be shared in this way, each by itself."""

OF_A_PROBLEM = frozenset({"story", "answer", "timeline", "gait"})
"""Fields that belong to what hurts: whoever sees one of them sees ``problem`` too."""


@dataclass(frozen=True)
class LastingGrant:
    """One field to one person who stands beside a runner.

    Attributes
    ----------
    field : str
        One of ``FIELDS``.
    expires_at, revoked_at : datetime or None
        Instants; None = without end, not revoked.
    """

    field: str
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    given_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Tell whether it is neither revoked nor over."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True)
class Tie:
    """Somebody beside a runner, from either side.

    Attributes
    ----------
    id, runner, account : UUID
    kind : str
        One of ``KINDS``.
    name : str
        Of the person, as the runner reads it.
    runner_name : str
        Of the runner, as the person reads it.
    is_clinician : bool
        The person is verified by the site, whatever the runner invited her as.
    ended_at : datetime or None
        None = it lasts.
    grants : tuple of LastingGrant
        Everything that was given and not taken back.
    """

    id: UUID
    runner: UUID
    account: UUID
    kind: str
    name: str
    runner_name: str
    is_clinician: bool
    began_at: datetime
    ended_at: datetime | None = None
    grants: tuple[LastingGrant, ...] = ()


def lasting_fields(tie: Tie, now: datetime) -> frozenset[str]:
    """Return what this person sees of this runner at an instant, besides cases; empty = nothing.

    Parameters
    ----------
    tie : Tie
    now : datetime

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from uuid import uuid4
    >>> now = datetime(2026, 11, 26, tzinfo=UTC)
    >>> def tie(*grants, ended=None):
    ...     return Tie(uuid4(), uuid4(), uuid4(), "coach", "", "", False, now, ended, grants)
    >>> sorted(lasting_fields(tie(LastingGrant("gait")), now))
    ['gait', 'problem']
    >>> sorted(lasting_fields(tie(LastingGrant("gait"), ended=now), now))
    []
    >>> sorted(lasting_fields(tie(LastingGrant("plan", expires_at=now)), now))
    []
    """
    if tie.ended_at is not None:
        return frozenset()
    seen = frozenset(grant.field for grant in tie.grants if grant.holds(now)) & frozenset(FIELDS)
    return seen | {"problem"} if seen & OF_A_PROBLEM else seen


def checked_fields(fields: Iterable[str]) -> list[str]:
    """Return fields in the order in which they are shown.

    Raises
    ------
    UsageError
        One of them is not known.
    """
    wanted = set(fields)
    if not wanted <= set(FIELDS):
        raise UsageError("There is no such thing to share.")
    return [name for name in FIELDS if name in wanted]
