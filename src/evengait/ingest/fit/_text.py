"""Text fields: UTF-8, ended by NUL; several strings may share a field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def texts(chars: NDArray[np.uint8]) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Return a text column from its bytes.

    Parameters
    ----------
    chars : uint8 array, shape (n, k)

    Returns
    -------
    (values, valid)
        ``values`` an object array, shape (n,): str, a tuple of str where a field holds several, None where it
        is empty. Bytes that are not UTF-8 are left out. ``valid`` a bool array or None = all valid.
    """
    rows, width = chars.shape
    every = chars.tobytes()
    raw = [every[at : at + width].rstrip(b"\0") for at in range(0, rows * width, width)]
    cells = [_text(raw[0])] if rows == 1 else _cells(raw)
    values = np.empty(rows, object)
    for row, cell in enumerate(cells):
        values[row] = cell
    return values, np.array([cell is not None for cell in cells]) if None in cells else None


def _cells(raw: list[bytes]) -> list[str | tuple[str, ...] | None]:
    """Decode each different text once."""
    seen = {item: _text(item) for item in set(raw)}
    return [seen[item] for item in raw]


def _text(raw: bytes) -> str | tuple[str, ...] | None:
    if not raw:
        return None
    # What is not UTF-8 goes first: behind the end there may be leftovers of something longer.
    text = raw.decode("utf-8", errors="ignore").rstrip("\0")
    if not text:
        return None
    return tuple(text.split("\0")) if "\0" in text else text
