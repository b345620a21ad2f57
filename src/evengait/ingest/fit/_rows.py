"""Messages that come in handfuls (sessions, devices, events): cells as plain Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.ingest.fit._message import Message


def rows(message: Message | None, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return a message's rows as dicts of the columns named; None = null or not in the file.

    Parameters
    ----------
    message : Message or None
        None = the file has no such message: no rows.
    names : iterable of str
        An array field gives its first value, several texts in one field the first of them.
    """
    if message is None:
        return []
    out: list[dict[str, Any]] = [{"offset": offset} for offset in message.offsets.tolist()]
    names = tuple(names)
    columns = message.select(names)
    for name in names:
        pair = columns.get(name)
        for row, value in zip(out, [None] * len(out) if pair is None else _cells(*pair), strict=True):
            row[name] = value
    return out


def _cells(values: Any, valid: Any) -> list[Any]:
    if values.ndim > 1:
        values, valid = values[:, 0], None if valid is None else valid[:, 0]
    cells = [value[0] if isinstance(value, tuple) else value for value in values.tolist()]
    if valid is None:
        return cells
    return [value if known else None for value, known in zip(cells, valid.tolist(), strict=True)]
