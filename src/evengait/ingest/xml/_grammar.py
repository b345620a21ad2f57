"""What a format's elements mean, as data: the strict parser and the compiled kernel read the same tables.

A grammar is a handful of places. A place says which elements may stand in it and what they are: another place, or a
leaf whose text is a number, an instant or words. Elements are known by their local name: a prefix is the writer's
own choice, and some writers declare none.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = (
    "time", "offset", "lat", "lon", "altitude", "distance", "speed", "heart_rate", "cadence", "run_cadence", "power",
    "temperature", "contact_time", "balance", "vertical_oscillation", "step_length",
)  # fmt: skip
"""Numbers of one point, in this order; ``time`` fills ``offset`` too."""

PLACE = {name: i for i, name in enumerate(COLUMNS)}


class Kind(IntEnum):
    """What a leaf's text is."""

    NUMBER = 1
    TIME = 2
    TEXT = 3


@dataclass(frozen=True)
class Leaf:
    """An element or attribute with a value: of a column of the point it stands in, or a mark beside the points.

    Attributes
    ----------
    kind : Kind
    column : str or None
        One of ``COLUMNS``.
    mark : int
        A number of the format's own choice, where ``column`` is None.
    """

    kind: Kind
    column: str | None = None
    mark: int = -1

    @cached_property
    def target(self) -> int:
        """The column's place, or -1 - the mark."""
        return -1 - self.mark if self.column is None else PLACE[self.column]


@dataclass(frozen=True)
class Place:
    """An element that holds others.

    Attributes
    ----------
    children : mapping of local name to Leaf or the name of a place
    attributes : mapping of full name to Leaf
    is_point : bool
        Each such element is one row.
    mark : int
        Set down where the element begins; -1 = none.
    open : bool
        Unknown elements are looked through; otherwise what is in them is nobody's business.
    """

    children: Mapping[str, Leaf | str] = field(default_factory=dict)
    attributes: Mapping[str, Leaf] = field(default_factory=dict)
    is_point: bool = False
    mark: int = -1
    open: bool = False


def number(column: str) -> Leaf:
    """Return a leaf for a column of the points."""
    return Leaf(Kind.NUMBER, column)


TIME = Leaf(Kind.TIME, "time")

_SPOKEN = {
    "heart_rate": ("hr", "heartrate", "heart rate", "bpm"),
    "cadence": ("cad", "cadence"),
    "run_cadence": ("run cadence",),
    "temperature": ("atemp", "temp", "temperature"),
    "speed": ("speed",),
    "distance": ("distance",),
    "altitude": ("altitude",),
    "power": ("power", "watts", "power in watts"),
    "contact_time": ("ground contact time", "contact time", "stance time"),
    "balance": ("ground contact balance", "ground contact time balance", "stance time balance"),
    "vertical_oscillation": ("vertical oscillation",),
    "step_length": ("step length", "stride length"),
}
"""Column to what extensions call it: Garmin's TrackPointExtension 1 and 2, ActivityExtension 1 and 2, PowerExtension,
Strava's and Apple's power, Cluetrust's gpxdata, and what exporters of running dynamics write, whose "stride length"
is one step's. Garmin's AccelerationExtension and what else they hold has no home here."""


def _spellings(words: str) -> set[str]:
    """Return the ways in which programs write words as one.

    Examples
    --------
    >>> sorted(_spellings("run cadence"))
    ['RunCadence', 'runCadence', 'run_cadence', 'runcadence']
    """
    parts = words.split()
    camel = "".join(part.capitalize() for part in parts)
    return {"_".join(parts), "".join(parts), camel, parts[0] + camel[len(parts[0]) :]}


EXTRAS = Place(
    {
        spelling: number(column)
        for column, spoken in _SPOKEN.items()
        for words in spoken
        for spelling in sorted(_spellings(words))
    },
    open=True,
)
"""Extensions of a point. Depth and wrappers differ, so unknown elements are looked through."""

SKIP = 0
"""The state in which nothing is looked at."""


class Grammar:
    """Places by name, ``document`` being the outermost, numbered for the parsers.

    Attributes
    ----------
    edges : list of dict
        State to local name to state; state 0 skips.
    unknown : list of int
        State to the state of elements not named.
    leaf : list of Leaf or None
        What a state's text is.
    places : list of Place or None
    """

    def __init__(self, places: Mapping[str, Place]) -> None:
        numbers = {name: i + 1 for i, name in enumerate(places)}
        self.edges: list[dict[str, int]] = [{} for _ in range(len(places) + 1)]
        self.unknown: list[int] = [SKIP, *(numbers[name] if p.open else SKIP for name, p in places.items())]
        self.leaf: list[Leaf | None] = [None] * (len(places) + 1)
        self.places: list[Place | None] = [None, *places.values()]
        leaves: dict[Leaf, int] = {}
        for name, place in places.items():
            for child, meant in place.children.items():
                if isinstance(meant, str):
                    self.edges[numbers[name]][child] = numbers[meant]
                    continue
                if meant not in leaves:
                    leaves[meant] = len(self.leaf)
                    self.leaf.append(meant)
                    self.places.append(None)
                    self.edges.append({})
                    self.unknown.append(SKIP)
                self.edges[numbers[name]][child] = leaves[meant]
        self.start = numbers["document"]

    @cached_property
    def packed(self) -> bytes:
        """The tables for the kernel: counts, states, edges, attributes, names; the machine's own words of 32 bits."""
        names = bytearray()
        states, edges, attributes = bytearray(), bytearray(), bytearray()
        edge_at = attribute_at = 0
        for state, place in enumerate(self.places):
            children = self.edges[state]
            own = place.attributes if place else {}
            leaf = self.leaf[state]
            states += struct.pack(
                "=9i",
                edge_at,
                len(children),
                attribute_at,
                len(own),
                self.unknown[state],
                leaf.kind if leaf else 0,
                leaf.target if leaf else 0,
                place.mark if place else -1,
                bool(place and place.is_point),
            )
            for name, target in children.items():
                edges += struct.pack("=3i", len(names), len(name), target)
                names += name.encode()
            for name, meant in own.items():
                attributes += struct.pack("=4i", len(names), len(name), meant.kind, meant.target)
                names += name.encode()
            edge_at += len(children)
            attribute_at += len(own)
        head = struct.pack("=5i", len(self.places), edge_at, attribute_at, self.start, len(COLUMNS))
        return bytes(head + states + edges + attributes + names)
