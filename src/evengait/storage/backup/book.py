"""What a backup says of itself: ``backup.json`` and, for every file in it, a line of ``SHA256SUMS``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from evengait import __version__
from evengait.core.errors import EvengaitError
from evengait.core.reasons import kept

ABOUT = "backup.json"
NOTE = ".restored"
"""A note in a home whose records were put back: work that was under way then is under way nowhere now."""

FORM = 1
"""Raise it with a change that an older program would restore wrongly."""


@dataclass(frozen=True)
class About:
    """What ``backup.json`` says.

    Attributes
    ----------
    made_at : str
        The instant in UTC: what was saved before it is in.
    database : str or None
        ``sqlite``, ``postgresql``, or None where the home had no records.
    migrations : tuple of str
        The changes of the tables that the database has had.
    runners : int
    sums : str
        SHA-256 of ``SHA256SUMS``.
    form : int
    made_by : str
    """

    made_at: str
    database: str | None
    migrations: tuple[str, ...]
    runners: int
    sums: str
    form: int = FORM
    made_by: str = f"evengait {__version__}"

    def written(self) -> bytes:
        """Return the file's bytes."""
        return (json.dumps(asdict(self), indent=1) + "\n").encode()


def read_about(data: bytes) -> About:
    """Return what a ``backup.json`` says.

    Raises
    ------
    EvengaitError
        It is no backup of this program, a newer version made it, or it is damaged.
    """
    try:
        found = json.loads(data)
        if int(found["form"]) > FORM:
            raise EvengaitError(
                kept(
                    "This backup was made by a newer version of evengait. Update the program; nothing was changed."
                )
            )
        return About(**{**found, "migrations": tuple(found["migrations"])})
    except (ValueError, KeyError, TypeError) as error:
        raise EvengaitError(kept("The backup is damaged: its backup.json cannot be read.")) from error


def is_inside(name: str) -> bool:
    """Tell whether a file's name stays inside the folder it is put into.

    Examples
    --------
    >>> is_inside("runners/me/archive.json"), is_inside("../me"), is_inside("/etc/passwd"), is_inside("a/../../b")
    (True, False, False, False)
    """
    path = PurePosixPath(name)
    plain = path.as_posix() == name and not path.is_absolute() and "\\" not in name and ":" not in name
    return plain and bool(path.parts) and ".." not in path.parts
