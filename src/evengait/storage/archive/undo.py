"""Take one import back: its rows and originals. What other imports brought as well is handed over to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.disk import flush_folder, write_new
from evengait.storage.archive.layout import batch_of, handed_over_name, pack_chunk
from evengait.storage.archive.originals import copy_originals
from evengait.storage.archive.rewrite import replace_rows, replace_table
from evengait.storage.archive.rows import recordings_rows
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from evengait.storage.archive.layout import Layout

Row = dict[str, Any]


@dataclass(frozen=True)
class Undone:
    """What an undo took out.

    Attributes
    ----------
    batch : str
    files, sessions : int
    kept : int
        Recordings that stay, because another import brought them too.
    """

    batch: str
    files: int
    sessions: int
    kept: int = 0


def undo(layout: Layout, batch: str) -> Undone | None:
    """Remove what only this import brought in; None where ``files`` does not know it.

    ``files`` goes first, so that a crash in between leaves only what counts no more; a note of what is being undone
    lies in the folder until all is done, and the next opening for writing finishes it. The sessions that other
    imports' recordings make are then to be settled anew: a note says so. The caller holds the lock.
    """
    redo = layout.undoing.exists()
    files = read_table(layout.logs["files"], "files", arrow_schema("files").names)
    batches = files.column("batch").to_pylist()
    if batch not in batches and not redo:
        return None
    sessions = [
        row["session"]
        for row in rows_of(read_table(layout.logs["sessions"], "sessions", ["session", "batch"]))
        if row["batch"] == batch
    ]
    if not redo:
        write_new(layout.undoing, batch.encode())
    heirs = _heirs(layout, batch, files)
    if batch in batches:
        replace_table(layout, "files", _without(layout, batch, files, heirs))
    mine = pa.array([batch])
    handed = _handed(layout, batch, heirs)
    replace_rows(layout, "recordings", "batch", mine, handed, batch=batch)
    replace_rows(layout, "labels", "batch", mine, batch=batch)
    # Samples go before sessions: the sessions say which samples of a merged part are meant.
    replace_rows(layout, "samples", "session", pa.array(sessions, pa.string()), batch=batch)
    replace_rows(layout, "sessions", "batch", mine, batch=batch)
    for path in layout.originals.glob("*.zip"):
        if batch_of(pack_chunk(path.stem)) == batch:
            path.unlink(missing_ok=True)
    layout.unsettled.touch()
    layout.undoing.unlink(missing_ok=True)
    flush_folder(layout.folder)
    return Undone(batch, batches.count(batch), len(sessions), handed.num_rows)


def _heirs(layout: Layout, batch: str, files: pa.Table) -> dict[str, Row]:
    """Return the files that other imports brought with the same content: by hash, the earliest of them."""
    log = layout.logs["recordings"]
    mine = {
        row["sha256"]
        for row in rows_of(read_table(log, "recordings", ["sha256", "batch"]))
        if row["batch"] == batch
    }
    columns = ["batch", "chunk", "source", "sha256", "sessions", "original", "imported_at"]
    found: dict[str, Row] = {}
    for place, row in enumerate(rows_of(files.select(columns))):
        sha = row["sha256"]
        if sha not in mine or row["batch"] == batch or not row["sessions"]:
            continue
        row["place"] = place
        if sha not in found or _first(row) < _first(found[sha]):
            found[sha] = row
    return found


def _first(row: Row) -> tuple[Any, ...]:
    # Cut off and redone: one that holds the original already is the heir.
    return row["original"] is None, row["imported_at"], row["chunk"], row["source"]


def _without(layout: Layout, batch: str, files: pa.Table, heirs: dict[str, Row]) -> pa.Table:
    """Return ``files`` without the import, its originals handed over and told to the heirs."""
    originals = files.column("original").to_pylist()
    batches = files.column("batch").to_pylist()
    shas = files.column("sha256").to_pylist()
    old = {
        sha: address
        for sha, address, whose in zip(shas, originals, batches, strict=True)
        if whose == batch and address is not None
    }
    packs: dict[str, list[str]] = {}
    for sha, heir in heirs.items():
        if sha in old:
            name = handed_over_name(heir["chunk"], batch)
            originals[heir["place"]] = f"originals/{name}!{sha}"
            packs.setdefault(name, []).append(old[sha])
    for name, addresses in packs.items():
        copy_originals(layout.folder, addresses, layout.originals / name)
    place = files.column_names.index("original")
    patched = files.set_column(place, files.schema.field("original"), pa.array(originals, pa.string()))
    return patched.filter(pa.array([whose != batch for whose in batches], pa.bool_()))


def _handed(layout: Layout, batch: str, heirs: dict[str, Row]) -> pa.Table:
    """Return the import's recordings that others have too, as theirs."""
    log = layout.logs["recordings"]
    rows = read_table(log, "recordings", arrow_schema("recordings").names)
    mine = rows.filter(pa.array([whose == batch for whose in rows.column("batch").to_pylist()], pa.bool_()))
    kept = mine.filter(pa.array([sha in heirs for sha in mine.column("sha256").to_pylist()], pa.bool_()))
    return recordings_rows(kept, [heirs[str(sha)] for sha in kept.column("sha256").to_pylist()])
