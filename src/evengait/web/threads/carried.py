"""The thread between the page that shows it and the click that takes it in.

It travels in the page itself, signed for one person and one case: until she has confirmed it, this desk keeps nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing

from evengait.actions.take_thread import take_thread, with_advice
from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.web.threads.packed import packed, unpacked

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.actions.take_thread import ThreadReading

HOURS = 12


def carried(data: bytes, case: UUID, account: UUID, posts: int) -> tuple[ThreadReading, str]:
    """Return a thread that was read, of so many posts at the most, and what travels of it.

    Raises
    ------
    IngestError
        It is no thread.
    """
    reading = take_thread(data, most=posts)
    return reading, signing.dumps(packed(reading.thread), salt=_salt(case, account), compress=True)


def arrived(sent: str, case: UUID, account: UUID) -> ThreadReading:
    """Return what travelled.

    Raises
    ------
    IngestError
        It was changed on its way, belongs elsewhere, or is too old.
    """
    try:
        told: dict[str, Any] = signing.loads(sent, salt=_salt(case, account), max_age=HOURS * 3600)
    except signing.BadSignature:
        raise IngestError(kept("This page is too old, or not whole. Bring the thread in again.")) from None
    return with_advice(unpacked(told))


def _salt(case: UUID, account: UUID) -> str:
    return f"evengait.thread.{case}.{account}"
