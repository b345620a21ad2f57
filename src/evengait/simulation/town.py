"""A made-up town with its parks, fields and woods: ways whose true ground is known, and what a map says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SPACING_M = 170.0
COLUMNS, ROWS = 24, 16
_STREETS, _FIELDS = 9, 15
"""Columns of the grid up to which streets reach, then parks and fields; woods beyond."""

GROUND_OF = {
    "secondary": (1.0, 0.0, 0.0),
    "residential": (0.98, 0.02, 0.0),
    "unclassified": (0.60, 0.34, 0.06),
    "cycleway": (0.84, 0.07, 0.09),
    "footway": (0.62, 0.33, 0.05),
    "path": (0.09, 0.19, 0.72),
    "track": (0.02, 0.51, 0.47),
    "grade1": (0.93, 0.07, 0.0),
    "grade2": (0.03, 0.96, 0.01),
    "grade3": (0.0, 0.74, 0.26),
    "grade4": (0.0, 0.06, 0.94),
    "grade5": (0.0, 0.05, 0.95),
}
"""How much of each kind of way is paved, gravel and trail. Counted in seven real extracts, where a surface is given:
`python benchmarks/surface_study.py --extracts DIR`."""

_SURFACES = {
    "paved": ("asphalt", "asphalt", "paving_stones", "concrete", "paved"),
    "gravel": ("gravel", "fine_gravel", "compacted"),
    "trail": ("ground", "dirt", "grass", "earth"),
}
_GROUNDS = tuple(_SURFACES)
_GRADES = ("grade1", "grade2", "grade3", "grade4", "grade5")
_GRADE_SHARES = (0.19, 0.2, 0.31, 0.15, 0.15)


CORNER = (44.2, -72.5)
"""Where the south-west corner of a made-up town lies.  [degrees]"""

_M_PER_DEGREE = 6_371_008.8 * np.pi / 180


def degrees(points: Floats, corner: tuple[float, float] = CORNER) -> tuple[Floats, Floats]:
    """Return latitude and longitude of points given in metres east and north of a corner.

    Examples
    --------
    >>> lat, lon = degrees(np.array([[0.0, 111_195.0]]), (0.0, 10.0))
    >>> round(float(lat[0]), 3), float(lon[0])
    (1.0, 10.0)
    """
    lat = corner[0] + points[:, 1] / _M_PER_DEGREE
    return lat, corner[1] + points[:, 0] / (_M_PER_DEGREE * np.cos(np.radians(corner[0])))


@dataclass(frozen=True)
class Way:
    """One way between two crossings.

    Attributes
    ----------
    ends : (node, node)
    points : float64 array of shape (n, 2)
        East and north, from the first end to the second.  [m]
    ground : str
        As it is: ``paved``, ``gravel``, ``trail`` or ``other``.
    tags : dict of str to str, or None
        What the map says; None = the map does not have it.
    side_m : float
        How far from the middle people run.  [m]
    liked : float
        How readily it is taken, against others at the same crossing.
    oval : bool
        Half a running track: once on it, one goes round.
    """

    ends: tuple[int, int]
    points: Floats
    ground: str
    tags: dict[str, str] | None
    side_m: float
    liked: float = 1.0
    oval: bool = False


@dataclass(frozen=True)
class Listed:
    """Ways as an extract lists them.

    Attributes
    ----------
    tags : tuple of dict of str to str
        One for each way.
    node_count, node : int64 arrays
        How many nodes each way has, and which, one way after the other.
    lat_e7, lon_e7 : int32 arrays
        Of each node.  [1e-7 degrees]
    """

    tags: tuple[dict[str, str], ...]
    node_count: NDArray[np.int64]
    node: NDArray[np.int64]
    lat_e7: NDArray[np.int32]
    lon_e7: NDArray[np.int32]


@dataclass
class Town:
    """Ways, and which of them meet at each crossing."""

    ways: list[Way] = field(default_factory=list)
    at: dict[int, list[int]] = field(default_factory=dict)
    corner: tuple[float, float] = CORNER

    def add(self, way: Way) -> None:
        """Add a way."""
        for end in way.ends:
            self.at.setdefault(end, []).append(len(self.ways))
        self.ways.append(way)

    def mapped(self) -> Listed:
        """Return what the map has of it, as an extract lists it."""
        ways = [way for way in self.ways if way.tags is not None]
        places: list[Floats] = []
        number: dict[object, int] = {}
        nodes = []
        for one, way in enumerate(ways):
            last = len(way.points) - 1
            for i, point in enumerate(way.points):
                key = way.ends[0] if i == 0 else way.ends[1] if i == last else (one, i)
                if key not in number:
                    number[key] = len(places)
                    places.append(point)
                nodes.append(number[key])
        lat, lon = degrees(np.array(places), self.corner)
        return Listed(
            tuple(way.tags or {} for way in ways),
            np.array([len(way.points) for way in ways]),
            np.array(nodes),
            np.rint(lat * 1e7).astype(np.int32),
            np.rint(lon * 1e7).astype(np.int32),
        )


@dataclass(frozen=True)
class TownSettings:
    """What a map of the town leaves out or has wrong.

    Attributes
    ----------
    untagged : float
        Share of ways without a surface tag.
    wrong : float
        Share of surface tags that are not true.
    unmapped : float
        Share of paths in the woods that the map does not have.
    beside : float
        Share of roads out of town with a trail beside them.
    gap_m : (float, float)
        How far beside, least and most.  [m]
    """

    untagged: float = 0.4
    wrong: float = 0.04
    unmapped: float = 0.1
    beside: float = 0.35
    gap_m: tuple[float, float] = (12.0, 30.0)


def make_town(seed: int, settings: TownSettings | None = None) -> Town:
    """Make up a town of about four by three kilometres.

    Parameters
    ----------
    seed : int
    settings : TownSettings, optional

    Examples
    --------
    >>> town = make_town(1)
    >>> len(town.ways) > 500, {way.ground for way in town.ways} == {"paved", "gravel", "trail", "other"}
    (True, True)
    """
    rng = np.random.default_rng([seed, 71])
    builder = _Builder(rng, settings or TownSettings())
    return builder.build()


class _Builder:
    def __init__(self, rng: np.random.Generator, settings: TownSettings) -> None:
        self.rng, self.settings, self.town = rng, settings, Town()
        place = np.stack(np.meshgrid(np.arange(COLUMNS), np.arange(ROWS)), axis=-1).reshape(-1, 2)
        loose = np.where(place[:, :1] < _STREETS, 12.0, 45.0)
        self.nodes: list[Floats] = list(place * SPACING_M + rng.uniform(-1, 1, place.shape) * loose)
        self.column = place[:, 0].tolist()

    def build(self) -> Town:
        for number in range(COLUMNS * ROWS):
            column, row = number % COLUMNS, number // COLUMNS
            if column + 1 < COLUMNS:
                self._link(number, number + 1, major=row in (5, 10))
            if row + 1 < ROWS:
                self._link(number, number + COLUMNS, major=column == _STREETS - 1)
        self._oval()
        return self.town

    def _link(self, one: int, other: int, *, major: bool) -> None:
        column = max(self.column[one], self.column[other])
        if not major and self.rng.random() < 0.12:
            return
        if major:
            kind = "secondary" if column <= _STREETS else "unclassified"
        elif column <= _STREETS:
            kind = self._one_of(("residential", "footway", "cycleway"), (0.86, 0.1, 0.04))
        elif column <= _FIELDS:
            kind = self._one_of(
                ("track", "footway", "cycleway", "unclassified", "path"), (0.35, 0.25, 0.12, 0.13, 0.15)
            )
        else:
            kind = self._one_of(("path", "track"), (0.7, 0.3))
        bend = {"secondary": 2.0, "residential": 2.0, "cycleway": 4.0, "unclassified": 6.0}.get(kind, 10.0)
        points = self._curve(self.nodes[one], self.nodes[other], bend)
        unmapped = kind == "path" and column > _FIELDS and self.rng.random() < self.settings.unmapped
        ground, tags = self._said(kind)
        side = {"secondary": 5.0, "residential": 3.5, "unclassified": 3.0}.get(kind, 0.8)
        self.town.add(Way((one, other), points, ground, None if unmapped else tags, side))
        if kind == "secondary" and self.rng.random() < 0.7:
            self._beside(one, other, points, 8.0, "paved", {"highway": "footway", "footway": "sidewalk"})
        elif kind in ("unclassified", "cycleway") and self.rng.random() < self.settings.beside:
            gap = float(self.rng.uniform(*self.settings.gap_m)) * self.rng.choice((-1, 1))
            self._beside(one, other, points, gap, *self._said("path"))

    def _beside(
        self, one: int, other: int, points: Floats, gap: float, ground: str, tags: dict[str, str]
    ) -> None:
        """Add a path beside a road, joined to it at both ends."""
        along = np.gradient(points, axis=0)
        square = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.hypot(*along.T)[:, None]
        line = points + gap * square
        line[0], line[-1] = points[0], points[-1]
        if tags.get("footway") == "sidewalk" and self.rng.random() < 1 - self.settings.untagged:
            tags = tags | {"surface": "asphalt"}
        self.town.add(Way((one, other), line, ground, tags, 0.8))

    def _said(self, kind: str) -> tuple[str, dict[str, str]]:
        tags = {"highway": kind}
        if kind == "track" and self.rng.random() < 0.7:
            tags["tracktype"] = self._one_of(_GRADES, _GRADE_SHARES)
        ground = self._one_of(_GROUNDS, GROUND_OF[tags.get("tracktype", kind)])
        if self.rng.random() >= self.settings.untagged:
            told = ground if self.rng.random() >= self.settings.wrong else str(self.rng.choice(_GROUNDS))
            tags["surface"] = str(self.rng.choice(_SURFACES[told]))
        return ground, tags

    def _oval(self) -> None:
        """Add a running track in the fields: two halves, joined to the nearest crossing."""
        hub = 7 * COLUMNS + (_STREETS + _FIELDS) // 2
        angle = np.linspace(0, np.pi, 25)
        middle = self.nodes[hub] + np.array([0.0, 60.0])
        gate, far = len(self.nodes), len(self.nodes) + 1
        half = np.stack([-np.cos(angle) * 78.0, -np.sin(angle) * 46.0], axis=1)
        self.nodes += [middle + half[0], middle + half[-1]]
        tags = {"leisure": "track", "surface": "tartan"}
        self.town.add(Way((gate, far), middle + half, "other", tags, 2.5, oval=True))
        self.town.add(Way((far, gate), middle - half, "other", tags, 2.5, oval=True))
        self.town.add(
            Way((hub, gate), self._curve(self.nodes[hub], self.nodes[gate], 1.0), *self._said("footway"), 0.8)
        )

    def _curve(self, start: Floats, end: Floats, bend: float) -> Floats:
        count = max(3, int(np.hypot(*(end - start)) / 20) + 1)
        share = np.linspace(0, 1, count)
        along = end - start
        square = np.array([-along[1], along[0]]) / np.hypot(*along)
        waves = np.arange(1, 4)
        sway = (self.rng.normal(0, 1, 3) / waves) @ np.sin(np.pi * waves[:, None] * share)
        out: Floats = start + share[:, None] * along + bend * sway[:, None] * square
        out[0], out[-1] = start, end
        return out

    def _one_of(self, names: tuple[str, ...], shares: tuple[float, ...]) -> str:
        return str(self.rng.choice(names, p=np.array(shares) / sum(shares)))
