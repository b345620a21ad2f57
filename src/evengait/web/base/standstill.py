"""What stands still: the database that does not answer, the disk that is full. One sentence, and when to try again."""

from __future__ import annotations

import errno
from dataclasses import dataclass

from django.conf import settings
from django.db.utils import InterfaceError, OperationalError

from evengait.core.language import marked, say
from evengait.core.reasons import reason_in_words
from evengait.storage.refused import number_of, refused, refused_by_database

AGAIN_S = 5
_GONE = marked(
    "The desk cannot reach its database. Nothing that was kept is lost. Wait a little, then do the same again."
)
_FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Standstill:
    """Why nothing can be done now. ``status``: 503 it will pass by itself, 507 somebody has to free space."""

    status: int
    sentence: str


def standstill(error: BaseException | None) -> Standstill | None:
    """Return what an error says of the machine; None where it is the program's own."""
    if isinstance(error, OSError):
        return Standstill(507, reason_in_words(refused(error))) if number_of(error) in _FULL else None
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    said = refused_by_database(error, settings.HOME) if "sqlite3" in _engine() else None
    if said is None:
        return Standstill(503, say(_GONE))
    named = said.replace(f"disk of {settings.HOME}", "disk").replace(
        str(settings.HOME), "this desk"
    )  # no folder on a page
    return Standstill(507 if "is full" in said else 503, reason_in_words(named[:1].upper() + named[1:]))


def _engine() -> str:
    return str(settings.DATABASES["default"]["ENGINE"])
