"""What counts in an archive: the rows of ``files`` decide, and everything is judged by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.storage.archive.layout import chunk_of
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from evengait.storage.archive.layout import Layout
    from evengait.storage.archive.log import Log, Part


def read_parts(folder: Path, name: str, parts: Iterable[Part], columns: Sequence[str]) -> pa.Table:
    """Return columns of some parts of a table as one Arrow table; columns that an older part lacks are null.

    Raises
    ------
    TableError
        A part is missing or damaged.
    """
    schema = pa.schema([arrow_schema(name).field(column) for column in columns])
    tables = []
    for part in parts:
        path = folder / part.name
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                names = set(file.schema_arrow.names)
                there = [column for column in columns if column in names]
                found = file.read(columns=there, use_threads=False)
        except (OSError, pa.ArrowInvalid) as error:
            raise TableError(
                kept(
                    "The archive's table {name!r} cannot be read: {name_2} is missing or damaged. "
                    "Run `evengait doctor` to see what is affected.",
                    name=name,
                    name_2=path.name,
                )
            ) from error
        tables.append(_fitted(found, schema))
    return pa.concat_tables(tables) if tables else schema.empty_table()


def read_table(log: Log, name: str, columns: Sequence[str]) -> pa.Table:
    """Return columns of a whole table as it stands now."""
    return read_parts(log.folder, name, log.parts().values(), columns)


def committed_chunks(layout: Layout, file_parts: Iterable[Part]) -> set[str]:
    """Return every chunk that ``files`` knows: from the names of its parts, and from the rows of merged ones."""
    named = {chunk for part in file_parts if (chunk := chunk_of(part.name)) is not None}
    merged = [part for part in file_parts if chunk_of(part.name) is None]
    rows = read_parts(layout.logs["files"].folder, "files", merged, ["chunk"])
    return named | {str(chunk) for chunk in rows.column("chunk").to_pylist()}


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """Return a small table's rows as dicts."""
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def arrays_of(table: pa.Table, name: str) -> list[NDArray[np.float64] | None]:
    """Return a column of lists of numbers as arrays; null inside = NaN, a null list = None."""
    found: list[NDArray[np.float64] | None] = []
    for chunk in table.column(name).chunks:
        lists: Any = chunk
        edges = lists.offsets.to_numpy()
        values = lists.values.to_numpy(zero_copy_only=False).astype(np.float64)
        found += [
            values[low:high] if there else None
            for low, high, there in zip(edges[:-1], edges[1:], lists.is_valid().to_pylist(), strict=True)
        ]
    return found


def _fitted(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [
        table.column(field.name).cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)
