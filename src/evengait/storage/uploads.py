"""Files on their way in: received piece by piece into a folder of their own, gone once they are in the archive."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DEEPEST = 8
MOST_FILES = 250_000
KEEP_FREE = 1 << 30
"""Bytes of the disk that no upload may take."""

_PLAIN = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|]{1,200}")


def upload_folder(home: Path, job: UUID) -> Path:
    """Return where an import's files are received; it need not be there yet."""
    return home / "uploads" / str(job)


def inner_path(told: str) -> tuple[str, ...]:
    """Return the parts of a name that a browser gave, if it stays inside.

    Raises
    ------
    UsageError
        The name would lead out of the folder, or no file system would take it.

    Examples
    --------
    >>> inner_path("export/activities/1.fit.gz")
    ('export', 'activities', '1.fit.gz')
    """
    parts = tuple(told.split("/"))
    plain = all(_PLAIN.fullmatch(part) and part.strip(" .") for part in parts)
    if not plain or len(parts) > DEEPEST or len(told.encode()) > 1000:
        raise UsageError("One of the files has a name that cannot be taken. Rename it, or send a zip.")
    return parts


def receive(folder: Path, told: str, offset: int, pieces: Iterable[bytes]) -> int:
    """Write a piece of a file at its place and return how many bytes are new.

    A piece that came before is left as it is: a browser that did not hear the answer sends it again.

    Parameters
    ----------
    folder : Path
        Of this import.
    told : str
        The file's name, with the folders it was in.
    offset : int
        Where in the file the piece begins.
    pieces : iterable of bytes

    Raises
    ------
    UsageError
        The name cannot be taken, a piece before this one is missing, or the disk is nearly full.
    """
    file = folder.joinpath(*inner_path(told))
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < KEEP_FREE:
        raise UsageError("The disk of the desk is nearly full. Free some space, then send the files again.")
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as out:
        there = out.seek(0, os.SEEK_END)
        if offset > there:
            raise UsageError("A piece of the upload is missing. Send the files again.")
        out.seek(offset)
        for piece in pieces:
            out.write(piece)
        return max(out.tell() - there, 0)


def received(folder: Path) -> list[Path]:
    """Return what was received, at the top: files and folders, by name."""
    return sorted(folder.iterdir()) if folder.is_dir() else []


def uploads_before(home: Path, at: float) -> dict[UUID, Path]:
    """Return the folders that have not changed since an instant [s since 1970], by their import."""
    found = {}
    for folder in (home / "uploads").glob("*"):
        with suppress(ValueError, OSError):
            if folder.stat().st_mtime < at:
                found[UUID(folder.name)] = folder
    return found


def discard(folder: Path) -> None:
    """Remove everything that was received; nothing to do where there is nothing."""
    shutil.rmtree(folder, ignore_errors=True)
