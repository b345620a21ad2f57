"""An archive for a process that answers many requests: what was read is kept until somebody commits to the archive."""

from __future__ import annotations

import sys
from collections import OrderedDict
from dataclasses import dataclass, fields, is_dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from evengait.storage.archive.archive import Archive
from evengait.storage.archive.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from pathlib import Path

T = TypeVar("T")

MOST_READ, MOST_DRAWN = 128_000_000, 48_000_000
"""Bytes of tables, and of pictures, that are kept of all runners, the latest asked for."""

Stamp = tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class _Kept:
    stamp: Stamp
    of: Hashable
    thing: Any
    bytes: int


class _Shelf:
    """What was made of archives; of one that has changed or is gone, nothing."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple[Path, Hashable], _Kept] = OrderedDict()
        self._lock = Lock()

    def take(self, folder: Path, name: Hashable, make: Callable[[], T], most: int, of: Hashable = None) -> T:
        """Return what stands under a name, made now where it does not, or is of something else.

        So many bytes are kept, and always the last thing.
        """
        stamp, key = _stamp(folder), (folder, name)
        with self._lock:
            self._drop({one for one in {one for one, _ in self.kept} if one != folder and not one.exists()})
            before = self.kept.get(key)
            if before is not None and before.stamp == stamp and before.of == of:
                self.kept.move_to_end(key)
                found: T = before.thing
                return found
        made = make()
        with self._lock:
            for old in [old for old, kept in self.kept.items() if old[0] == folder and kept.stamp != stamp]:
                del self.kept[old]
            self.kept[key] = _Kept(stamp, of, made, _size(made) + (0 if of is None else _size(of)))
            self.kept.move_to_end(key)
            held = sum(kept.bytes for kept in self.kept.values())
            while len(self.kept) > 1 and held > most:
                held -= self.kept.popitem(last=False)[1].bytes
        return made

    def forget(self, folder: Path) -> None:
        """Drop all of one archive."""
        with self._lock:
            self._drop({folder})

    def _drop(self, folders: set[Path]) -> None:
        for old in [old for old in self.kept if old[0] in folders]:
            del self.kept[old]


_read, _drawn = _Shelf(), _Shelf()


class KeptArchive(Archive):
    """The same archive, in a fraction of the time where nothing has come in since.

    Every commit makes a new file in a table's log: a changed listing is a changed archive, and all that was kept of it
    is read anew. Frames are shared between requests; nobody may change one in place.
    """

    def held(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what was read under this name, read now where it is not kept."""
        return _read.take(self.folder, name, make, MOST_READ)

    def pictured(
        self, name: Hashable, draw: Callable[[], Mapping[str, str]], of: Hashable = None
    ) -> Mapping[str, str]:
        """Return the pictures that were drawn under this name, drawn now where they are not kept.

        Parameters
        ----------
        name : hashable
            Which picture: drawn anew, it takes the place of the one before.
        draw : callable
        of : hashable
            What it shows beside the archive: where that has changed, it is drawn anew.
        """
        return _drawn.take(self.folder, name, draw, MOST_DRAWN, of)


def forget_frames(folder: Path) -> None:
    """Drop everything that this process has read or drawn of an archive."""
    for shelf in (_read, _drawn):
        shelf.forget(folder)


def _size(thing: Any) -> int:
    """Return about how many bytes a thing takes."""
    if isinstance(thing, pl.DataFrame | pl.Series):
        return int(thing.estimated_size())
    if isinstance(thing, dict):
        return sum(map(_size, thing.values()))
    if isinstance(thing, list | tuple):
        return sys.getsizeof(thing) + sum(map(_size, thing))
    if is_dataclass(thing):
        return sys.getsizeof(thing) + sum(_size(getattr(thing, field.name)) for field in fields(thing))
    return sys.getsizeof(thing)


def _stamp(folder: Path) -> Stamp:
    """Return the newest commit of every table and when its log last changed."""
    found = []
    for name in TABLES:
        logs = folder / name / "_delta_log"
        try:
            found.append(
                (name, max((one.name for one in logs.iterdir()), default=""), logs.stat().st_mtime_ns)
            )
        except OSError:
            found.append((name, "", 0))
    return tuple(found)
