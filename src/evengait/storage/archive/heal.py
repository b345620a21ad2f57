"""Bring an archive back to what its ``files`` table says, after a crash at any moment."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.storage.archive.contents import committed_chunks
from evengait.storage.archive.layout import chunk_of, pack_chunk
from evengait.storage.archive.rewrite import drop_unknown_samples
from evengait.storage.archive.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.log import Part


@dataclass(frozen=True)
class Leftovers:
    """What an import that was cut off left behind; none of it is in ``files``.

    Attributes
    ----------
    parts : dict of table name to tuple of Part
        Parts in the log of a chunk that never got into ``files``.
    strays : tuple of Path
        Files on the disk that no log knows.
    undoing : str or None
        The import that was being taken back.
    unsettled : bool
        Whether recordings came or went whose sessions have not been made anew.
    """

    parts: dict[str, tuple[Part, ...]]
    strays: tuple[Path, ...]
    undoing: str | None
    unsettled: bool = False

    def __bool__(self) -> bool:
        return any(self.parts.values()) or bool(self.strays) or self.undoing is not None


def leftovers(layout: Layout) -> Leftovers:
    """Find what a crash left behind, changing nothing.

    Raises
    ------
    TableError
        ``files`` is gone although there are sessions: nothing is judged, let alone removed, without it.
    """
    files = layout.logs["files"]
    now = {name: log.parts() for name, log in layout.logs.items()}
    if not files.exists() and (now["samples"] or now["sessions"]):
        raise TableError(
            kept(
                "The archive is damaged: its table 'files' is missing. Put the folder back from a "
                "backup; nothing was changed."
            )
        )
    committed = committed_chunks(layout, now["files"].values())
    parts = {
        name: tuple(part for part in now[name].values() if _lost(part, committed))
        for name in TABLES
        if name != "files"
    }
    strays: list[Path] = []
    for name, log in layout.logs.items():
        strays += [path for path in log.folder.glob("*.parquet") if path.name not in now[name]]
        strays += log.logs.glob(".*.tmp")
    strays += [path for path in layout.originals.glob("*.zip") if pack_chunk(path.stem) not in committed]
    strays += layout.folder.glob(".*.tmp")
    undoing = layout.undoing.read_text("utf-8").strip() if layout.undoing.exists() else None
    return Leftovers(parts, tuple(strays), undoing, layout.unsettled.exists())


def heal(layout: Layout, found: Leftovers) -> None:
    """Remove leftovers (not a cut-off undo: ``undo`` finishes that); the caller holds the lock."""
    for name, parts in found.parts.items():
        if parts:
            layout.logs[name].commit(remove=parts)
            for part in parts:
                (layout.logs[name].folder / part.name).unlink(missing_ok=True)
    for path in found.strays:
        path.unlink(missing_ok=True)
    if found.unsettled:
        drop_unknown_samples(layout)
    if layout.spool.exists():
        shutil.rmtree(layout.spool)


def _lost(part: Part, committed: set[str]) -> bool:
    chunk = chunk_of(part.name)
    return chunk is not None and chunk not in committed
