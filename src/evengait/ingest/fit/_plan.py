"""How the fields of some definitions become the columns of one table: dtypes, places, work for each definition.

All columns of a table lie in one block of bytes, widest first (so each is aligned), column after column, and
their flags of validity behind them. A plan knows every place per row of the table: place × rows is the
offset. Plans are kept, so a watch that writes the same definitions day after day is planned once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from evengait.ingest.fit._layout import CODES, SIZES, Field, Layout
from evengait.ingest.fit._profile import STRING

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME, AS_FLOAT, AS_INT = range(3)
"""What becomes of a raw value: kept in its own type; float64, scaled; int64, where definitions disagree."""


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of one dtype and width next to each other: names, place of the first value and flag, per row."""

    names: tuple[str, ...]
    dtype: np.dtype[np.generic]
    width: int
    text: bool
    at: int
    flag_at: int


@dataclass(frozen=True, slots=True)
class Task:
    """One field to turn into one column: where it is read, how, and where it goes."""

    field: Field
    mode: int
    width: int
    at: int
    flag_at: int


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """All tasks of one definition; the same as arrays for the compiled kernel.

    ``spec`` has a row per task: place in the message, base type, swap bytes, count, width, mode, place of the
    values and of the flags per table row; ``scales`` has scale and offset.
    """

    layout: Layout
    tasks: tuple[Task, ...]
    spec: NDArray[np.int64]
    scales: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A table: its blocks, the bytes of a row (values, then flags), the work for each definition.

    ``sparse`` = some definition lacks a column, so the table must start as zeros.
    """

    blocks: tuple[Block, ...]
    value_bytes: int
    flag_bytes: int
    works: tuple[Work, ...]
    sparse: bool


@dataclass(slots=True)
class _Column:
    name: str
    shown: str
    dtype: np.dtype[np.generic]
    width: int
    mode: int
    text: bool


@lru_cache(maxsize=1024)
def plan(layouts: tuple[Layout, ...], names: frozenset[str] | None, *, raw: bool) -> Plan:
    """Plan the table of some definitions of one message.

    Parameters
    ----------
    layouts : tuple of Layout
    names : frozenset of str or None
        Columns wanted; None = all.
    raw : bool
        Leave scale and offset off: the device's own integers.
    """
    by_key: dict[tuple[str, bool], list[Field]] = {}
    for layout in layouts:
        for name, field in layout.fields.items():
            if field.count and (names is None or name in names):
                by_key.setdefault((name, field.base == STRING), []).append(field)
    columns = [_column(name, fields, text=text, raw=raw) for (name, text), fields in by_key.items()]
    for column in columns:
        # Text in one definition and numbers in another: two columns.
        if column.text and (column.name, False) in by_key:
            column.shown = f"{column.name}_text"
    columns.sort(key=lambda c: (-c.dtype.itemsize, c.dtype.kind, c.text, c.width))
    blocks, places = _blocks(columns)
    value_bytes = sum(c.dtype.itemsize * c.width for c in columns)
    flag_bytes = sum(c.width for c in columns)
    works = tuple(_work(layout, columns, places) for layout in layouts)
    full = all(
        len(work.tasks) == len(columns) and all(task.field.count == task.width for task in work.tasks)
        for work in works
    )
    return Plan(blocks, value_bytes, flag_bytes, works, not full)


def _column(name: str, fields: list[Field], *, text: bool, raw: bool) -> _Column:
    width = max(field.count for field in fields)
    codes = {CODES[field.base] for field in fields}
    if text:
        dtype, mode = "u1", SAME
    elif not raw and any(field.scaled for field in fields):
        dtype, mode = "f8", AS_FLOAT
    elif len(codes) == 1:
        dtype, mode = codes.pop(), SAME
    elif codes & {"f4", "f8", "u8"}:
        dtype, mode = "f8", AS_FLOAT
    else:
        dtype, mode = "i8", AS_INT
    return _Column(name, name, np.dtype(dtype), width, mode, text)


def _blocks(columns: list[_Column]) -> tuple[tuple[Block, ...], list[tuple[int, int]]]:
    places: list[tuple[int, int]] = []
    names: list[list[str]] = []
    starts: list[int] = []
    last: tuple[object, ...] = ()
    at = flag_at = 0
    for column in columns:
        places.append((at, flag_at))
        at += column.dtype.itemsize * column.width
        flag_at += column.width
        kind = (column.dtype, column.width, column.text)
        if kind == last:
            names[-1].append(column.shown)
        else:
            names.append([column.shown])
            starts.append(len(places) - 1)
            last = kind
    blocks = tuple(
        Block(tuple(run), columns[i].dtype, columns[i].width, columns[i].text, *places[i])
        for run, i in zip(names, starts, strict=True)
    )
    return blocks, places


def _work(layout: Layout, columns: list[_Column], places: list[tuple[int, int]]) -> Work:
    tasks = tuple(
        Task(field, c.mode, c.width, *place)
        for c, place in zip(columns, places, strict=True)
        if (field := layout.fields.get(c.name)) and field.count and (field.base == STRING) == c.text
    )
    spec = [
        (t.field.at, t.field.base, int(layout.big_endian and SIZES[t.field.base] > 1), t.field.count, t.width,
         t.mode, t.at, t.flag_at)
        for t in tasks
    ]  # fmt: skip
    scales = [(t.field.profile.scale, t.field.profile.offset) if t.field.profile else (1, 0) for t in tasks]
    return Work(
        layout,
        tasks,
        np.array(spec, np.int64).reshape(-1, 8),
        np.array(scales, np.float64).reshape(-1, 2),
    )
