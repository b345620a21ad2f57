"""The messages of one kind in a file, as columns."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.core.errors import IngestError
from evengait.core.reasons import kept
from evengait.ingest.fit._expand import expand, sources
from evengait.ingest.fit._plan import plan
from evengait.ingest.fit._single import row_pairs
from evengait.ingest.fit._text import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray

    from evengait.ingest.fit._engine import Engine
    from evengait.ingest.fit._layout import Developer, Layout
    from evengait.ingest.fit._plan import Block, Plan
    from evengait.ingest.fit._profile import MessageProfile

    Pair = tuple[NDArray[Any], NDArray[np.bool_] | None]

TABLE_BYTES_PER_FILE_BYTE = 512
SMALL_TABLE = 1 << 26
"""A table may grow to 64 MB, or 512 bytes per byte of the file: real ones stay under 12, hostile ones may not."""

NOTHING: nullcontext[None] = nullcontext()


@dataclass(slots=True)
class Group:
    """Messages of one definition: their offsets, and the times that some carry in their headers."""

    layout: Layout
    offsets: NDArray[np.int64]
    header_rows: NDArray[np.int64] | None = None
    header_times: NDArray[np.uint32] | None = None


@dataclass(slots=True)
class Message:
    """All messages of one kind in a file, one row each in file order; columns are made when asked for.

    Attributes
    ----------
    profile : MessageProfile
        Number, name and fields.
    parts : int64 array or None
        First row of each chained file after the first; None where nothing is chained.
    """

    profile: MessageProfile
    parts: NDArray[np.int64] | None
    _groups: list[Group]
    _data: NDArray[np.uint8]
    _engine: Engine
    _wanted: frozenset[str] | None
    _offsets: NDArray[np.int64] | None = None
    _order: NDArray[np.int64] | None = None
    _all: dict[str, Pair] | None = None
    _made: dict[str, Pair | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.offsets)

    @property
    def name(self) -> str:
        """The message's name in the profile, or ``unknown_<num>``."""
        return self.profile.name

    @property
    def offsets(self) -> NDArray[np.int64]:
        """Where each row's message begins in the file; int64, shape (n,), rising."""
        self._sort()
        assert self._offsets is not None  # noqa: S101  set by _sort, said for the type checker
        return self._offsets

    @property
    def developer(self) -> dict[str, Developer]:
        """What was said of each developer field, by column name."""
        return {
            name: item.developer
            for group in self._groups
            for name, item in group.layout.fields.items()
            if item.developer
        }

    def __contains__(self, name: str) -> bool:
        return self.column(name) is not None

    def column(self, name: str) -> Pair | None:
        """Return one column, or None where the file does not have it.

        Returns
        -------
        (values, valid)
            ``values`` of shape (n,), or (n, k) for an array field; float64 where the profile has a scale or
            offset, else the file's own type; text as an object array of str, tuple of str or None. ``valid`` a
            bool array of the same shape, or None = all valid. Values that are not valid mean nothing.
        """
        if self._all is not None:
            return self._all.get(name)
        if name not in self._made:
            self._made[name] = self.select((name,)).get(name)
        return self._made[name]

    def select(self, names: Iterable[str]) -> dict[str, Pair]:
        """Return several columns at once, those of them that the file has; see ``column``."""
        names = frozenset(names)
        need = names
        if self.profile.unpacks:
            need = names.union(*(sources(self.profile.num, name) for name in names))
        return {name: pair for name, pair in self._make(need, raw=False).items() if name in names}

    def columns(self) -> dict[str, Pair]:
        """Return every column that the file has (of those wanted), unpacked ones too; see ``column``."""
        if self._all is None:
            self._all = self._make(None, raw=False) if self._wanted is None else self.select(self._wanted)
        return self._all

    def raw(self, names: Iterable[str]) -> dict[str, Pair]:
        """Return columns as the device wrote them: integers without scale or offset, nothing unpacked."""
        return self._make(frozenset(names), raw=True)

    def to_arrow(self) -> pa.Table:
        """Return every column as an Arrow table; times as UTC timestamps, array fields as lists."""
        from evengait.ingest.fit import _frames

        return _frames.to_arrow(self.profile, self.columns(), len(self))

    def to_polars(self) -> pl.DataFrame:
        """Return every column as a Polars frame; times as UTC datetimes, array fields as lists."""
        import polars as pl

        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)  # noqa: S101  a table always gives a frame
        return frame

    def _sort(self) -> None:
        """Work out the rows' order in the file: messages of one definition are in order, several interleave."""
        if self._offsets is not None:
            return
        if len(self._groups) == 1:
            self._offsets = self._groups[0].offsets
            return
        every = np.concatenate([group.offsets for group in self._groups])
        if (every[1:] > every[:-1]).all():
            self._offsets = every
            return
        self._order = np.argsort(every, kind="stable")
        self._offsets = every[self._order]

    def _make(self, wanted: frozenset[str] | None, *, raw: bool) -> dict[str, Pair]:
        self._sort()
        table_plan = plan(tuple([group.layout for group in self._groups]), wanted, raw)
        rows = len(self.offsets)
        size = rows * (table_plan.value_bytes + table_plan.flag_bytes)
        if size > max(SMALL_TABLE, TABLE_BYTES_PER_FILE_BYTE * len(self._data)):
            raise IngestError(
                kept("the file declares far more columns than it holds data; it was not read"), format="fit"
            )
        places = [group.offsets for group in self._groups]
        # Floats of hostile files overflow, which is not worth a warning: what cannot be is not valid.
        with np.errstate(all="ignore") if table_plan.floats else NOTHING:
            table = self._engine.fill(self._data, table_plan, places, self._order)
            columns = _pairs(table_plan, table, rows, rows * table_plan.value_bytes)
            if wanted is None or "timestamp" in wanted:
                self._header_times(columns)
            if self.profile.unpacks and not raw:
                expand(self.profile, columns, self.parts)
        return columns

    def _header_times(self, columns: dict[str, Pair]) -> None:
        """Put times carried by record headers into the column ``timestamp``."""
        if all(group.header_rows is None for group in self._groups):
            return
        rows = len(self)
        values, known = columns.get("timestamp", (np.zeros(rows, np.uint32), np.zeros(rows, bool)))
        if values.dtype != np.uint32 or values.ndim > 1:
            # A time of another type is none.
            values, known = np.zeros(rows, np.uint32), np.zeros(rows, bool)
        values = values.copy()
        valid = np.ones(rows, bool) if known is None else known.copy()
        for group in self._groups:
            if group.header_rows is None or group.header_times is None:
                continue
            at = np.searchsorted(self.offsets, group.offsets[group.header_rows])
            at, times = at[~valid[at]], group.header_times[~valid[at]]
            values[at], valid[at] = times, times != 0
        columns["timestamp"] = values, None if valid.all() else valid


def _pairs(table_plan: Plan, table: NDArray[np.uint8], rows: int, flags_at: int) -> dict[str, Pair]:
    """Return the columns of a filled table as views into it."""
    if rows == 1:
        return row_pairs(table_plan, table)
    columns: dict[str, Pair] = {}
    flags: NDArray[np.bool_] = np.ndarray((table_plan.plain, rows), "?", table, flags_at)
    whole: list[bool] = np.logical_and.reduce(flags, axis=1).tolist()
    valid = [None if every else known for every, known in zip(whole, flags, strict=True)]
    at = 0
    for block in table_plan.blocks:
        names = block.names
        if block.width > 1 or block.text:
            _wide(columns, block, table, rows, flags_at)
            continue
        values: NDArray[Any] = np.ndarray((len(names), rows), block.dtype, table, block.at * rows)
        columns.update(zip(names, zip(values, valid[at : at + len(names)], strict=True), strict=True))
        at += len(names)
    return columns


def _wide(columns: dict[str, Pair], block: Block, table: NDArray[np.uint8], rows: int, flags_at: int) -> None:
    """Add the columns of array fields and of text."""
    shape = (len(block.names), rows, block.width)
    values: NDArray[Any] = np.ndarray(shape, block.dtype, table, block.at * rows)
    if block.text:
        for name, chars in zip(block.names, values, strict=True):
            columns[name] = texts(chars)
        return
    flags: NDArray[np.bool_] = np.ndarray(shape, "?", table, flags_at + block.flag_at * rows)
    whole = np.logical_and.reduce(flags, axis=(1, 2)).tolist()
    for name, column, valid, every in zip(block.names, values, flags, whole, strict=True):
        columns[name] = column, None if every else valid
