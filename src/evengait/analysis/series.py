"""Small sums over arrays that keep the unknown unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def sum_by(index: NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Add up values by their index; NaN spreads.

    Examples
    --------
    >>> sum_by(np.array([0, 2, 2]), np.array([1.0, 2.0, 3.0]), 4).tolist()
    [1.0, 0.0, 5.0, 0.0]
    """
    out: NDArray[np.float64] = np.bincount(index, values, size).astype(np.float64)
    return out


def ratio(top: NDArray[np.float64], under: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide; NaN where the divisor is not above 0.

    Examples
    --------
    >>> ratio(np.array([1.0, 1.0, np.nan]), np.array([2.0, 0.0, 1.0])).tolist()
    [0.5, nan, nan]
    """
    out: NDArray[np.float64] = np.divide(top, under, out=np.full(len(top), np.nan), where=under > 0)
    return out


def window_sum(values: NDArray[np.float64], days: int) -> NDArray[np.float64]:
    """Add up the ``days`` values ending on each; NaN where one is NaN or before the first.

    Examples
    --------
    >>> window_sum(np.array([1.0, 2.0, np.nan, 3.0, 4.0]), 2).tolist()
    [nan, 3.0, nan, nan, 7.0]
    """
    out = np.full(len(values), np.nan)
    if len(values) >= days:
        out[days - 1 :] = np.lib.stride_tricks.sliding_window_view(values, days).sum(axis=1)
    return out


def shifted(values: NDArray[np.float64], days: int) -> NDArray[np.float64]:
    """Move values ``days`` later, NaN before.

    Examples
    --------
    >>> shifted(np.array([1.0, 2.0, 3.0]), 1).tolist()
    [nan, 1.0, 2.0]
    """
    out = np.full(len(values), np.nan)
    out[days:] = values[: max(0, len(values) - days)]
    return out
