"""A case: a health problem opened for answers, and its numbered replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import Said, say
from evengait.core.sharing import Shown

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

CATEGORIES = Said(
    {
        "injury": "Injury and rehab",
        "return": "The way back to running",
        "strength": "Strength and mobility",
        "shoes": "Shoes and surfaces",
        "training": "Training load",
        "other": "Something else",
    }
)
STATUSES = ("open", "closed")
ENDINGS = Said(
    {
        "back": "Running as before",
        "better": "Better, not as before",
        "same": "As it was",
        "worse": "Worse",
        "referred": "Gone on with a clinician",
        "unknown": "Not known",
    }
)
SOURCES = ("here", "thread")
PAGE = 20
"""Replies on a page."""

TITLE_LIMIT, BODY_LIMIT = 120, 20_000
INVITED_AS = Said(
    {
        "participant": "participant of this case",
        "coach": "your coach",
        "clinician": "your clinician or physio",
    }
)


@dataclass(frozen=True)
class CaseRecord:
    """One case.

    Attributes
    ----------
    id, runner, problem : UUID
    opened_by : UUID or None
        Account; None = gone.
    title : str
        Up to ``TITLE_LIMIT`` characters, the runner's own words.
    category : str
        One of ``CATEGORIES``.
    site, side : str, str or None
        Of the health problem.
    status : {"open", "closed"}
    ending : str
        One of ``ENDINGS`` once it is closed, else empty.
    ending_words : str
        What helped and what did not, in the runner's words.
    source : {"here", "thread"}
        ``thread``: brought in from a forum.
    last_number : int
        Number of the latest reply; replies have no gaps.
    opened_at, changed_at, closed_at : datetime
        Instants; ``closed_at`` None = open.
    hidden : bool
        By moderators.
    """

    id: UUID
    runner: UUID
    problem: UUID
    title: str
    category: str
    site: str
    side: str | None
    opened_at: datetime
    changed_at: datetime
    opened_by: UUID | None = None
    status: str = "open"
    ending: str = ""
    ending_words: str = ""
    source: str = "here"
    last_number: int = 0
    closed_at: datetime | None = None
    hidden: bool = False

    @property
    def shown(self) -> Shown:
        """What the decision on who sees it needs."""
        return Shown(self.id, self.runner, self.hidden)

    @property
    def pages(self) -> int:
        """How many pages its replies take; one where there is none yet."""
        return max(1, -(-self.last_number // PAGE))


@dataclass(frozen=True)
class Reply:
    """One reply.

    Attributes
    ----------
    number : int
        From 1, without gaps in its case.
    author : UUID or None
        Account; None = gone, or quoted from elsewhere.
    author_name : str
        As others read it; empty = gone.
    body : str
        Markdown; empty in a tombstone.
    quoted_author, quoted_role, quoted_on, quoted_number
        What a thread from elsewhere says of it.
    deleted, hidden : bool
        By its author; by moderators.
    """

    id: UUID
    case: UUID
    number: int
    body: str
    written_at: datetime
    author: UUID | None = None
    author_name: str = ""
    quoted_author: str = ""
    quoted_role: str = ""
    quoted_on: date | None = None
    quoted_number: str = ""
    edited_at: datetime | None = None
    deleted: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Invited:
    """A link to become somebody's coach or clinician, or a participant of a case.

    Attributes
    ----------
    fields : tuple of str
        What the person then sees from day to day, of ``core/beside.py``.
    until : datetime or None
        How long; None = without end.
    """

    id: UUID
    runner: UUID
    kind: str
    expires_at: datetime
    case: UUID | None = None
    used: bool = False
    fields: tuple[str, ...] = ()
    until: datetime | None = None


def checked_title(title: str) -> str:
    """Return a title without blanks around it.

    Raises
    ------
    UsageError
        None is given, or it is too long.
    """
    title = " ".join(title.split())
    if not 0 < len(title) <= TITLE_LIMIT:
        raise UsageError(
            say("A case has a title of up to {title_limit} characters.", title_limit=TITLE_LIMIT)
        )
    return title


def checked_body(body: str) -> str:
    """Return the words of a reply.

    Raises
    ------
    UsageError
        There are none, or too many.
    """
    body = body.replace("\r\n", "\n").replace("\x00", "").strip()
    if not 0 < len(body) <= BODY_LIMIT:
        raise UsageError(say("A reply has between 1 and {body_limit:,} characters.", body_limit=BODY_LIMIT))
    return body


def page_of(number: int) -> int:
    """Return the page that a reply is on.

    Examples
    --------
    >>> page_of(20), page_of(21)
    (1, 2)
    """
    return max(1, -(-number // PAGE))
