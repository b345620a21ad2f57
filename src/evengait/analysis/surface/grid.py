"""A grid of cells about 111 m wide and high, anywhere on earth: where pieces of ways are filed, and found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

M_PER_DEGREE = 6_371_008.8 * np.pi / 180
"""Metres in a degree of latitude, on a ball of the earth's mean radius."""

CELL_DEG = 0.001
ROW_SHIFT = 20
"""A cell's key is its row times 2**20 plus its column: a row has at most 360,000."""

_LEAST_COS = 0.01


def rows_of(lat: NDArray[Any]) -> NDArray[np.int64]:
    """Return the row of each latitude, given in degrees."""
    out: NDArray[np.int64] = np.floor((lat + 90.0) / CELL_DEG).astype(np.int64)
    return out


def columns_of(row: NDArray[np.int64], lon: NDArray[Any]) -> NDArray[np.int64]:
    """Return the column of each longitude within its row; cells keep their width towards the poles.

    Examples
    --------
    >>> columns_of(rows_of(np.array([0.0, 60.0])), np.array([0.0, 0.0])).tolist()
    [179999, 89998]
    """
    cos = np.maximum(np.cos(np.radians((row + 0.5) * CELL_DEG - 90.0)), _LEAST_COS)
    out: NDArray[np.int64] = np.floor((lon + 180.0) * cos / CELL_DEG).astype(np.int64)
    return out


def cells_of(lat: NDArray[Any], lon: NDArray[Any]) -> NDArray[np.int64]:
    """Return the cell of each position, given in degrees."""
    row = rows_of(lat)
    return (row << ROW_SHIFT) + columns_of(row, lon)
