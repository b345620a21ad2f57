"""Take one import back: its rows, its samples and its originals."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from evengait.storage.archive.contents import read_parts
from evengait.storage.archive.disk import flush_folder, write_new
from evengait.storage.archive.layout import batch_of, chunk_of, merged_name
from evengait.storage.archive.part import write_part
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.log import Part


@dataclass(frozen=True)
class Undone:
    """What an undo took out."""

    batch: str
    files: int
    sessions: int


def undo(layout: Layout, batch: str) -> Undone | None:
    """Remove everything that an import brought in; None where ``files`` does not know it.

    ``files`` goes first, so that a crash in between leaves only what counts no more; a note of what is being undone
    lies in the folder until all is done, and the next opening for writing finishes it. The caller holds the lock.
    """
    redo = layout.undoing.exists()
    rows = read_parts(
        layout.logs["files"].folder, "files", layout.logs["files"].parts().values(), ["batch", "verdict"]
    ).to_pylist()
    files = [row for row in rows if row["batch"] == batch]
    sessions = _sessions_of(layout, batch)
    if not files and not redo:
        return None
    if not redo:
        write_new(layout.undoing, batch.encode())
    _drop(layout, "files", batch, "batch", pa.array([batch]))
    # Samples go before sessions: the sessions say which samples of a merged part are meant.
    _drop(layout, "samples", batch, "session", pa.array(sessions, pa.string()))
    for name in ("sessions", "recordings", "labels"):
        _drop(layout, name, batch, "batch", pa.array([batch]))
    for path in layout.originals.glob("*.zip"):
        if batch_of(path.stem) == batch:
            path.unlink(missing_ok=True)
    layout.undoing.unlink(missing_ok=True)
    flush_folder(layout.folder)
    return Undone(batch, len(files), len(sessions))


def _sessions_of(layout: Layout, batch: str) -> list[str]:
    log = layout.logs["sessions"]
    rows = read_parts(log.folder, "sessions", log.parts().values(), ["session", "batch"]).to_pylist()
    return [row["session"] for row in rows if row["batch"] == batch]


def _drop(layout: Layout, name: str, batch: str, column: str, values: pa.Array[Any]) -> None:
    """Remove the import's own parts whole; lay merged parts out anew without its rows."""
    log = layout.logs[name]
    gone: list[Part] = []
    new: list[Part] = []
    for part in log.parts().values():
        chunk = chunk_of(part.name)
        if chunk is not None:
            if batch_of(chunk) == batch:
                gone.append(part)
            continue
        hit = pc.is_in(read_parts(log.folder, name, [part], [column]).column(column), value_set=values)
        if not pc.any(hit).as_py():
            continue
        gone.append(part)
        rows = read_parts(log.folder, name, [part], arrow_schema(name).names).filter(pc.invert(hit))
        if rows.num_rows:
            new.append(write_part(log.folder, merged_name(uuid.uuid4().hex), name, rows))
    if gone:
        log.commit(add=new, remove=gone)
    for part in gone:
        (log.folder / part.name).unlink(missing_ok=True)
