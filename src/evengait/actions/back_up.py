"""Back a home up while it is in use: one file, or one more tree in a folder; read back whole before it counts."""

from __future__ import annotations

import errno
import hashlib
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evengait.core.errors import EvengaitError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept
from evengait.storage.archive.sums import FILE as SUMS
from evengait.storage.archive.sums import read_sums, sums_text
from evengait.storage.backup.book import ABOUT, About
from evengait.storage.backup.database import NAMES, dump_database
from evengait.storage.backup.forms import FolderTarget, target_at, verified
from evengait.storage.backup.pins import pinned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evengait.storage.backup.forms import ZipTarget

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_ROOM = 1 << 20
"""Bytes left for what a file system itself needs."""


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds.

    Attributes
    ----------
    backup : str
        The file or the tree.
    made_at : str
        What was saved before this instant is in.  [UTC]
    database : str or None
        ``sqlite`` or ``postgresql``; None = the home has no records.
    runners, files : int
    bytes : int
        Of all files.
    linked : int
        Files that an earlier tree had already.
    seconds : float
    """

    backup: str
    made_at: str
    database: str | None
    runners: int
    files: int
    bytes: int
    linked: int
    seconds: float


def back_up(home: Path, place: Path, *, on_progress: Callable[[int, int], None] | None = None) -> BackedUp:
    """Back a home up.

    The records are copied first, then the archives: so a backup never speaks of runs that it lacks.

    Parameters
    ----------
    home : Path
        The folder that keeps everything; the desk and imports may go on.
    place : Path
        A folder that is there gets one more tree; any other name is a file, and an earlier backup of that name is
        replaced once the new one was read back.
    on_progress : callable, optional
        Called with the files done, and those in all (each is written, then read back).

    Returns
    -------
    BackedUp

    Raises
    ------
    UsageError
        There is no home, the place is inside it, or cannot hold a backup.
    EvengaitError
        The home is damaged, another backup of it is being made, or the disk is full; earlier backups stay whole.
    """
    if not home.is_dir():
        raise UsageError(say("There is no home {home}. Name it with --home.", home=home))
    if place.absolute().resolve().is_relative_to(home.resolve()):
        raise UsageError("A backup inside the home is lost with it. Name a place on another disk.")
    from filelock import FileLock, Timeout

    began = time.monotonic()
    try:
        with FileLock(home / "backup.lock", timeout=0):
            now = datetime.now(UTC)
            with target_at(place, f"{now:%Y%m%dT%H%M%S.%f}") as target:
                return _written(home, target, now, began, on_progress or (lambda *_: None))
    except Timeout:
        raise EvengaitError(
            kept("Another backup of this home is being made. Try again when it is done.")
        ) from None
    except OSError as error:
        if error.errno in _FULL:
            raise EvengaitError(
                kept(
                    "The disk that the backup goes to is full. Earlier backups are whole, and nothing is left of "
                    "this one. Free space there, or name another place."
                )
            ) from error
        raise


def _written(
    home: Path,
    target: ZipTarget | FolderTarget,
    now: datetime,
    began: float,
    tell: Callable[[int, int], None],
) -> BackedUp:
    kind, migrations = dump_database(home, target.scratch)
    with pinned(home) as pins:
        known = _known(pins)
        sources = {
            path.relative_to(pins).as_posix(): path for path in sorted(pins.rglob("*")) if path.is_file()
        }
        if kind is not None:
            sources[NAMES[kind]] = target.scratch / NAMES[kind]
        _refuse_full(target, sources)
        by_name: dict[str, str] = {}
        for done, (name, path) in enumerate(sources.items(), 1):
            by_name[name] = target.add(name, path, known.get(name))
            if by_name[name] != known.get(name, by_name[name]):
                raise EvengaitError(
                    kept(
                        "A file of an archive is not as it was written. No backup was made, and earlier ones stay as "
                        "they are. Run `evengait doctor`."
                    )
                )
            tell(done, 2 * len(sources))
    runners = len({name.split("/")[1] for name in by_name if name.startswith("runners/")})
    sums = sums_text(by_name)
    target.write(SUMS, sums)
    about = About(f"{now:%Y-%m-%dT%H:%M:%SZ}", kind, migrations, runners, hashlib.sha256(sums).hexdigest())
    target.write(ABOUT, about.written())
    size = 0
    for done, read in enumerate(verified(target.finish(), by_name), 1):
        size += read
        tell(len(by_name) + done, 2 * len(by_name))
    linked = target.linked if isinstance(target, FolderTarget) else 0
    made = target.name_it()
    spent = round(time.monotonic() - began, 3)
    return BackedUp(str(made), about.made_at, kind, runners, len(by_name), size, linked, spent)


def _known(pins: Path) -> dict[str, str]:
    """Return the hashes that the archives keep of their own files; Delta's rewritten pointers have none."""
    found = {}
    for archive in (pins / "runners").glob("*"):
        for name, digits in read_sums(archive).by_name.items():
            if not name.endswith("_last_checkpoint"):
                found[f"runners/{archive.name}/{name}"] = digits
    return found


def _refuse_full(target: ZipTarget | FolderTarget, sources: dict[str, Path]) -> None:
    if isinstance(target, FolderTarget) and target.linked_before:
        return  # most of it is there; a disk that fills is told when it does
    need = sum(path.stat().st_size for path in sources.values()) + _ROOM
    if shutil.disk_usage(target.scratch).free < need:
        raise OSError(errno.ENOSPC, "No space left on device")
