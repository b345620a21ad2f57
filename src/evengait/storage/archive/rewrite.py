"""Take rows out of a table and put others in, in one commit; samples that no session knows are taken out too."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from evengait.storage.archive.contents import read_parts, read_table
from evengait.storage.archive.layout import batch_of, chunk_of, merged_name
from evengait.storage.archive.part import write_part
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.log import Part


def replace_rows(
    layout: Layout,
    name: str,
    column: str,
    gone: pa.Array[Any],
    new: pa.Table | None = None,
    *,
    batch: str | None = None,
) -> None:
    """Remove the rows whose column has one of some values, and add others, in one commit.

    Parameters
    ----------
    layout : Layout
    name : str
        The table.
    column : str
    gone : pyarrow.Array
    new : pyarrow.Table, optional
        Rows in the table's schema.
    batch : str, optional
        Parts that this import wrote go whole, without being read.
    """
    log = layout.logs[name]
    old: list[Part] = []
    made: list[Part] = []
    for part in log.parts().values():
        chunk = chunk_of(part.name)
        if batch is not None and chunk is not None:
            if batch_of(chunk) == batch:
                old.append(part)
            continue
        hit = pc.is_in(read_parts(log.folder, name, [part], [column]).column(column), value_set=gone)
        if not pc.any(hit).as_py():
            continue
        old.append(part)
        rows = read_parts(log.folder, name, [part], arrow_schema(name).names).filter(pc.invert(hit))
        if rows.num_rows:
            made.append(write_part(log.folder, merged_name(uuid.uuid4().hex), name, rows))
    if new is not None and new.num_rows:
        made.append(write_part(log.folder, merged_name(uuid.uuid4().hex), name, new))
    if old or made:
        log.commit(add=made, remove=old)
    for part in old:
        (log.folder / part.name).unlink(missing_ok=True)


def replace_table(layout: Layout, name: str, rows: pa.Table) -> None:
    """Put a whole small table in the place of what is there, in one commit."""
    log = layout.logs[name]
    old = list(log.parts().values())
    made = [write_part(log.folder, merged_name(uuid.uuid4().hex), name, rows)] if rows.num_rows else []
    if old or made:
        log.commit(add=made, remove=old)
    for part in old:
        (log.folder / part.name).unlink(missing_ok=True)


def drop_unknown_samples(layout: Layout) -> None:
    """Remove the samples of sessions that the table ``sessions`` does not have."""
    known = set(read_table(layout.logs["sessions"], "sessions", ["session"]).column("session").to_pylist())
    log = layout.logs["samples"]
    unknown: set[str] = set()
    for part in log.parts().values():
        column = read_parts(log.folder, "samples", [part], ["session"]).column("session")
        unknown |= {str(name) for name in pc.unique(column).to_pylist()} - known
    if unknown:
        replace_rows(layout, "samples", "session", pa.array(sorted(unknown), pa.string()))
