"""Put a backup back into a home that holds nothing, or the half of it that was lost."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.storage.archive.disk import flush_folder
from evengait.storage.backup.book import NOTE
from evengait.storage.backup.database import (
    DUMP,
    NAMES,
    load_postgresql,
    refuse_newer_records,
    refuse_records,
)
from evengait.storage.backup.forms import about_at, verified

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evengait.storage.backup.book import About

BOTH, RECORDS, ARCHIVES = "both", "records", "archives"
_FOLDER = ".restoring"


@dataclass(frozen=True)
class Restored:
    """What came back.

    Attributes
    ----------
    home : str
    made_at, made_by : str
        When and by which version the backup was made.
    database : str or None
        ``sqlite`` or ``postgresql``; None = no records were put back.
    runners, files : int
    bytes : int
    seconds : float
    """

    home: str
    made_at: str
    made_by: str
    database: str | None
    runners: int
    files: int
    bytes: int
    seconds: float


def restore_home(
    home: Path, place: Path, *, what: str = BOTH, on_progress: Callable[[int, int], None] | None = None
) -> Restored:
    """Put a backup back; every file is compared with its hash before anything gets its name.

    Parameters
    ----------
    home : Path
        Where to; made where there is none. What is there already is never written over.
    place : Path
        A backup's file, its tree, or a folder of trees (the latest counts).
    what : str
        ``both``, or where only one half was lost: ``records`` (the database) or ``archives`` (everything else).
    on_progress : callable, optional
        Called with the files done, and those in all.

    Returns
    -------
    Restored

    Raises
    ------
    UsageError
        The home holds data, the place is no backup, or the half is not in it.
    EvengaitError
        The backup is damaged or of a newer version; the home is as it was.
    """
    began = time.monotonic()
    source, about, by_name = about_at(place)
    wanted = _wanted(about, by_name, what)
    database = about.database if what != ARCHIVES else None
    _refuse_data(home, wanted, database, about)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = home / _FOLDER
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    try:
        size = 0
        for done, read in enumerate(verified(source, wanted, fresh), 1):
            size += read
            if on_progress is not None:
                on_progress(done, len(wanted))
        if database == "postgresql":
            load_postgresql(home, fresh / DUMP)
            (fresh / DUMP).unlink()
        # The database last: a home that has one is whole.
        for path in sorted(fresh.iterdir(), key=lambda path: (path.name == NAMES["sqlite"], path.name)):
            if (home / path.name).is_dir():
                (home / path.name).rmdir()
            path.rename(home / path.name)
        if database is not None:
            (home / NOTE).touch(mode=0o600)
        flush_folder(home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    runners = len({name.split("/")[1] for name in wanted if name.startswith("runners/")})
    spent = round(time.monotonic() - began, 3)
    return Restored(str(home), about.made_at, about.made_by, database, runners, len(wanted), size, spent)


def _wanted(about: About, by_name: dict[str, str], what: str) -> dict[str, str]:
    mine = set(NAMES.values())
    if what == RECORDS:
        found = {name: digits for name, digits in by_name.items() if name in mine}
    elif what == ARCHIVES:
        found = {name: digits for name, digits in by_name.items() if name not in mine}
    else:
        found = by_name
    if not found and what != BOTH:
        raise UsageError(say("This backup, of {made_at}, has no {what}.", made_at=about.made_at, what=what))
    return found


def _refuse_data(home: Path, wanted: dict[str, str], database: str | None, about: About) -> None:
    if database is not None:
        refuse_newer_records(about.migrations)
        refuse_records(home, database)
    for name in sorted({name.split("/")[0] for name in wanted} - set(NAMES.values())):
        there = home / name
        if there.exists() and not (there.is_dir() and not any(there.iterdir())):
            raise UsageError(
                say(
                    "There is data in {home} already ({name}). Name another --home, or move it away "
                    "first; nothing was changed.",
                    home=home,
                    name=name,
                )
            )
