"""What was sent with a key is done once: note that it is done, find what was answered, forget it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

LIFE = timedelta(hours=1)
"""How long an answer is kept: who heard none sends again within minutes, and it may hold what somebody wrote."""


@dataclass(frozen=True)
class Done:
    """What was answered the first time.

    Attributes
    ----------
    about : str
        SHA-256 of what was asked with the key.
    status : int
    answer : str
        Where it led, or the document.
    """

    about: str
    status: int
    answer: str


def digest_of(*parts: str) -> str:
    """Return the SHA-256 of some texts.

    Examples
    --------
    >>> digest_of("a", "b") == digest_of("ab", "")
    False
    """
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def begin_once(account: UUID, digest: str, about: str) -> Done | None:
    """Note that something is being done; return what was answered where it was done already.

    To be called inside the transaction in which it is done: where that is rolled back nothing was sent, and who sends
    the same at the same time waits for its end.
    """
    from evengait.storage.records.models import Sent as Rows

    row, new = Rows.objects.get_or_create(account_id=account, digest=digest, defaults={"about": about})
    return None if new else Done(row.about, row.status, row.answer)


def end_once(account: UUID, digest: str, status: int, answer: str) -> None:
    """Keep what is answered, in the same transaction."""
    from evengait.storage.records.models import Sent as Rows

    Rows.objects.filter(account=account, digest=digest).update(status=status, answer=answer)


def not_done(account: UUID, digest: str) -> None:
    """Take the note back: what was sent was refused, and may be sent again."""
    from evengait.storage.records.models import Sent as Rows

    Rows.objects.filter(account=account, digest=digest).delete()


def forget_sent(now: datetime) -> int:
    """Delete notes that are older than an hour; return how many."""
    from evengait.storage.records.models import Sent as Rows

    return int(Rows.objects.filter(sent_at__lt=now - LIFE).delete()[0])
