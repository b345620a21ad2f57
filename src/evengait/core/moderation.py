"""Why a reply is reported, and what moderators and admins can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.language import Said

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

REASONS = Said(
    {
        "harm": "Following it could harm somebody",
        "diagnosis": "It says what somebody has, as if one could know from here",
        "selling": "It sells something",
        "insult": "It insults somebody",
        "private": "It tells private things of somebody",
        "other": "Something else",
    }
)
DECISIONS = ("hide", "keep", "hide_case")
ACTS = Said(
    {
        "hide": "hid a reply",
        "keep": "kept a reported reply",
        "hide_case": "hid a whole case",
        "show_case": "showed a hidden case again",
        "clinician_verified_at": "changed whether an account is a verified clinician",
        "is_moderator": "changed whether an account is a moderator",
        "is_active": "opened or closed an account",
    }
)


@dataclass(frozen=True)
class ComplaintRecord:
    """One reported reply as moderators see it: its words, its author, why it was reported. Nothing of its case."""

    id: UUID
    reply: UUID
    body: str
    author: str
    reasons: tuple[str, ...]
    words: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True)
class HiddenCase:
    """A case that moderators hid: that there is one, and since when. Nothing of it."""

    id: UUID
    hidden_at: datetime


@dataclass(frozen=True)
class Act:
    """One line of the audit trail."""

    at: datetime
    actor: str
    act: str
    reason: str
