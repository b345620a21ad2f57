"""Ways as a map lists them into arrays that a run can be matched to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.analysis.surface.grid import M_PER_DEGREE, cells_of
from evengait.core.ground import WayKind, Ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PIECE_M = 100.0
"""Longer pieces are cut: so no point of one is more than 50 m from its middle, by which it is filed."""

MOST_AT_A_NODE = 12
"""Ways at one node that are joined to one another; beyond it lies a mistake of the map."""

_NOWHERE = np.int32(2**31 - 1)


def lay_out(
    kind: NDArray[np.int16],
    node_count: NDArray[np.int64],
    node: NDArray[np.int64],
    lat_e7: NDArray[np.int32],
    lon_e7: NDArray[np.int32],
    kinds: Sequence[WayKind],
) -> Ways:
    """Lay ways out: cut into pieces, sorted by cell, with the places where they meet.

    Parameters
    ----------
    kind : int16 array of shape (ways,)
        Index into ``kinds``.
    node_count : int64 array of shape (ways,)
        How many nodes each way lists.
    node : int64 array of shape (sum of node_count,)
        The nodes of all ways, one way after the other, as indices into ``lat_e7``.
    lat_e7, lon_e7 : int32 arrays of shape (nodes,)
        2**31 - 1 where the extract does not hold a node: the way has a hole there.  [1e-7 degrees]
    kinds : sequence of WayKind

    Returns
    -------
    Ways
    """
    way_of = np.repeat(np.arange(len(kind), dtype=np.int32), node_count)
    lat, lon = lat_e7[node], lon_e7[node]
    here = lat != _NOWHERE
    linked = (way_of[1:] == way_of[:-1]) & here[1:] & here[:-1]
    first = np.flatnonzero(linked)
    metres = np.zeros(len(node))
    metres[first + 1] = distances(lat[first], lon[first], lat[first + 1], lon[first + 1])
    along = np.cumsum(metres)
    starts = np.cumsum(node_count) - node_count
    along -= np.repeat(along[starts] if len(starts) else along[:0], node_count)
    ends = starts + node_count - 1
    length = along[ends].astype(np.float32) if len(ends) else np.zeros(0, np.float32)
    pieces = _pieces(first, metres[first + 1], along, lat, lon, way_of)
    joins = _joins(node[here], way_of[here], along[here], len(kind))
    return Ways(
        **pieces,
        kind=kind,
        length_m=length,
        join_key=joins[0],
        join_from_m=joins[1],
        join_to_m=joins[2],
        kinds=tuple(kinds),
    )


def distances(
    lat_a: NDArray[np.int32], lon_a: NDArray[np.int32], lat_b: NDArray[np.int32], lon_b: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return metres between neighbouring positions given in 1e-7 degrees."""
    a, b = lat_a * 1e-7, lat_b * 1e-7
    up = b - a
    across = (lon_b.astype(np.int64) - lon_a) * 1e-7 * np.cos(np.radians((a + b) / 2))
    out: NDArray[np.float64] = np.hypot(up, across) * M_PER_DEGREE
    return out


def _pieces(
    first: NDArray[np.int64],
    metres: NDArray[np.float64],
    along: NDArray[np.float64],
    lat: NDArray[np.int32],
    lon: NDArray[np.int32],
    way_of: NDArray[np.int32],
) -> dict[str, NDArray[Any]]:
    parts = np.maximum(np.ceil(metres / PIECE_M), 1).astype(np.int64)
    owner = np.repeat(np.arange(len(first)), parts)
    part = np.arange(len(owner)) - np.repeat(np.cumsum(parts) - parts, parts)
    low, high = part / parts[owner], (part + 1) / parts[owner]
    a, b = first[owner], first[owner] + 1
    lat_a, lon_a = lat[a].astype(np.float64), lon[a].astype(np.float64)
    d_lat, d_lon = lat[b] - lat_a, lon[b] - lon_a
    ends = np.empty((len(owner), 4), np.int32)
    for column, (start, step, share) in enumerate(
        ((lat_a, d_lat, low), (lon_a, d_lon, low), (lat_a, d_lat, high), (lon_a, d_lon, high))
    ):
        ends[:, column] = np.rint(start + step * share)
    middle = (low + high) / 2
    cells = cells_of((lat_a + d_lat * middle) * 1e-7, (lon_a + d_lon * middle) * 1e-7)
    order = np.argsort(cells, kind="stable")
    cell, where = np.unique(cells[order], return_index=True)
    begins = (along[a] + metres[owner] * low).astype(np.float32)
    cell_start = np.append(where, len(owner)).astype(np.int64)
    return {
        "ends": ends[order],
        "way": way_of[a][order],
        "along_m": begins[order],
        "cell": cell,
        "cell_start": cell_start,
    }


def _joins(
    node: NDArray[np.int64], way: NDArray[np.int32], along: NDArray[np.float64], ways: int
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Pair the ways that share a node, both ways round."""
    counts = np.bincount(node) if len(node) else np.zeros(0, np.int64)
    shared = np.flatnonzero(counts[node] > 1) if len(node) else np.zeros(0, np.int64)
    order = shared[np.argsort(node[shared], kind="stable")]
    node, way, along = node[order], way[order], along[order]
    keys, here, there = [], [], []
    for step in range(1, MOST_AT_A_NODE):
        same = np.flatnonzero((node[step:] == node[:-step]) & (way[step:] != way[:-step]))
        if not len(same) and step > 1 and not (node[step:] == node[:-step]).any():
            break
        for one, other in ((same, same + step), (same + step, same)):
            keys.append(way[one].astype(np.int64) * ways + way[other])
            here.append(along[one].astype(np.float32))
            there.append(along[other].astype(np.float32))
    if not keys:
        return np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32)
    key = np.concatenate(keys)
    rank = np.argsort(key, kind="stable")
    return key[rank], np.concatenate(here)[rank], np.concatenate(there)[rank]
