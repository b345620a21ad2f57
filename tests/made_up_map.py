"""Made-up maps: ways drawn in metres around a corner of the world, written as a real .osm.pbf."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import osmium

from evengait.analysis.surface.lay_out import lay_out
from evengait.analysis.surface.way_kinds import WayKinds
from evengait.core.recording import Samples
from evengait.knowledge.ground_rules import ground_rules
from evengait.simulation.smooth import wander
from evengait.simulation.town import Listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from evengait.core.ground import Ways

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


def listed_ways(listed: Listed) -> Ways:
    """Return a made-up town's map as it would come out of an extract."""
    kinds = WayKinds(ground_rules())
    kind = np.array([kinds.of(tags) for tags in listed.tags], np.int16)
    return lay_out(kind, listed.node_count, listed.node, listed.lat_e7, listed.lon_e7, kinds.kinds)


def drawn_ways(ways: Iterable[Drawn]) -> Ways:
    """Return ways (tags, points in metres) as they would come out of an extract; equal points are one node."""
    ways = list(ways)
    numbers: dict[Point, int] = {}
    for _, points in ways:
        for point in points:
            numbers.setdefault(point, len(numbers))
    places = np.array([position(*point) for point in numbers])
    lat, lon = (np.rint(places[:, k] * 1e7).astype(np.int32) for k in (0, 1))
    nodes = np.array([numbers[point] for _, points in ways for point in points])
    counts = np.array([len(points) for _, points in ways])
    return listed_ways(Listed(tuple(dict(tags) for tags, _ in ways), counts, nodes, lat, lon))


def run_along(
    points: Sequence[Point], *, speed: float = 3.0, error_m: float = 0.0, seed: int = 1, distance: bool = True
) -> Samples:
    """Return the samples of a run along a line of points in metres, one a second, the watch's error slow."""
    line = np.array(points, float)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    gone = np.arange(0.0, along[-1], speed)
    rng = np.random.default_rng(seed)
    east, north = (np.interp(gone, along, line[:, k]) + error_m * wander(rng, len(gone), 25) for k in (0, 1))
    place = np.array([position(x, y) for x, y in zip(east, north, strict=True)]) * (2**31 / 180)
    columns = {
        name: (np.rint(place[:, k]).astype(np.int64), None)
        for k, name in enumerate(("lat_semicircles", "lon_semicircles"))
    }
    if distance:
        columns["distance_m_x100"] = (np.rint(gone * 100).astype(np.int64), None)
    return Samples(np.arange(len(gone), dtype=np.int64) * 1_000_000, columns)


def gpx_of(samples: Samples, start: datetime = datetime(2026, 5, 1, 6, tzinfo=UTC)) -> str:
    """Return samples as a GPX file of one run."""
    lat, lon = (samples.columns[f"{name}_semicircles"][0] * (180 / 2**31) for name in ("lat", "lon"))
    points = "".join(
        f'<trkpt lat="{a:.7f}" lon="{b:.7f}"><time>{start + timedelta(microseconds=t):%FT%TZ}</time></trkpt>'
        for a, b, t in zip(lat.tolist(), lon.tolist(), samples.timestamp_us.tolist(), strict=True)
    )
    return (
        '<gpx version="1.1" creator="made up" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type>'
        f"<trkseg>{points}</trkseg></trk></gpx>"
    )
