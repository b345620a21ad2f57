"""Unpack what is packed: fields made of components, accumulated counters, and subfields.

Works on whole columns after they are made, so both engines share it. The order is the format's own: subfields
of the fields as read first, then components; a component's target may itself have components.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest.fit._layout import INVALID, SIZES
from evengait.ingest.fit._profile import base_type, message_profile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from evengait.ingest.fit._profile import Component, FieldProfile, MessageProfile, Subfield

    Pair = tuple[NDArray[Any], NDArray[np.bool_] | None]
    Columns = dict[str, Pair]


@cache
def sources(message: int, name: str) -> frozenset[str]:
    """Return the columns that must be read to know a column: itself, and those it is unpacked from."""
    profile = message_profile(message)
    need, todo = set[str](), [name]
    while todo:
        wanted = todo.pop()
        if wanted in need:
            continue
        need.add(wanted)
        for field in profile.fields.values():
            if any(profile.fields[c.target].name == wanted for c in field.components):
                todo.append(field.name)
            for sub in field.subfields:
                targets = {profile.fields[c.target].name for c in sub.components}
                if sub.name == wanted or wanted in targets:
                    todo += [field.name, *(profile.fields[num].name for num, _ in sub.when)]
    return frozenset(need)


def expand(message: MessageProfile, columns: Columns, parts: NDArray[np.int64] | None) -> None:
    """Add to the columns of a message those that its fields' components and subfields give.

    Parameters
    ----------
    message : MessageProfile
    columns : dict of str to (values, valid)
        Added to in place.
    parts : int64 array or None
        First row of each chained file after the first: counters begin anew there.
    """
    packed: list[tuple[str, FieldProfile | Subfield]] = []
    for field in message.unpacks:
        if field.name in columns:
            if field.subfields:
                packed += _subfields(message, field, columns)
            if field.components:
                packed.append((field.name, field))
    done = set()
    while packed:
        name, source = packed.pop()
        done.add(name)
        for target in _components(message, name, source, columns, parts):
            field = message.fields[target]
            if field.components and field.name in columns and field.name not in done:
                packed.append((field.name, field))


def _subfields(
    message: MessageProfile, field: FieldProfile, columns: Columns
) -> list[tuple[str, FieldProfile | Subfield]]:
    """Add the columns of a field's subfields; return those that have components."""
    values, valid = columns[field.name]
    if values.dtype.kind not in "uif":
        return []
    present: dict[int, frozenset[int]] = {}
    packed: list[tuple[str, FieldProfile | Subfield]] = []
    for sub in field.subfields:
        match = None
        for num, value in sub.when:
            if num not in present:
                present[num] = _values_of(message, num, columns)
            if value in present[num]:
                seen, known = columns[message.fields[num].name]
                here = seen == value if known is None else (seen == value) & known
                match = here if match is None else match | here
        if match is None:
            continue
        if values.ndim > 1:
            match = match[:, None]
        raw = values
        if field.scale != 1 or field.offset:
            raw = np.rint((values + field.offset) * field.scale)
        flags = match if valid is None else match & valid
        if flags.shape != raw.shape:
            flags = np.broadcast_to(flags, raw.shape)
        columns[sub.name] = physical(raw, sub.scale, sub.offset), flags
        if sub.components:
            packed.append((sub.name, sub))
    return packed


def _values_of(message: MessageProfile, num: int, columns: Columns) -> frozenset[int]:
    """Return the values that a reference field takes anywhere in the file."""
    reference = message.fields.get(num)
    if reference is None or reference.name not in columns:
        return frozenset()
    seen, known = columns[reference.name]
    if seen.ndim > 1 or seen.dtype.kind not in "ui":
        return frozenset()
    return frozenset((seen if known is None else seen[known]).tolist())


def physical(raw: NDArray[Any], scale: float, offset: float) -> NDArray[Any]:
    """Return raw / scale - offset; the raw values themselves where that changes nothing."""
    if scale == 1 and not offset:
        return raw
    out: NDArray[np.float64] = np.divide(raw, scale, dtype=np.float64)
    if offset:
        out -= offset
    return out


def _components(
    message: MessageProfile,
    name: str,
    source: FieldProfile | Subfield,
    columns: Columns,
    parts: NDArray[np.int64] | None,
) -> Iterable[int]:
    """Expand one field's components; return the numbers of the fields that got values."""
    values, valid = columns[name]
    if values.dtype.kind not in ("uif" if _is_alias(message, source) else "ui"):
        return ()
    if _is_alias(message, source):
        target = source.components[0].target
        _merge(columns, message.fields[target].name, values, valid)
        return (target,)
    targets: dict[int, list[Component]] = {}
    bits = 8 * values.dtype.itemsize * (values.shape[1] if values.ndim > 1 else 1)
    for part in source.components:
        # The profile names more parts than most fields are long enough to hold.
        if part.bit + part.bits <= bits:
            targets.setdefault(part.target, []).append(part)
    for num, items in targets.items():
        target_field = message.fields[num]
        got = [extract(values, valid, part) for part in items]
        raw = np.stack([g[0] for g in got], axis=1)
        flags = np.stack([g[1] for g in got], axis=1)
        if items[0].accumulate:
            raw = _accumulated(raw, flags, columns.get(target_field.name), target_field, items[0].bits, parts)
        out = physical(raw, items[0].scale, items[0].offset)
        invalid = INVALID[base_type(target_field.type)]
        if invalid is not None:
            flags &= (out + target_field.offset) * target_field.scale != invalid
        if len(items) == 1:
            out, flags = out[:, 0], flags[:, 0]
        if flags.any():
            _merge(columns, target_field.name, out, flags)
    return targets


def _is_alias(message: MessageProfile, source: FieldProfile | Subfield) -> bool:
    """Whether the field is only another name for its one, whole, equally scaled component."""
    part = source.components[0]
    return (
        len(source.components) == 1
        and not part.accumulate
        and (part.scale, part.offset) == (source.scale, source.offset)
        and part.bits == 8 * SIZES[base_type(source.type)]
        and part.target in message.fields
    )


def extract(
    values: NDArray[Any], valid: NDArray[np.bool_] | None, part: Component
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the bits of one component that the field is long enough to hold, and in which rows they are there."""
    if values.ndim == 1:
        values = values[:, None]
        valid = None if valid is None else valid[:, None]
    width = 8 * values.dtype.itemsize
    first, last = part.bit // width, (part.bit + part.bits - 1) // width
    unsigned = values.astype(f"u{values.dtype.itemsize}", copy=False)
    out = unsigned[:, first].astype(np.uint64) >> np.uint64(part.bit - first * width)
    for i in range(first + 1, last + 1):
        out |= unsigned[:, i].astype(np.uint64) << np.uint64(i * width - part.bit)
    out &= np.uint64((1 << part.bits) - 1)
    flags = np.ones(len(values), bool)
    if valid is not None:
        flags &= valid[:, first : last + 1].all(axis=1)
    return out.astype(np.int64), flags


def accumulate(values: NDArray[np.int64], begins: NDArray[np.bool_], bits: int) -> NDArray[np.int64]:
    """Return a counter that never falls from its lowest bits, which roll over.

    Parameters
    ----------
    values : int64 array, shape (n,)
        The lowest bits; where ``begins`` is true, the whole value.
    begins : bool array, shape (n,)
        True at the first value and wherever the counter is set anew.
    bits : int

    Examples
    --------
    >>> accumulate(np.array([250, 254, 3]), np.array([True, False, False]), 8).tolist()
    [250, 254, 259]
    """
    rise = np.diff(values, prepend=0) & ((1 << bits) - 1)
    rise[begins] = 0
    total = np.cumsum(rise)
    origin = np.maximum.accumulate(np.where(begins, np.arange(len(values)), 0))
    return values[origin] + total - total[origin]


def _accumulated(
    raw: NDArray[np.int64],
    flags: NDArray[np.bool_],
    own: Pair | None,
    target: FieldProfile,
    bits: int,
    parts: NDArray[np.int64] | None,
) -> NDArray[np.int64]:
    """Accumulate row by row, component by component; a row's own whole value sets the counter anew."""
    whole, known = np.zeros(len(raw), np.int64), np.zeros(len(raw), bool)
    if own is not None and own[0].dtype.kind in "uif":
        values, valid = own
        if values.ndim > 1:
            values, valid = values[:, -1], None if valid is None else valid[:, -1]
        known = np.ones(len(raw), bool) if valid is None else valid
        whole[known] = np.rint((values[known] + target.offset) * target.scale).astype(np.int64)
    sequence = np.column_stack([whole, raw])
    used = np.column_stack([known, flags])
    begins = np.zeros(sequence.shape, bool)
    begins[:, 0] = known
    for row in [0] if parts is None else [0, *parts.tolist()]:
        if row < len(raw):
            begins.ravel()[row * sequence.shape[1] :][
                np.flatnonzero(used.ravel()[row * sequence.shape[1] :])[:1]
            ] = True
    out = sequence.copy()
    out[used] = accumulate(sequence[used], begins[used], bits)
    return out[:, 1:]


def _merge(columns: Columns, name: str, values: NDArray[Any], valid: NDArray[np.bool_] | None) -> None:
    """Add a column; where it is there already, its own values stay where the new one has none."""
    if name not in columns:
        columns[name] = values, valid
        return
    if valid is None:
        columns[name] = values, None
        return
    own, known = columns[name]
    width = max(own.shape[1] if own.ndim > 1 else 1, values.shape[1] if values.ndim > 1 else 1)
    own, known = _widen(own, known, width)
    new, flags = _widen(values, valid, width)
    taken = flags.any(axis=1, keepdims=True)
    merged, merged_flags = np.where(taken, new, own), np.where(taken, flags, known)
    columns[name] = (merged[:, 0], merged_flags[:, 0]) if width == 1 else (merged, merged_flags)


def _widen(
    values: NDArray[Any], valid: NDArray[np.bool_] | None, width: int
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    flags = np.ones(values.shape, bool) if valid is None else valid
    if values.ndim == 1:
        values, flags = values[:, None], flags[:, None]
    more = ((0, 0), (0, width - values.shape[1]))
    return np.pad(values, more), np.pad(flags, more)
