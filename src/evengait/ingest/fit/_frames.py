"""Columns as an Arrow table: times as instants, array fields as lists, nulls as nulls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from evengait.ingest.fit._profile import FIT_EPOCH_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._profile import MessageProfile

    Pair = tuple[NDArray[Any], NDArray[np.bool_] | None]


def to_arrow(profile: MessageProfile, columns: dict[str, Pair], rows: int) -> pa.Table:
    """Return columns as a table.

    Parameters
    ----------
    profile : MessageProfile
        Tells which columns are times.
    columns : dict of str to (values, valid)
    rows : int
        Rows, for a message without columns.
    """
    times = {field.name for field in profile.fields.values() if field.type == "date_time"}
    arrays = {name: _array(*pair, time=name in times) for name, pair in columns.items()}
    if not arrays:
        return pa.table({"row": pa.array(np.arange(rows))}).select([])
    return pa.table(arrays)


def _array(values: NDArray[Any], valid: NDArray[np.bool_] | None, *, time: bool) -> Any:
    if values.dtype == object:
        cells = values.tolist()
        if any(isinstance(cell, tuple) for cell in cells):
            cells = [None if c is None else list(c) if isinstance(c, tuple) else [c] for c in cells]
        return pa.array(cells)
    if values.ndim == 1:
        if time and values.dtype.kind in "ui":
            instants = (values.astype(np.int64) + FIT_EPOCH_S).astype("datetime64[s]")
            return pa.array(instants, pa.timestamp("s", "UTC"), mask=None if valid is None else ~valid)
        return pa.array(values, mask=None if valid is None else ~valid)
    flat_mask = None if valid is None else ~valid.ravel()
    flat = pa.array(np.ascontiguousarray(values).ravel(), mask=flat_mask)
    offsets = pa.array(np.arange(0, values.size + 1, values.shape[1], dtype=np.int32))
    empty: Any = None if valid is None else ~np.any(valid, axis=1)
    missing = None if valid is None else pa.array(empty)
    lists: Any = pa.ListArray  # its stub knows no mask of the kind that it takes
    return lists.from_arrays(offsets, flat, mask=missing)
