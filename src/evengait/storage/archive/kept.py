"""An archive for a process that answers many requests: what was read is kept until somebody commits to the archive."""

from __future__ import annotations

import sys
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from evengait.storage.archive.archive import Archive
from evengait.storage.archive.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from pathlib import Path

T = TypeVar("T")

MOST_ARCHIVES, MOST_THINGS = 32, 64
"""Runners whose archives are kept, the latest asked for; and things kept of one."""

MOST_DRAWN = 48_000_000
"""Bytes of pictures that are kept, of all runners: a picture is smaller than a table and takes longer to make."""

Stamp = tuple[tuple[str, str, int], ...]

_lock = Lock()
_kept: OrderedDict[Path, tuple[Stamp, OrderedDict[Hashable, Any]]] = OrderedDict()
_drawn: OrderedDict[tuple[Path, Hashable], tuple[Stamp, Mapping[str, str]]] = OrderedDict()


class KeptArchive(Archive):
    """The same archive, in a fraction of the time where nothing has come in since.

    Every commit makes a new file in a table's log: a changed listing is a changed archive, and all that was kept of it
    is read anew. Frames are shared between requests; nobody may change one in place.
    """

    def held(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what was read under this name, read now where it is not kept."""
        stamp = _stamp(self.folder)
        with _lock:
            _forget_gone(self.folder)
            before = _kept.get(self.folder)
            if before is None or before[0] != stamp:
                _kept[self.folder] = (stamp, OrderedDict())
            _kept.move_to_end(self.folder)
            while len(_kept) > MOST_ARCHIVES:
                _kept.popitem(last=False)
            things = _kept[self.folder][1]
            if name in things:
                things.move_to_end(name)
                found: T = things[name]
                return found
        made = make()
        with _lock:
            things[name] = made
            while len(things) > MOST_THINGS:
                things.popitem(last=False)
        return made

    def pictured(self, name: Hashable, draw: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
        """Return the pictures that were drawn under this name, drawn now where they are not kept."""
        stamp, key = _stamp(self.folder), (self.folder, name)
        with _lock:
            before = _drawn.get(key)
            if before is not None and before[0] == stamp:
                _drawn.move_to_end(key)
                return before[1]
        made = draw()
        with _lock:
            for old in [one for one, (then, _) in _drawn.items() if one[0] == self.folder and then != stamp]:
                del _drawn[old]  # of the archive as it was: nobody asks for them any more
            _drawn[key] = (stamp, made)
            _drawn.move_to_end(key)
            while len(_drawn) > 1 and sum(_size(one) for _, one in _drawn.values()) > MOST_DRAWN:
                _drawn.popitem(last=False)
        return made


def _size(pictures: Mapping[str, str]) -> int:
    return sum(sys.getsizeof(one) for one in pictures.values())


def forget_frames(folder: Path) -> None:
    """Drop everything that this process has read of an archive."""
    with _lock:
        _kept.pop(folder, None)


def _forget_gone(asked: Path) -> None:
    """Drop what was read of archives that are deleted, by whichever process: its folder is not there any more."""
    for folder in [one for one in _kept if one != asked and not one.exists()]:
        del _kept[folder]


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
