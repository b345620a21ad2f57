"""Turn the messages of one definition into columns with NumPy: one gather, then field by field.

The compiled kernel does the same work; both give the same values to the bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest.fit._layout import CODES, INVALID
from evengait.ingest.fit._plan import AS_FLOAT
from evengait.ingest.fit._profile import BYTE, STRING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._plan import Task, Work


def fill(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    ranks: NDArray[np.int64] | None,
    work: Work,
    table: NDArray[np.uint8],
    rows: int,
    flags_at: int,
) -> None:
    """Write the columns of one definition into a table.

    Parameters
    ----------
    data : uint8 array
        The whole file.
    offsets : int64 array, shape (n,)
        Where the messages begin; the walk has made sure that each lies inside.
    ranks : int64 array, shape (n,), or None
        Their rows in the table; None = in order.
    work : Work
    table : uint8 array
        The table's bytes, see ``_plan``.
    rows : int
        Rows of the table.
    flags_at : int
        Where the flags begin in the table.
    """
    size = work.layout.size
    starts = np.ndarray((len(data) - size + 1,), f"V{size}", data, 0, (1,))
    messages = starts[offsets]
    order = ">" if work.layout.big_endian else "<"
    for task in work.tasks:
        field = task.field
        shape = (len(offsets),) if task.width == 1 else (len(offsets), field.count)
        strides = (size,) if task.width == 1 else (size, np.dtype(CODES[field.base]).itemsize)
        code = "u1" if field.base == STRING else CODES[field.base]
        raw = np.ndarray(shape, order + code, messages, field.at, strides)
        values, flags = _targets(task, table, rows, flags_at)
        if task.width > 1 and task.width != field.count:
            values, flags = values[:, : field.count], flags[:, : field.count]
        at: Any = slice(None) if ranks is None else ranks
        if task.mode == AS_FLOAT:
            values[at] = _scaled(raw, task)
        else:
            values[at] = raw
        flags[at] = _valid(raw, field.base)


def _targets(
    task: Task, table: NDArray[np.uint8], rows: int, flags_at: int
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    dtype = (
        np.dtype("f8" if task.mode == AS_FLOAT else "i8") if task.mode else np.dtype(CODES[task.field.base])
    )
    if task.field.base == STRING:
        dtype = np.dtype("u1")
    shape = (rows,) if task.width == 1 else (rows, task.width)
    values: NDArray[Any] = np.ndarray(shape, dtype, table, task.at * rows)
    flags: NDArray[np.bool_] = np.ndarray(shape, "?", table, flags_at + task.flag_at * rows)
    return values, flags


def _scaled(raw: NDArray[Any], task: Task) -> NDArray[np.float64]:
    profile = task.field.profile
    out: NDArray[np.float64] = np.divide(raw, profile.scale if profile else 1, dtype=np.float64)
    if profile and profile.offset:
        out -= profile.offset
    return out


def _valid(raw: NDArray[Any], base: int) -> Any:
    if raw.dtype.kind == "f":
        return ~np.isnan(raw)
    if base == STRING:
        return True
    if base == BYTE and raw.ndim > 1:
        return (raw != INVALID[BYTE]).any(axis=1)[:, None]
    return raw != INVALID[base]
