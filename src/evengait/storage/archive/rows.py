"""Rows into Arrow tables, straight from NumPy buffers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from evengait.core.recording import Samples

_pa: Any = pa
"""pyarrow without its stubs, which know too little of building arrays."""


def samples_table(bouts: Sequence[tuple[str, Samples]]) -> pa.Table:
    """Return the samples of several sessions as one table, session after session.

    Parameters
    ----------
    bouts : sequence of (session, Samples)

    Returns
    -------
    pyarrow.Table
        Schema of ``columns.toml`` [samples]; a column that a session lacks is null there.
    """
    schema = arrow_schema("samples")
    counts = np.array([len(samples) for _, samples in bouts], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(counts)))
    columns: list[Any] = [_sessions([name for name, _ in bouts], counts)]
    clock = np.concatenate([samples.timestamp_us for _, samples in bouts]) if bouts else np.empty(0, np.int64)
    columns.append(pa.array(clock).view(schema.field("timestamp").type))
    columns += [_column(field, [samples for _, samples in bouts], starts) for field in list(schema)[2:]]
    return pa.Table.from_arrays(columns, schema=schema)


def sessions_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return session rows as a table; a key that a row lacks is null, NaN in a list is null.

    Parameters
    ----------
    rows : sequence of mapping
        Keys of ``columns.toml`` [sessions]; lists as NumPy arrays or sequences.
    """
    schema = arrow_schema("sessions")
    columns = []
    for field in schema:
        values = [row.get(field.name) for row in rows]
        columns.append(
            _lists(values, field.type) if pa.types.is_list(field.type) else _plain(values, field.type)
        )
    return pa.Table.from_arrays(columns, schema=schema)


def recordings_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return rows of ``recordings`` as a table; a key that a row lacks is null, NaN in a trace is null."""
    schema = arrow_schema("recordings")
    columns = []
    for field in schema:
        values = [row.get(field.name) for row in rows]
        traced = pa.types.is_list(field.type) and not pa.types.is_string(field.type.value_type)
        columns.append(_lists(values, field.type) if traced else _pa.array(values, type=field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def recordings_rows(table: pa.Table, came: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return recordings with other words on where, when and by which import they came in."""
    for name in ("source", "batch", "chunk", "imported_at"):
        field = table.schema.field(name)
        values = _pa.array([row[name] for row in came], type=field.type)
        table = table.set_column(table.column_names.index(name), field, values)
    return table


def plain_table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return rows of ``files`` or ``labels`` as a table; a key that a row lacks is null."""
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(name))


def _sessions(names: list[str], counts: NDArray[np.int64]) -> Any:
    """Repeat each session's name; as bytes of one width, which is what a hash's digits are."""
    words = np.array([name.encode() for name in names], dtype=np.bytes_)
    width = words.itemsize
    if any(len(name) != width for name in names):
        return _pa.array(
            [name for name, count in zip(names, counts, strict=True) for _ in range(count)], _pa.string()
        )
    total = int(counts.sum())
    offsets = np.arange(total + 1, dtype=np.int32) * np.int32(width)
    text = np.repeat(words, counts)
    return _pa.StringArray.from_buffers(total, _pa.py_buffer(offsets), _pa.py_buffer(text))


def _column(field: Any, bouts: list[Samples], starts: NDArray[np.int64]) -> Any:
    total = int(starts[-1])
    if not any(field.name in samples.columns for samples in bouts):
        return _pa.nulls(total, field.type)
    values = np.zeros(total, dtype=field.type.to_pandas_dtype())
    null = np.zeros(total, dtype=np.bool_)
    some_null = False
    for samples, start, end in zip(bouts, starts[:-1], starts[1:], strict=True):
        if field.name not in samples.columns:
            null[start:end] = True
            some_null = True
            continue
        given, valid = samples.columns[field.name]
        np.copyto(values[start:end], given, casting="same_kind")
        if valid is not None:
            np.logical_not(valid, out=null[start:end])
            some_null = True
    return _pa.array(values, type=field.type, mask=null if some_null else None)


def _plain(values: list[Any], dtype: Any) -> Any:
    if pa.types.is_floating(dtype):
        values = [None if value is None or math.isnan(value) else float(value) for value in values]
    return _pa.array(values, type=dtype)


def _lists(values: list[Any], dtype: Any) -> Any:
    kind = dtype.value_type
    arrays = [None if value is None else np.asarray(value) for value in values]
    offsets = np.concatenate(
        ([0], np.cumsum([0 if array is None else len(array) for array in arrays]))
    ).astype(np.int32)
    given = [array for array in arrays if array is not None and len(array)]
    flat = np.concatenate(given) if given else np.empty(0)
    null = np.isnan(flat) if flat.dtype.kind == "f" else None
    if null is not None and pa.types.is_integer(kind):
        flat = np.nan_to_num(flat)
    inner = _pa.array(flat.astype(kind.to_pandas_dtype(), copy=False), type=kind, mask=null)
    missing = _pa.array([array is None for array in arrays], _pa.bool_())
    return _pa.ListArray.from_arrays(_pa.array(offsets), inner, type=dtype, mask=missing)
