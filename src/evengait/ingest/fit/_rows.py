"""Columns of hostile or odd files brought to what is expected: a definition may give any field any type."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from evengait.ingest.fit._message import Message

    Pair = tuple[NDArray[Any], NDArray[np.bool_] | None]

MOST = 2**53
"""No number of a recording is larger; floats are whole up to here."""


def whole_numbers(pair: Pair | None) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
    """Return a column as whole numbers, one a row, and its flags; None where it is text or not there.

    Of an array field the first item counts. What no int64 can hold is not valid.
    """
    if pair is None or pair[0].dtype.kind not in "uif":
        return None
    values, valid = pair
    if values.ndim > 1:
        values, valid = values[:, 0], None if valid is None else valid[:, 0]
    flags = np.ones(len(values), bool) if valid is None else valid
    if values.dtype.kind == "f" or values.dtype.itemsize == 8:
        flags = flags & (np.abs(values.astype(np.float64)) <= MOST)
        values = np.where(flags, values, 0)
    if values.dtype.kind == "f":
        values = np.rint(values)
    return values.astype(np.int64), flags


def rows(message: Message | None, names: Iterable[str], texts: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return a message's rows as dicts; for messages that come in handfuls (sessions, devices, events).

    Parameters
    ----------
    message : Message or None
        None = the file has no such message: no rows.
    names : iterable of str
        Columns of numbers: an int or float a row, None = null, not in the file, not finite or not a number.
        An array field gives its first value.
    texts : iterable of str
        Columns of text: str or None; of several texts in a field the first.
    """
    if message is None:
        return []
    out: list[dict[str, Any]] = [{"offset": offset} for offset in message.offsets.tolist()]
    names, texts = tuple(names), tuple(texts)
    columns = message.select((*names, *texts))
    for name in (*names, *texts):
        pair = columns.get(name)
        for row, value in zip(out, [None] * len(out) if pair is None else _cells(*pair), strict=True):
            row[name] = value if isinstance(value, str) == (name in texts) else None
    return out


def _cells(values: NDArray[Any], valid: NDArray[np.bool_] | None) -> list[Any]:
    if values.ndim > 1:
        values, valid = values[:, 0], None if valid is None else valid[:, 0]
    cells = [value[0] if isinstance(value, tuple) else value for value in values.tolist()]
    known = [True] * len(cells) if valid is None else valid.tolist()
    return [
        None if not ok or (isinstance(value, float) and not math.isfinite(value)) else value
        for value, ok in zip(cells, known, strict=True)
    ]
