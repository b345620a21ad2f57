"""The one who may write: holds the lock, heals first, commits chunk after chunk."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evengait.core.errors import EvengaitError
from evengait.core.reasons import kept
from evengait.storage.archive.compaction import compact
from evengait.storage.archive.disk import flush_folder
from evengait.storage.archive.form import read_form, refuse_newer, write_form
from evengait.storage.archive.heal import heal, leftovers
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.rewrite import replace_rows
from evengait.storage.archive.schema import TABLES
from evengait.storage.archive.sums import refresh
from evengait.storage.archive.surfaces import put_surfaces
from evengait.storage.archive.undo import Undone, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa
    from filelock import BaseFileLock

    from evengait.storage.archive.log import Part

_PAUSE_S = 0.1


@dataclass(frozen=True)
class Chunk:
    """A part of an import that is committed together; its files already lie on the disk."""

    name: str
    parts: dict[str, Part] = field(default_factory=dict)


class Writer:
    """An archive opened for writing; use :func:`writing` to get one."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def commit(self, *chunks: Chunk) -> None:
        """Make chunks count: samples, then sessions, then files, each in one atomic step."""
        for name in TABLES:
            parts = [chunk.parts[name] for chunk in chunks if name in chunk.parts]
            if parts:
                self.layout.logs[name].commit(add=parts)

    def unsettle(self) -> None:
        """Note that sessions are to be made anew from their recordings; a crash before that is then no loss."""
        if not self.layout.unsettled.exists():
            self.layout.unsettled.touch()
            flush_folder(self.layout.folder)

    @property
    def unsettled(self) -> bool:
        """Whether sessions are to be made anew."""
        return self.layout.unsettled.exists()

    def settle(self, samples: Iterable[Part], gone: Iterable[str], sessions: pa.Table) -> None:
        """Put sessions in the place of others: samples first, then all sessions in one commit, then the rest goes.

        Parameters
        ----------
        samples : iterable of Part
            Samples of sessions that have none yet; the files lie on the disk.
        gone : iterable of str
            Sessions to take out; one that is in ``sessions`` again keeps its samples.
        sessions : pyarrow.Table
            Rows to put in.
        """
        import pyarrow as pa

        self.unsettle()
        parts, old = list(samples), set(gone)
        if parts:
            self.layout.logs["samples"].commit(add=parts)
        replace_rows(self.layout, "sessions", "session", pa.array(sorted(old), pa.string()), sessions)
        if vanished := old - set(sessions.column("session").to_pylist()):
            replace_rows(self.layout, "samples", "session", pa.array(sorted(vanished), pa.string()))
        self.layout.unsettled.unlink(missing_ok=True)
        flush_folder(self.layout.folder)

    def undo(self, batch: str) -> Undone | None:
        """Take an import back, whole; None where there is no such import."""
        return undo(self.layout, batch)

    def put_surfaces(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows of ``surfaces`` in place of those of the same sessions; rows of sessions that are gone go too."""
        put_surfaces(self.layout, rows)

    def tidy(self) -> None:
        """Merge small parts and drop old commits where it is time."""
        compact(self.layout)
        for log in self.layout.logs.values():
            log.tidy()


@contextmanager
def writing(
    folder: Path,
    *,
    on_wait: Callable[[], None] | None = None,
    wait_s: float = -1,
    pause: Callable[[], None] = lambda: None,
) -> Iterator[Writer]:
    """Open a runner's folder for writing: wait for the lock, make what is missing, heal what a crash left.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    on_wait : callable, optional
        Called once where another process is writing and this one has to wait.
    wait_s : float
        How long to wait; -1 = for ever.
    pause : callable
        Called ten times a second while waiting; what it raises ends the wait.

    Raises
    ------
    EvengaitError
        Another process is still writing after ``wait_s``, or a newer program made the archive.
    OSError
        The folder cannot be made or written.
    """
    layout = Layout(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with alone(layout, on_wait=on_wait, wait_s=wait_s, pause=pause):
        refuse_newer(folder)
        _prepare(layout)
        try:
            yield Writer(layout)
        finally:
            with suppress(OSError):  # a full disk: the next writer hashes what this one made
                refresh(folder)


@contextmanager
def alone(
    layout: Layout,
    *,
    on_wait: Callable[[], None] | None = None,
    wait_s: float = -1,
    pause: Callable[[], None] = lambda: None,
) -> Iterator[None]:
    """Hold the right to write to an archive; its folder is there. Parameters as for :func:`writing`."""
    from filelock import FileLock, Timeout

    lock = FileLock(layout.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if on_wait is not None:
            on_wait()
        _wait(lock, wait_s, pause)
    try:
        yield
    finally:
        lock.release()


def _wait(lock: BaseFileLock, wait_s: float, pause: Callable[[], None]) -> None:
    from filelock import Timeout

    until = time.monotonic() + wait_s
    while wait_s < 0 or time.monotonic() < until:
        pause()
        with suppress(Timeout):
            lock.acquire(timeout=_PAUSE_S)
            return
    raise EvengaitError(kept("Another import is writing to this archive. Try again when it has finished."))


def _prepare(layout: Layout) -> None:
    found = leftovers(layout)
    # files first: an archive whose files table is missing is damaged, never merely new.
    for name in reversed(TABLES):
        layout.logs[name].create(name)
    layout.originals.mkdir(exist_ok=True)
    if found.undoing is not None:
        undo(layout, found.undoing)
        found = leftovers(layout)
    heal(layout, found)
    if read_form(layout.folder) is None:
        refresh(layout.folder)  # first: what says its form has a list of hashes
        write_form(layout.folder)
