"""Hold a home's files still while others write: hard links of everything, brought to the last committed entry.

Files of a home are never changed in place, only added, renamed and removed; a link keeps what it had. Links of one
archive are taken between two looks at its logs that say the same; what an unfinished import has left in them is then
removed from the links as it would be after a crash, by the same code.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from evengait.core.errors import EvengaitError, TableError
from evengait.core.language import say
from evengait.storage.archive.contents import read_table
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.schema import TABLES
from evengait.storage.archive.writer import alone, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FOLDER = ".backup"
LEFT_OUT = {
    "desk.sqlite3": "copied by the database itself",
    "desk.sqlite3-wal": "part of the database",
    "desk.sqlite3-shm": "part of the database",
    "desk.sqlite3-journal": "part of the database",
    "secret_key": "made anew: everybody signs in again, open invitations lapse",
    "sign_in_link": "good for ten minutes",
    "sign_in_link.part": "good for ten minutes",
    "desk.postgresql": "where the records are follows from the restore",
    "desk.address": "of the desk that runs",
    "desk.open": "a lock",
    "desk.lock": "a lock",
    "backup.lock": "a lock",
    "workers": "locks",
    "uploads": "on their way into the archive; sent again",
}
"""Names at the top of a home that no backup has, each with the reason; names with a dot in front neither."""

LEFT_OUT_OF_ARCHIVES = {"damaged": "set aside by a repair", ".spool": "scratch", ".lock": "a lock"}
"""The same for a runner's folder."""

_TRIES = 200
_PAUSE_S = 0.01


@contextmanager
def pinned(home: Path, *, link: Callable[[Path, Path], object] = os.link) -> Iterator[Path]:
    """Yield a folder that looks like the home without its database and does not change; it is gone afterwards.

    Parameters
    ----------
    home : Path
        The folder that keeps everything. The caller is the only one who makes a backup of it.
    link : callable
        Gives a file a second name; where the file system has none, the file is copied, and writers wait meanwhile.

    Raises
    ------
    EvengaitError
        Something of an archive is missing or cannot be read.
    """
    pins = home / FOLDER
    shutil.rmtree(pins, ignore_errors=True)
    pins.mkdir(mode=0o700)
    try:
        for place in sorted(home.iterdir()):
            if place.name == "runners":
                for folder in sorted(path for path in place.iterdir() if path.is_dir()):
                    _pin_archive(folder, pins / "runners" / folder.name, link)
            elif place.name not in LEFT_OUT and not place.name.startswith("."):
                _pin_rest(place, pins / place.name, link)
        yield pins
    finally:
        shutil.rmtree(pins, ignore_errors=True)


def _pin_rest(place: Path, into: Path, link: Callable[[Path, Path], object]) -> None:
    def once() -> bool:
        before = _inodes(place)
        _links(place, into, link)
        return _inodes(place) == before

    try:
        _still(once, into, place)
    except OSError:
        _clear(into)
        _links(place, into, shutil.copy2)


def _inodes(place: Path) -> list[tuple[str, int]]:
    return [(path.as_posix(), path.stat().st_ino) for path in sorted([place, *place.rglob("*")])]


def _pin_archive(folder: Path, into: Path, link: Callable[[Path, Path], object]) -> None:
    layout = Layout(folder)

    def once() -> bool:
        before = _state(layout)
        _links(folder, into, link)
        return _state(layout) == before

    try:
        still = _still(once, into, folder)
    except OSError:
        still, link = False, shutil.copy2  # a file system without links
    if not folder.exists():
        _clear(into)  # the runner was deleted meanwhile
        return
    if not still:
        with alone(layout):
            _clear(into)
            _links(folder, into, link)
    pins = Layout(into)
    if not pins.logs["files"].exists() and not any((into / name).exists() for name in TABLES):
        return
    if (wanting := _wanting(pins)) is not None:
        raise EvengaitError(
            say(
                "{wanting} No backup was made, and earlier ones stay as they are. Run `evengait doctor`.",
                wanting=wanting,
            )
        )
    with writing(into):
        pass  # takes out what an unfinished import has left, finishes an undo, hashes what is new
    pins.lock.unlink(missing_ok=True)


def _still(once: Callable[[], bool], into: Path, source: Path) -> bool:
    """Try until nothing changed meanwhile; False where that never came."""
    for _ in range(_TRIES):
        _clear(into)
        with suppress(FileNotFoundError):
            if once():
                return True
        if not source.exists():
            return False
        time.sleep(_PAUSE_S)
    return False


def _clear(into: Path) -> None:
    if into.is_dir():
        shutil.rmtree(into)
    else:
        into.unlink(missing_ok=True)
    into.parent.mkdir(parents=True, exist_ok=True)


def _links(place: Path, into: Path, link: Callable[[Path, Path], object]) -> None:
    if place.is_symlink() or not place.is_dir():
        link(place, into)
        return
    into.mkdir()
    for inner in sorted(place.iterdir()):
        if inner.name not in LEFT_OUT_OF_ARCHIVES and not inner.name.endswith((".tmp", ".new", ".old")):
            _links(inner, into / inner.name, link)


def _state(layout: Layout) -> tuple[object, ...]:
    """Return what changes with every commit and every note, without opening a table."""
    newest = [
        max((path.name for path in log.logs.glob("*.json")), default="") for log in layout.logs.values()
    ]
    notes = [note.read_bytes() if note.exists() else None for note in (layout.undoing, layout.unsettled)]
    return (*newest, *notes)


def _wanting(layout: Layout) -> str | None:
    """Return what is missing of an archive, in a sentence without a name; None = nothing."""
    try:
        for name in TABLES:
            log = layout.logs[name]
            if any(not (log.folder / part).exists() for part in log.parts()):
                return f"A part of the archive's table {name!r} is missing."
        kept = read_table(layout.logs["files"], "files", ["original"]).column("original").to_pylist()
    except TableError as error:
        return str(error).split(":", maxsplit=1)[0].rstrip(".") + "."
    packs = {str(address).partition("!")[0] for address in kept if address is not None}
    if any(not (layout.folder / pack).exists() for pack in packs):
        return "Kept originals are missing."
    return None
