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

FLOATS = (8, 9)
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

    @property
    def scale(self) -> float:
        """What the raw value is divided by."""
        return self.field.profile.scale if self.field.profile and self.mode == AS_FLOAT else 1

    @property
    def offset(self) -> float:
        """What is then subtracted."""
        return self.field.profile.offset if self.field.profile and self.mode == AS_FLOAT else 0


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


@dataclass(slots=True, eq=False)
class Plan:
    """A table: its blocks, the bytes of a row (values, then flags), the work for each definition.

    ``plain`` = how many columns hold one value a row: their flags come first. ``sparse`` = some definition lacks
    a column, so the table must start as zeros. ``floats`` = some field is a float in the file.
    ``script`` and ``single`` are what the NumPy engine makes of the plan when it first meets it, ``row`` a table of
    one row as a record.
    """

    blocks: tuple[Block, ...]
    value_bytes: int
    flag_bytes: int
    plain: int
    works: tuple[Work, ...]
    sparse: bool
    floats: bool
    script: object = None
    single: object = None
    row: np.dtype[np.void] | None = None


@dataclass(slots=True)
class _Column:
    name: str
    shown: str
    dtype: np.dtype[np.generic]
    width: int
    mode: int
    text: bool
    base: int
    at: int = 0
    flag_at: int = 0


@lru_cache(maxsize=2048)
def plan(layouts: tuple[Layout, ...], names: frozenset[str] | None, raw: bool) -> Plan:
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
    columns.sort(key=lambda c: (-c.dtype.itemsize, c.dtype.kind, c.text, c.width, c.mode, c.base))
    value_bytes, flag_bytes = _place(columns)
    works = tuple(_work(layout, columns) for layout in layouts)
    full = all(
        len(work.tasks) == len(columns) and all(task.field.count == task.width for task in work.tasks)
        for work in works
    )
    plain = sum(c.width == 1 and not c.text for c in columns)
    floats = any(field.base in FLOATS for fields in by_key.values() for field in fields)
    return Plan(_blocks(columns), value_bytes, flag_bytes, plain, works, not full, floats)


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
    return _Column(name, name, np.dtype(dtype), width, mode, text, fields[0].base)


def _place(columns: list[_Column]) -> tuple[int, int]:
    """Give each column its place: values in order, flags of columns with one value a row first."""
    at = flag_at = 0
    for column in columns:
        column.at = at
        at += column.dtype.itemsize * column.width
    for column in sorted(columns, key=lambda c: c.width > 1 or c.text):
        column.flag_at = flag_at
        flag_at += column.width
    return at, flag_at


def _blocks(columns: list[_Column]) -> tuple[Block, ...]:
    names: list[list[str]] = []
    first: list[_Column] = []
    last: tuple[object, ...] = ()
    for column in columns:
        kind = (column.dtype, column.width, column.text)
        if kind == last:
            names[-1].append(column.shown)
        else:
            names.append([column.shown])
            first.append(column)
            last = kind
    return tuple(
        Block(tuple(run), c.dtype, c.width, c.text, c.at, c.flag_at)
        for run, c in zip(names, first, strict=True)
    )


def _work(layout: Layout, columns: list[_Column]) -> Work:
    tasks = tuple(
        Task(field, c.mode, c.width, c.at, c.flag_at)
        for c in columns
        if (field := layout.fields.get(c.name)) and field.count and (field.base == STRING) == c.text
    )
    spec = [
        (t.field.at, t.field.base, int(layout.big_endian and SIZES[t.field.base] > 1), t.field.count, t.width,
         t.mode, t.at, t.flag_at)
        for t in tasks
    ]  # fmt: skip
    return Work(
        layout,
        tasks,
        np.array(spec, np.int64).reshape(-1, 8),
        np.array([(t.scale, t.offset) for t in tasks], np.float64).reshape(-1, 2),
    )
