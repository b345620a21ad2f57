"""Turn messages into columns with NumPy.

Of few messages, the bytes are first put in the order of the columns, whatever their definition; then columns of one
type that lie next to each other are made together, as a matrix: four array operations however many columns and
definitions there are. Of many messages, each column is made alone: then the copying counts and not the calls.

The compiled kernel does the same work; both give the same values to the bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest.fit._layout import CODES, SIZES
from evengait.ingest.fit._plan import AS_FLOAT, AS_INT
from evengait.ingest.fit._profile import BYTE, STRING
from evengait.ingest.fit._script import invalid, script
from evengait.ingest.fit._single import Single, fill_single, single

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._plan import Plan, Task
    from evengait.ingest.fit._script import Recipe, Script, Stretch

FEW = 400
"""Messages of one definition up to which putting bytes in order costs less than a few calls per column."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's bytes, its rows, and where its flags begin."""

    bytes: NDArray[np.uint8]
    rows: int
    flags_at: int

    def matrix(self, stretch: Stretch) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """Return values and flags of a stretch, a row per column."""
        shape = (stretch.count, self.rows)
        values: NDArray[Any] = np.ndarray(shape, stretch.dtype, self.bytes, stretch.at * self.rows)
        flags: NDArray[np.bool_] = np.ndarray(
            shape, "?", self.bytes, self.flags_at + stretch.flag_at * self.rows
        )
        return values, flags


def fill(
    data: NDArray[np.uint8],
    table_plan: Plan,
    offsets: list[NDArray[np.int64]],
    order: NDArray[np.int64] | None,
) -> NDArray[np.uint8]:
    """Return a table's bytes.

    Parameters
    ----------
    data : uint8 array
        The whole file.
    table_plan : Plan
    offsets : list of int64 arrays
        Where the messages of each definition begin; the walk has made sure that each lies inside.
    order : int64 array or None
        For each row of the table, which of the messages, one definition after the other, it is; None = as they are.
    """
    if len(offsets) == 1 and len(offsets[0]) == 1 and (one := _single(table_plan)) is not None:
        return _one(one, table_plan, data, offsets[0])
    lengths = [len(places) for places in offsets]
    rows = sum(lengths)
    flags_at = rows * table_plan.value_bytes
    size = flags_at + rows * table_plan.flag_bytes
    table = _Table(
        np.zeros(size, np.uint8) if table_plan.sparse else np.empty(size, np.uint8), rows, flags_at
    )
    made = script(table_plan)
    # Definitions with few messages come first in the table, so that they are neighbours.
    turn = sorted(range(len(lengths)), key=lambda i: lengths[i] > FEW)
    firsts, at = [0] * len(lengths), 0
    small: list[tuple[Recipe, int, NDArray[Any]]] = []
    for i in turn:
        recipe = made.recipes[i]
        starts = len(data) - recipe.message.itemsize + 1
        messages: NDArray[Any] = np.ndarray((starts,), recipe.message, data, 0, (1,))[offsets[i]]
        firsts[i] = at
        if lengths[i] <= FEW:
            small.append((recipe, at, messages))
        else:
            _by_column(made, recipe, messages, table, at)
        for task in recipe.loose:
            _loose(task, recipe, messages, table, at)
        at += lengths[i]
    if small and made.stretches:
        _together(made, small, table)
    if turn != sorted(turn):
        shift = np.array(firsts) - (np.cumsum(lengths) - np.array(lengths))
        moved: NDArray[np.int64] = np.repeat(shift, lengths) + np.arange(rows)
        order = moved if order is None else moved[order]
    return table.bytes if order is None else _ordered(table, table_plan, order)


def _single(table_plan: Plan) -> Single | None:
    if table_plan.single is None:
        table_plan.single = single(table_plan) or False
    return table_plan.single if isinstance(table_plan.single, Single) else None


def _one(
    one: Single, table_plan: Plan, data: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Return the bytes of a table of one row."""
    table = fill_single(one, data, int(offsets[0]))
    if one.loose:
        recipe = script(table_plan).recipes[0]
        messages: NDArray[Any] = np.ndarray((1,), recipe.message, data, int(offsets[0]))
        for task in one.loose:
            if task.field.base == STRING:
                start = int(offsets[0]) + task.field.at
                table[task.at : task.at + task.field.count] = data[start : start + task.field.count]
                continue
            _loose(task, recipe, messages, _Table(table, 1, table_plan.value_bytes), 0)
    return table


def _together(made: Script, small: list[tuple[Recipe, int, NDArray[Any]]], table: _Table) -> None:
    """Make the columns of all definitions that have few messages."""
    packed_parts = []
    for recipe, _, messages in small:
        size = recipe.message.itemsize
        packed_parts.append(messages.view(np.uint8).reshape(-1, size).take(recipe.bytes, axis=1))
    packed = packed_parts[0] if len(packed_parts) == 1 else np.concatenate(packed_parts)
    rows = len(packed)
    made_of = []
    for stretch in made.stretches:
        strides = (stretch.raw.itemsize, made.width)
        raw: NDArray[Any] = np.ndarray((stretch.count, rows), stretch.raw, packed, stretch.start, strides)
        values, flags = table.matrix(stretch)
        if rows < table.rows:
            values, flags = values[:, :rows], flags[:, :rows]
        _convert(raw, stretch, values, flags, stretch.scale, stretch.offset)
        made_of.append((values, flags))
    for recipe, first, messages in small:
        for number, columns in recipe.missing:
            values, flags = made_of[number]
            part = slice(first, first + len(messages))
            values[columns, part] = 0
            flags[columns, part] = False


def _by_column(made: Script, recipe: Recipe, messages: NDArray[Any], table: _Table, first: int) -> None:
    """Make the columns of one definition one by one."""
    size, count = recipe.message.itemsize, len(messages)
    for stretch, places in zip(made.stretches, recipe.places, strict=True):
        values, flags = table.matrix(stretch)
        lying_dtype = stretch.raw.newbyteorder(">" if recipe.big_endian else "<")
        native = stretch.raw.newbyteorder("=")
        for i, place in places:
            lying: NDArray[Any] = np.ndarray((count,), lying_dtype, messages, place, (size,))
            scale = None if stretch.scale is None else stretch.scale[i]
            offset = None if stretch.offset is None else stretch.offset[i]
            part = slice(first, first + count)
            _convert(lying.astype(native), stretch, values[i, part], flags[i, part], scale, offset)


def _convert(
    raw: NDArray[Any],
    stretch: Stretch,
    values: NDArray[Any],
    flags: NDArray[np.bool_],
    scale: NDArray[np.float64] | None,
    offset: NDArray[np.float64] | None,
) -> None:
    """Write values and flags of raw values."""
    if scale is None:
        values[...] = raw
    else:
        np.divide(raw, scale, out=values)
        if offset is not None:
            values -= offset
    _valid(raw, stretch.invalid, flags)


def _loose(task: Task, recipe: Recipe, messages: NDArray[Any], table: _Table, first: int) -> None:
    """Make one column of an array field or of text, or one whose type differs between definitions."""
    field = task.field
    text = field.base == STRING
    code = "u1" if text else CODES[field.base]
    order = ">" if recipe.big_endian else "<"
    shape, strides = (len(messages), field.count), (recipe.message.itemsize, SIZES[field.base])
    raw: NDArray[Any] = np.ndarray(shape, order + code, messages, field.at, strides)
    dtype = {AS_FLOAT: "f8", AS_INT: "i8"}.get(task.mode, code)
    whole = (table.rows, task.width)
    part = (slice(first, first + len(messages)), slice(field.count))
    values: NDArray[Any] = np.ndarray(whole, dtype, table.bytes, task.at * table.rows)[part]
    if text:
        # Nobody looks at the flags of text.
        values[...] = raw
        return
    flags: NDArray[np.bool_] = np.ndarray(
        whole, "?", table.bytes, table.flags_at + task.flag_at * table.rows
    )[part]
    if task.mode == AS_FLOAT:
        np.divide(raw, np.float64(task.scale), out=values)
        if task.offset:
            values -= task.offset
    else:
        values[...] = raw
    if field.base == BYTE and task.width > 1:
        # Bytes of a byte array are valid together: unless every one is 0xFF.
        flags[...] = (raw != invalid(BYTE)).any(axis=1, keepdims=True)
    else:
        _valid(raw, invalid(field.base), flags)


def _valid(raw: NDArray[Any], missing: Any, flags: NDArray[np.bool_]) -> None:
    if missing is None:
        # Only "not a number" differs from itself. (np.isnan into strided flags is wrong in NumPy 2.4.6.)
        np.equal(raw, raw, out=flags)
    else:
        np.not_equal(raw, missing, out=flags)


def _ordered(table: _Table, table_plan: Plan, order: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return a table's bytes with its rows put in order."""
    out = np.empty_like(table.bytes)
    rows = table.rows
    for block in table_plan.blocks:
        for at, dtype in (
            (block.at * rows, block.dtype),
            (table.flags_at + block.flag_at * rows, np.dtype("?")),
        ):
            shape = (len(block.names), rows, block.width) if block.width > 1 else (len(block.names), rows)
            old: NDArray[Any] = np.ndarray(shape, dtype, table.bytes, at)
            new: NDArray[Any] = np.ndarray(shape, dtype, out, at)
            np.take(old, order, axis=1, out=new, mode="clip")
    return out
