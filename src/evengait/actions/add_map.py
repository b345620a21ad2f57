"""Take an extract of OpenStreetMap in, as a map that runs can be matched to."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.storage.maps.shelf import MapInfo, Shelf, check_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evengait.core.ground import Ways

_BLOCK = 1 << 20


@dataclass(frozen=True)
class AddedMap:
    """A map, and whether it is new."""

    info: MapInfo
    new: bool


def add_map(
    home: Path,
    extract: Path,
    *,
    name: str | None = None,
    on_progress: Callable[[str, int], None] | None = None,
) -> AddedMap:
    """Take an extract in; one that is known already stays as it is.

    Parameters
    ----------
    home : Path
        The folder that keeps everything.
    extract : Path
        A ``.osm.pbf`` file.
    name : str, optional
        What to call the map; None = the file's name without its endings. A map of that name is replaced.
    on_progress : callable, optional
        Called now and then with ``ways`` or ``nodes`` and how many were kept so far.

    Returns
    -------
    AddedMap

    Raises
    ------
    UsageError
        There is no such file, the name does not do, or nothing in the extract is run on.
    IngestError
        It cannot be read.
    """
    if not extract.is_file():
        raise UsageError(say("There is no file at {extract}. Check the path.", extract=extract))
    name = name or _name_of(extract)
    check_name(name)
    from evengait.knowledge.ground_rules import ground_rules

    shelf, rules, digest = Shelf(home), ground_rules(), _digest(extract)
    for info in shelf.infos():
        if (info.sha256, info.rules, info.layout) == (
            digest,
            rules.version,
            MapInfo.layout,
        ) and info.name == name:
            return AddedMap(info, new=False)
    from evengait.analysis.surface.way_kinds import WayKinds
    from evengait.ingest.osm.extract import data_date, read_extract

    ways = read_extract(extract, WayKinds(rules), on_progress)
    if not len(ways.way):
        raise UsageError(
            say(
                "Nothing in {name} is run on. Choose an extract of the region where you run.",
                name=extract.name,
            )
        )
    size = extract.stat().st_size
    info = MapInfo(
        name, digest, size, data_date(extract), rules.version, len(ways), len(ways.way), _box(ways)
    )
    shelf.put(info, ways)
    return AddedMap(info, new=True)


def _name_of(extract: Path) -> str:
    stem = re.sub(r"(\.osm)?(\.pbf)?$", "", extract.name, flags=re.IGNORECASE)
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")[:64] or "map"


def _digest(extract: Path) -> str:
    found = hashlib.sha256()
    with extract.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _box(ways: Ways) -> tuple[float, float, float, float]:
    low, high = ways.ends.min(axis=0) * 1e-7, ways.ends.max(axis=0) * 1e-7
    south, west = min(low[0], low[2]), min(low[1], low[3])
    north, east = max(high[0], high[2]), max(high[1], high[3])
    return float(south), float(west), float(north), float(east)
