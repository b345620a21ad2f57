"""An extract of OpenStreetMap (``.osm.pbf``) into runnable ways.

The file is read twice. First the ways that are run on: their kind and the ids of their nodes. Then the nodes, of which
only those are kept. So memory is bounded by the runnable ways, whatever else the extract holds. The usual stores of
node locations are not: one keeps every node, and a set of ids as bits takes 1.5 GB as soon as ids are spread.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.surface.lay_out import lay_out
from evengait.core.errors import IngestError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from evengait.analysis.surface.way_kinds import WayKinds
    from evengait.core.ground import Ways

_NOWHERE = 2**31 - 1
_TELL_EVERY = 1 << 16


def read_extract(file: Path, kinds: WayKinds, on_progress: Callable[[str, int], None] | None = None) -> Ways:
    """Read the runnable ways of an extract.

    Parameters
    ----------
    file : Path
        A ``.osm.pbf`` whose nodes are sorted by id, as all public extracts are.
    kinds : WayKinds
        Tells what is run on, and the ground of it.
    on_progress : callable, optional
        Called now and then with ``ways`` or ``nodes`` and how many were kept so far.

    Returns
    -------
    Ways

    Raises
    ------
    IngestError
        Not an extract, cut short, or not sorted by id.
    """
    tell = on_progress or (lambda _what, _count: None)
    try:
        kind, counts, refs = _read_ways(file, kinds, tell)
        ids, node = np.unique(refs, return_inverse=True)
        del refs
        lat, lon = _read_nodes(file, ids, tell)
    except (RuntimeError, ValueError) as error:
        raise IngestError(
            kept(
                "The map is not a whole .osm.pbf file. Download it again, and check that it is not cut short."
            ),
            format="osm.pbf",
        ) from error
    return lay_out(kind, counts, node, lat, lon, kinds.kinds)


def data_date(file: Path) -> str | None:
    """Return the instant that an extract says its data is of, as ISO text; None where it does not say."""
    import osmium

    said = osmium.FileProcessor(str(file)).header.get("osmosis_replication_timestamp")
    return said or None


def _read_ways(
    file: Path, kinds: WayKinds, tell: Callable[[str, int], None]
) -> tuple[NDArray[np.int16], NDArray[np.int64], NDArray[np.int64]]:
    import osmium

    run_on = osmium.filter.TagFilter(*kinds.run_on)
    kind, counts, refs = array("h"), array("q"), array("q")
    for way in osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(run_on):
        assert isinstance(way, osmium.osm.Way)  # noqa: S101  only ways are read, said for the type checker
        number = kinds.of(dict(way.tags))
        nodes = [node.ref for node in way.nodes]
        if number is None or len(nodes) < 2:
            continue
        kind.append(number)
        counts.append(len(nodes))
        refs.extend(nodes)
        if len(kind) % _TELL_EVERY == 0:
            tell("ways", len(kind))
    tell("ways", len(kind))
    return (
        np.frombuffer(kind, np.int16) if kind else np.zeros(0, np.int16),
        np.frombuffer(counts, np.int64) if counts else np.zeros(0, np.int64),
        np.frombuffer(refs, np.int64) if refs else np.zeros(0, np.int64),
    )


def _read_nodes(
    file: Path, ids: NDArray[np.int64], tell: Callable[[str, int], None]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the positions of some nodes; both lists are sorted, so one walk along both is enough."""
    import osmium

    lat, lon = np.full(len(ids), _NOWHERE, np.int32), np.full(len(ids), _NOWHERE, np.int32)
    wanted = iter(ids.tolist())
    wants, found, last = next(wanted, None), 0, -(2**63)
    for node in osmium.FileProcessor(str(file), osmium.osm.NODE):
        this = node.id
        if this < last:
            raise IngestError(
                kept(
                    "The map is not sorted by id, as public extracts are. Sort it first, with "
                    "osmium's `sort` for example."
                ),
                format="osm.pbf",
            )
        last = this
        while wants is not None and wants < this:
            wants, found = next(wanted, None), found + 1
        if wants is None:
            break
        if wants == this:
            assert isinstance(node, osmium.osm.Node)  # noqa: S101  only nodes are read, said for the type checker
            place = node.location
            if place.valid():
                lat[found], lon[found] = place.y, place.x
            if found % _TELL_EVERY == 0:
                tell("nodes", found)
    tell("nodes", len(ids))
    return lat, lon
