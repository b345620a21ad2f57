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
    raw = np.ascontiguousarray(chars).view(f"S{chars.shape[1]}").ravel().tolist()
    seen: dict[bytes, Any] = {item: _text(item) for item in set(raw)}
    values = np.empty(len(raw), object)
    values[:] = [seen[item] for item in raw]
    if None not in seen.values():
        return values, None
    return values, np.array([seen[item] is not None for item in raw])


def _text(raw: bytes) -> str | tuple[str, ...] | None:
    text = raw.decode("utf-8", errors="ignore").rstrip("\0")
    if not text:
        return None
    return tuple(text.split("\0")) if "\0" in text else text
