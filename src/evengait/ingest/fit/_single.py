"""Tables of one row, as most messages' are: by the struct module, without a NumPy call per column.

Half of a file's tables say who wrote it, for whom, with which settings: one message each, of up to a hundred fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter, ne, sub, truediv
from struct import Struct
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest.fit._layout import INVALID, SIZES
from evengait.ingest.fit._plan import AS_FLOAT
from evengait.ingest.fit._profile import STRING
from evengait.ingest.fit._text import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from evengait.ingest.fit._plan import Plan, Task

    Pair = tuple[NDArray[Any], NDArray[np.bool_] | None]

LETTERS = "BbBhHiIsfdBHIBqQQ"
"""The struct module's letter of each base type, 0 to 16."""

NULL = np.zeros(1, bool)
NULL.flags.writeable = False
"""The flags of one row without a value."""


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    """How to turn one message into the table's bytes: unpack, order, scale, pack."""

    unpack: Struct
    pick: Callable[[tuple[Any, ...]], tuple[Any, ...]]
    invalid: tuple[int, ...]
    scales: tuple[float, ...]
    offsets: tuple[float, ...] | None
    pack: Struct
    loose: tuple[Task, ...]


def single(table_plan: Plan) -> Single | None:
    """Return what turns the message of a plan with one definition into its table; None where floats forbid it."""
    if table_plan.floats:
        # A float's passage through Python may change the bits of one that is not a number.
        return None
    work = table_plan.works[0]
    plain = [task for task in work.tasks if task.width == 1 and task.field.base != STRING]
    if not plain:
        return None
    lying = sorted(plain, key=lambda task: task.field.at)
    read, at = [">" if work.layout.big_endian else "<"], 0
    for task in lying:
        read.append(f"{task.field.at - at}x{LETTERS[task.field.base]}")
        at = task.field.at + SIZES[task.field.base]
    written, at = ["="], 0
    for task in plain:
        written.append(f"{task.at - at}x{'d' if task.mode == AS_FLOAT else LETTERS[task.field.base]}")
        at = task.at + (8 if task.mode == AS_FLOAT else SIZES[task.field.base])
    written.append(f"{table_plan.value_bytes - at}x{len(plain)}?{table_plan.flag_bytes - len(plain)}x")
    scaled = [task for task in plain if task.mode == AS_FLOAT]
    places = [lying.index(task) for task in plain]
    return Single(
        Struct("".join(read)),
        itemgetter(*places) if len(places) > 1 else itemgetter(slice(1)),
        tuple(INVALID[task.field.base] or 0 for task in plain),
        tuple(float(task.scale) for task in scaled),
        tuple(float(task.offset) for task in scaled) if any(task.offset for task in scaled) else None,
        Struct("".join(written)),
        tuple(task for task in work.tasks if task not in plain),
    )


def fill_single(made: Single, data: Any, offset: int) -> NDArray[np.uint8]:
    """Return the table's bytes of one message; array fields and text are still to be filled in."""
    raw = made.pick(made.unpack.unpack_from(data, offset))
    table: Any = np.empty(made.pack.size, np.uint8)
    scaled = map(truediv, raw, made.scales)
    if made.offsets is not None:
        scaled = map(sub, scaled, made.offsets)
    made.pack.pack_into(table, 0, *scaled, *raw[len(made.scales) :], *map(ne, raw, made.invalid))
    out: NDArray[np.uint8] = table
    return out


def row_type(table_plan: Plan) -> np.dtype[np.void]:
    """Return a table of one row as a NumPy record of all its columns, text as bytes."""
    names, formats, offsets = [], [], []
    for block in table_plan.blocks:
        size = block.dtype.itemsize * block.width
        for i, name in enumerate(block.names):
            names.append(name)
            formats.append((block.dtype, (block.width,)) if block.width > 1 or block.text else block.dtype)
            offsets.append(block.at + i * size)
    return np.dtype({"names": names, "formats": formats, "offsets": offsets})


def row_pairs(table_plan: Plan, table: NDArray[np.uint8]) -> dict[str, Pair]:
    """Return the columns of a table of one row as views into it."""
    if table_plan.row is None:
        table_plan.row = row_type(table_plan)
    row: NDArray[np.void] = np.ndarray((1,), table_plan.row, table)
    flags = table[table_plan.value_bytes :].tobytes()
    columns: dict[str, Pair] = {}
    plain = 0
    for block in table_plan.blocks:
        if block.text:
            for name in block.names:
                columns[name] = texts(row[name])
        elif block.width > 1:
            for i, name in enumerate(block.names):
                at = block.flag_at + i * block.width
                columns[name] = row[name], _array_flags(flags[at : at + block.width])
        else:
            for name in block.names:
                columns[name] = row[name], None if flags[plain] else NULL
                plain += 1
    return columns


def _array_flags(flags: bytes) -> NDArray[np.bool_] | None:
    return None if all(flags) else np.frombuffer(flags, bool).reshape(1, -1)
