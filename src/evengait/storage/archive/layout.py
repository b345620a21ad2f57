"""Where things lie in a runner's folder, and what the names of parts mean.

``samples/``, ``sessions/``, ``recordings/``, ``labels/`` and ``files/`` are Delta tables, ``originals/`` the files as
they came. A part that an import made is ``part-<chunk>.parquet``, its originals ``<chunk>.zip``, and a chunk is
``<batch>-<number>``; parts laid out anew are ``merged-<id>.parquet``, originals that an undo handed over
``<chunk>~<batch>.zip``. Nothing holds an absolute path: the folder can be moved or handed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.storage.archive.log import Log
from evengait.storage.archive.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

_PART, _MERGED, _SUFFIX = "part-", "merged-", ".parquet"
_HANDED_OVER = "~"


class Layout:
    """The paths and logs of one runner's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.logs = {name: Log(folder / name) for name in TABLES}
        self.originals = folder / "originals"
        self.spool = folder / ".spool"
        self.lock = folder / ".lock"
        self.undoing = folder / ".undoing"
        self.unsettled = folder / ".unsettled"


def part_name(chunk: str) -> str:
    """Return the file name of a chunk's part.

    Examples
    --------
    >>> part_name("20261108T174500-3f9a-0001")
    'part-20261108T174500-3f9a-0001.parquet'
    """
    return f"{_PART}{chunk}{_SUFFIX}"


def chunk_of(file_name: str) -> str | None:
    """Return the chunk that a part or pack belongs to; None for parts laid out anew.

    Examples
    --------
    >>> chunk_of("part-20261108T174500-3f9a-0001.parquet"), chunk_of("merged-1f.parquet")
    ('20261108T174500-3f9a-0001', None)
    """
    if file_name.startswith(_PART) and file_name.endswith(_SUFFIX):
        return file_name[len(_PART) : -len(_SUFFIX)]
    return None


def batch_of(chunk: str) -> str:
    """Return the import that a chunk is part of.

    Examples
    --------
    >>> batch_of("20261108T174500-3f9a-0001")
    '20261108T174500-3f9a'
    """
    return chunk.rpartition("-")[0]


def pack_chunk(stem: str) -> str:
    """Return the chunk that a pack of originals belongs to.

    Examples
    --------
    >>> pack_chunk("20261108T174500-3f9a-0001"), pack_chunk("20261108T174500-3f9a-0001~1f")
    ('20261108T174500-3f9a-0001', '20261108T174500-3f9a-0001')
    """
    return stem.partition(_HANDED_OVER)[0]


def handed_over_name(chunk: str, identifier: str) -> str:
    """Return the file name of a pack of originals that another import's undo hands over to a chunk."""
    return f"{chunk}{_HANDED_OVER}{identifier}.zip"


def merged_name(identifier: str) -> str:
    """Return the file name of a part laid out anew."""
    return f"{_MERGED}{identifier}{_SUFFIX}"
