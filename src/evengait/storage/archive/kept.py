"""An archive for a process that answers many requests: what was read is kept until somebody commits to the archive."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from evengait.storage.archive.archive import Archive
from evengait.storage.archive.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

T = TypeVar("T")

MOST_ARCHIVES, MOST_THINGS = 8, 64
"""Runners whose archives are kept, the latest asked for; and things kept of one."""

Stamp = tuple[tuple[str, str, int], ...]

_lock = Lock()
_kept: OrderedDict[Path, tuple[Stamp, OrderedDict[Hashable, Any]]] = OrderedDict()


class KeptArchive(Archive):
    """The same archive, in a fraction of the time where nothing has come in since.

    Every commit makes a new file in a table's log: a changed listing is a changed archive, and all that was kept of it
    is read anew. Frames are shared between requests; nobody may change one in place.
    """

    def held(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what was read under this name, read now where it is not kept."""
        stamp = _stamp(self.folder)
        with _lock:
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
