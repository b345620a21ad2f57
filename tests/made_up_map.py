"""Made-up maps: ways drawn in metres around a corner of the world, written as a real .osm.pbf."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import osmium

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Point = tuple[float, float]
    Drawn = tuple[Mapping[str, str], Sequence[Point]]

LAT, LON = 44.2, -72.5
"""Where the made-up corner lies."""

M_PER_DEGREE = 6_371_008.8 * math.pi / 180


def position(x: float, y: float) -> Point:
    """Return latitude and longitude of a point given in metres east and north of the corner."""
    lat = LAT + y / M_PER_DEGREE
    return lat, LON + x / (M_PER_DEGREE * math.cos(math.radians(LAT)))


def write_map(
    file: Path, ways: Iterable[Drawn], *, clutter: int = 0, missing: Iterable[Point] = (), stamp: str = ""
) -> Path:
    """Write ways (tags, points in metres); points that are equal are one node.

    Parameters
    ----------
    clutter : int
        How many buildings and trees to put in besides: nobody runs on them.
    missing : iterable of points
        Nodes that ways list but the file does not hold, as at the edge of an extract.
    """
    file.unlink(missing_ok=True)
    ways = list(ways)
    numbers: dict[Point, int] = {}
    for _, points in ways:
        for point in points:
            numbers.setdefault(point, 5_000_000_000 + 97 * len(numbers))
    header = osmium.io.Header()
    if stamp:
        header.set("osmosis_replication_timestamp", stamp)
    writer = osmium.SimpleWriter(str(file), header=header)
    left_out = set(missing)
    for number in range(1, clutter * 5 + 1):
        lat, lon = position(number % 1000, number // 1000)
        tags = {"natural": "tree"} if number % 5 == 0 else {}
        writer.add_node(
            osmium.osm.mutable.Node(id=number * 31, version=1, location=(lon, lat)[:2], tags=tags)
        )
    for point, number in numbers.items():
        if point not in left_out:
            lat, lon = position(*point)
            writer.add_node(osmium.osm.mutable.Node(id=number, version=1, location=(lon, lat)))
    for number, (tags, points) in enumerate(ways, 1):
        nodes = [numbers[point] for point in points]
        writer.add_way(osmium.osm.mutable.Way(id=number, version=1, nodes=nodes, tags=dict(tags)))
    for number in range(clutter):
        corners = [(number * 5 + k) * 31 for k in (1, 2, 3, 4, 1)]
        writer.add_way(
            osmium.osm.mutable.Way(id=1_000_000 + number, version=1, nodes=corners, tags={"building": "yes"})
        )
    writer.close()
    return file
