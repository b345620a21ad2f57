"""The ways near each step: the nearest place on each, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.analysis.surface.grid import M_PER_DEGREE, ROW_SHIFT, columns_of, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.core.ground import Ways

    Floats = NDArray[np.float32]

REACH_M = 50.0
"""A way farther off is not looked at. Pieces are at most 100 m long: none within it is filed beyond the next cell."""

MOST = 10
"""Ways looked at for one step."""

_USUAL_ERROR_M = 8.0


@dataclass(frozen=True)
class Near:
    """The nearest places on the ways near each step; arrays of shape (steps, MOST), best first.

    Attributes
    ----------
    way : int32 array
        -1 = none.
    along_m : float32 array
        How far along its way the place lies.  [m]
    off_m : float32 array
        How far the step is from there, along ``east`` and ``north``; it may be slightly negative.  [m]
    east, north : float32 array
        Unit vector from the place to the step; square to the way where the step is on it.
    """

    way: NDArray[np.int32]
    along_m: Floats
    off_m: Floats
    east: Floats
    north: Floats


def near(ways: Ways, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Near:
    """Find the ways near each position.

    Parameters
    ----------
    ways : Ways
    lat, lon : float64 arrays of shape (steps,)
        [degrees]

    Returns
    -------
    Near
    """
    step, piece = _pairs(ways, lat, lon)
    step, piece, found = _measured(ways, lat, lon, step, piece)
    way = ways.way[piece]
    # The nearest piece of each way, then the most likely ways.
    order = np.lexsort((found["distance"], way, step))
    step, way = step[order], way[order]
    first = np.ones(len(step), bool)
    first[1:] = (step[1:] != step[:-1]) | (way[1:] != way[:-1])
    best = order[first]
    step, way = step[first], way[first]
    aside = np.array([kind.aside_m for kind in ways.kinds], np.float32)[ways.kind[way]]
    score = found["distance"][best] / np.hypot(_USUAL_ERROR_M, aside)
    order = np.lexsort((score, step))
    step, way, best = step[order], way[order], best[order]
    rank = np.arange(len(step)) - np.searchsorted(step, step)
    kept = rank < MOST
    step, rank, way, best = step[kept], rank[kept], way[kept], best[kept]
    out: dict[str, Any] = {"way": np.full((len(lat), MOST), -1, np.int32)}
    out["way"][step, rank] = way
    for name in ("along_m", "off_m", "east", "north"):
        out[name] = np.zeros((len(lat), MOST), np.float32)
        out[name][step, rank] = found[name][best]
    return Near(**out)


def _pairs(
    ways: Ways, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each step with the pieces filed in its cell and the eight around it."""
    row, across = rows_of(lat), lon
    begins, ends, steps = [], [], []
    every = np.arange(len(lat))
    for up in (-1, 0, 1):
        column = columns_of(row + up, across)
        for right in (-1, 0, 1):
            key = ((row + up) << ROW_SHIFT) + column + right
            place = np.searchsorted(ways.cell, key)
            there = np.flatnonzero(
                (place < len(ways.cell)) & (ways.cell[np.minimum(place, len(ways.cell) - 1)] == key)
            )
            begins.append(ways.cell_start[place[there]])
            ends.append(ways.cell_start[place[there] + 1])
            steps.append(every[there])
    begin, counts = np.concatenate(begins), np.concatenate(ends) - np.concatenate(begins)
    step = np.repeat(np.concatenate(steps), counts)
    piece = np.arange(len(step)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(begin, counts)
    return step, piece


def _measured(
    ways: Ways,
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    step: NDArray[np.int64],
    piece: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[str, Any]]:
    """Measure from each step to its pieces, and keep what is within reach."""
    scale = np.float32(M_PER_DEGREE * 1e-7)
    ends = ways.ends[piece]
    lat_e7, lon_e7 = np.rint(lat * 1e7).astype(np.int32)[step], np.rint(lon * 1e7).astype(np.int32)[step]
    # Whole numbers first: what is far off is dropped before any arithmetic.
    slack = int((REACH_M + 1) / float(scale))
    wide = (slack / np.maximum(np.cos(np.radians(lat)), 0.01)).astype(np.int32)[step]
    close = np.minimum(ends[:, 0], ends[:, 2]) - slack <= lat_e7
    close &= np.maximum(ends[:, 0], ends[:, 2]) + slack >= lat_e7
    close &= np.minimum(ends[:, 1], ends[:, 3]) <= lon_e7.astype(np.int64) + wide
    close &= np.maximum(ends[:, 1], ends[:, 3]) >= lon_e7.astype(np.int64) - wide
    step, piece, ends, lat_e7, lon_e7 = step[close], piece[close], ends[close], lat_e7[close], lon_e7[close]
    cos = np.cos(np.radians(lat)).astype(np.float32)[step] * scale
    north_a, north_b = (ends[:, 0] - lat_e7) * scale, (ends[:, 2] - lat_e7) * scale
    east_a, east_b = (ends[:, 1] - lon_e7) * cos, (ends[:, 3] - lon_e7) * cos
    d_east, d_north = east_b - east_a, north_b - north_a
    length = np.hypot(d_east, d_north)
    least = np.maximum(length, np.float32(1e-3))
    share = np.clip(-(east_a * d_east + north_a * d_north) / least**2, 0, 1)
    # From the nearest place on the piece to the step, which is the origin.
    east, north = -(east_a + share * d_east), -(north_a + share * d_north)
    distance = np.hypot(east, north)
    kept = distance <= REACH_M
    step, piece, distance = step[kept], piece[kept], distance[kept]
    east, north, length = east[kept], north[kept], length[kept]
    square = (-(d_north[kept] / least[kept]), d_east[kept] / least[kept])
    on_it = distance < 1.0
    away = np.maximum(distance, np.float32(1e-3))
    unit_east = np.where(on_it, square[0], east / away)
    unit_north = np.where(on_it, square[1], north / away)
    return step, piece, {
        "distance": distance,
        "along_m": ways.along_m[piece] + share[kept] * length,
        "off_m": east * unit_east + north * unit_north,
        "east": unit_east,
        "north": unit_north,
    }  # fmt: skip
