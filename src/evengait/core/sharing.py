"""Who sees what of a case: one pure function that every page goes through.

A runner sees her own. Everybody else sees the fields that a grant which holds names, to the person or to a role
that this person has. A role that has ended opens nothing any more, so what was shared with it lapses with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import Said, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

FIELDS = Said(
    {
        "case": "The case: title, place on the body, replies, how it ended",
        "story": "The story, as it was told",
        "answer": "What was unusual before the pain, and how sure one can be",
        "timeline": "The weeks before, as a picture: load, pain, shoes, ground, left and right",
        "load": "The weeks before, as a table",
        "gait": "Left and right",
        "shoes": "Shoes",
        "diary": "Pain in the diary, the last six weeks",
        "plan": "The plan: what comes next, and why",
    }
)
"""What can be shared, each by itself; whoever sees one of the others sees the case too."""

DATA_FIELDS = tuple(name for name in FIELDS if name != "case")
"""Fields that are kept as they were when they were shared."""

ROLES = Said(
    {
        "participant": "Everybody you invited to this case",
        "coach": "Your coach",
        "clinician": "Every clinician verified by this desk",
        "everybody": "Everybody who can sign in to this desk",
    }
)
"""To whom one can share besides a person."""


@dataclass(frozen=True)
class Viewer:
    """Whoever looks.

    Attributes
    ----------
    account : UUID or None
        None = nobody is signed in.
    runner : UUID or None
        The runner whom this person looks after as her own; None = none.
    is_clinician : bool
        Verified by the site.
    coach_of : frozenset of UUID
        Runners whose coach this person is today.
    participates_in : frozenset of UUID
        Cases this person was invited to and has not left.
    """

    account: UUID | None = None
    runner: UUID | None = None
    is_clinician: bool = False
    coach_of: frozenset[UUID] = frozenset()
    participates_in: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Shown:
    """What the decision needs to know of a case: whose it is, and whether moderators have hidden it."""

    id: UUID
    runner: UUID
    hidden: bool = False


@dataclass(frozen=True)
class Grant:
    """One field to one person or one role.

    Attributes
    ----------
    field : str
        One of ``FIELDS``.
    account : UUID or None
    role : str
        One of ``ROLES``; empty where it is to a person.
    expires_at, revoked_at : datetime or None
        Instants; None = without end, not revoked.
    """

    field: str
    account: UUID | None = None
    role: str = ""
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    given_at: datetime | None = None
    id: UUID | None = None

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise UsageError("There is no such field to share.")
        if (self.account is None) == (not self.role) or (self.role and self.role not in ROLES):
            raise UsageError("A field is shared with one person or with one role.")

    def holds(self, now: datetime) -> bool:
        """Tell whether it is neither revoked nor over."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def roles_in(viewer: Viewer, case: Shown) -> frozenset[str]:
    """Return the roles that this person has in a case, as grants name them; the runner herself has none of them."""
    if viewer.account is None:
        return frozenset()
    found = {"everybody"}
    if viewer.is_clinician:
        found.add("clinician")
    if case.runner in viewer.coach_of:
        found.add("coach")
    if case.id in viewer.participates_in:
        found.add("participant")
    return frozenset(found)


def is_hers(viewer: Viewer, case: Shown) -> bool:
    """Tell whether the case is this viewer's own."""
    return viewer.account is not None and viewer.runner == case.runner


def fields_seen(viewer: Viewer, case: Shown, grants: Iterable[Grant], now: datetime) -> frozenset[str]:
    """Return the fields of a case that this person may see at an instant; empty = to her the case is not there.

    Parameters
    ----------
    viewer : Viewer
    case : Shown
    grants : iterable of Grant
        All of this case; those that do not hold are left out here.
    now : datetime

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from uuid import uuid4
    >>> case, coach, now = Shown(uuid4(), uuid4()), uuid4(), datetime(2026, 11, 26, tzinfo=UTC)
    >>> sorted(fields_seen(Viewer(coach), case, [Grant("gait", account=coach)], now))
    ['case', 'gait']
    >>> sorted(fields_seen(Viewer(coach), case, [Grant("gait", account=coach, expires_at=now)], now))
    []
    """
    if is_hers(viewer, case):
        return frozenset(FIELDS)
    if viewer.account is None or case.hidden:
        return frozenset()
    roles = roles_in(viewer, case)
    seen = {
        grant.field
        for grant in grants
        if grant.holds(now) and (grant.account == viewer.account if grant.account else grant.role in roles)
    }
    return frozenset(seen | {"case"}) if seen else frozenset()


def role_mark(role: str) -> str:
    """Return how a role of ``role_words`` is marked: ``warn`` for who opened the case, ``good`` for a clinician."""
    marks = {say("creator"): "warn", say("clinician, verified by this desk"): "good"}
    return marks.get(role, "")


def role_words(viewer: Viewer, case: Shown, *, opened_it: bool) -> tuple[str, ...]:
    """Return the roles shown beside somebody's name in a case, most telling first."""
    roles = roles_in(viewer, case)
    found = []
    if opened_it:
        found.append(say("creator"))
    if "clinician" in roles:
        found.append(say("clinician, verified by this desk"))
    if "coach" in roles:
        found.append(say("coach of this runner"))
    return tuple(found) or (say("participant"),)
