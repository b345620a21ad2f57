"""Every file under a folder, however deep: links are not followed out of it, and what is no file is said."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from evengait.core.reasons import kept
from evengait.ingest._member import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER = "not_a_session"
_LINKED_FOLDER = kept("A link to a folder; links are not followed. Give the folder itself to import it.")
_LINKED_AWAY = kept(
    "A link to somewhere outside this folder; links are not followed. Give the file itself to import it."
)
_LINKED_NOWHERE = kept("A link to nothing.")
NO_FILE = kept("A device, pipe or socket, not a file.")
UNREADABLE = kept("It could not be read from the disk ({why}).")


class Refusal:
    """Something that was not looked into.

    Attributes
    ----------
    source : str
        Its name for people.
    reason : str
        Why, in a sentence.
    verdict : str
        ``failed``, or ``not_a_session`` where no recording can have been missed.
    """

    __slots__ = ("reason", "source", "verdict")

    def __init__(self, source: str, reason: str, verdict: str = "failed") -> None:
        self.source, self.reason, self.verdict = source, reason, verdict


def files_below(folder: Path, label: str, exclude: Path | None = None) -> Iterator[Path | Refusal]:
    """Yield every file below a folder in the order of their numbers, without hidden ones.

    Parameters
    ----------
    folder : Path
    label : str
        What the folder is called in the names of refusals.
    exclude : Path or None
        A folder to leave out.
    """
    left_out = _identity(exclude) if exclude is not None else None
    inside = folder.resolve()
    waiting = [str(folder)]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted((e for e in entries if not hidden(e.name)), key=lambda e: natural(e.name))
        except OSError as error:
            yield Refusal(
                _label(folder, label, here), UNREADABLE.format(why=error.strerror or "no reason given")
            )
            continue
        folders = []
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if left_out is None or _identity(Path(entry.path)) != left_out:
                    folders.append(entry.path)
                continue
            reason = _against(entry, inside)
            yield (
                Path(entry.path)
                if reason is None
                else Refusal(_label(folder, label, entry.path), reason, _OTHER)
            )
        waiting += reversed(folders)


def hidden(name: str) -> bool:
    """Tell whether a name is a hidden file's, or of the Mac's shadow files."""
    return name == "__MACOSX" or (name.startswith(".") and name not in {".", ".."})


def natural(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts names as people number them.

    Examples
    --------
    >>> sorted(["10.fit", "9.fit"], key=natural)
    ['9.fit', '10.fit']
    """
    return [
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in re.split(r"(\d{1,18})", name)
    ]


def _against(entry: os.DirEntry[str], inside: Path) -> str | None:
    """Return why an entry that is no folder is passed over; None = it is a file to look at."""
    if not entry.is_symlink():
        return None if stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode) else NO_FILE
    try:
        mode = Path(entry.path).stat().st_mode
    except OSError:
        return _LINKED_NOWHERE
    if stat.S_ISDIR(mode):
        return _LINKED_FOLDER
    if not stat.S_ISREG(mode):
        return NO_FILE
    return None if Path(entry.path).resolve().is_relative_to(inside) else _LINKED_AWAY


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _label(folder: Path, label: str, path: str) -> str:
    inside = Path(path).relative_to(folder).as_posix()
    return printable(label if inside == "." else f"{label}/{inside}")
