"""A real extract of OpenStreetMap as a town to run through, and how its tags agree with one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import osmium

from evengait.analysis.surface.grid import M_PER_DEGREE
from evengait.analysis.surface.way_kinds import WayKinds
from evengait.knowledge.ground_rules import ground_rules
from evengait.simulation.town import Town, Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIDE_OF_ASIDE = 0.8
"""Made-up runners keep this share of the rules' own distance beside a way."""


def real_town(file: Path) -> Town:
    """Return an extract's runnable ways, cut at their crossings; the ground is what the rules make of the tags."""
    kinds = WayKinds(ground_rules())
    listed = list(_ways(file, kinds))
    uses = Counter(node for _, nodes, _ in listed for node in nodes)
    first = listed[0][2][0]
    town = Town(corner=(float(first[0]), float(first[1])))
    scale = np.array([M_PER_DEGREE * np.cos(np.radians(town.corner[0])), M_PER_DEGREE])
    for tags, nodes, places in listed:
        kind = kinds.kinds[kinds.of(tags) or 0]
        points = (np.array(places)[:, ::-1] - np.array(town.corner[::-1])) * scale
        cuts = [i for i, node in enumerate(nodes) if uses[node] > 1 or i in (0, len(nodes) - 1)]
        for low, high in pairwise(cuts):
            ends = (nodes[low], nodes[high])
            side = SIDE_OF_ASIDE * kind.aside_m
            town.add(Way(ends, points[low : high + 1], kind.ground, tags, side, kind.liked))
    return town


def agreement(files: list[Path]) -> list[str]:
    """Return how the surface that is given agrees with the one that would be inferred, by rule and kilometres."""
    found: dict[tuple[str, str, str, float], Counter[str]] = defaultdict(Counter)
    kinds = WayKinds(ground_rules())
    for file in files:
        for tags, _, places in _ways(file, kinds):
            rule, said = kinds.inferred(tags), kinds.said(tags)
            if rule is not None:
                lat, lon = np.array(places).T
                legs = np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[0]))) * M_PER_DEGREE / 1000
                key = (rule.key, "/".join(rule.values[:2]), rule.ground, rule.sure)
                found[key][said.ground if said else "none"] += float(legs.sum())
    rows = [
        "| without a surface | is taken for | trusted | km with one | of these paved, gravel, trail | km without |",
        "|---|---|--:|--:|---|--:|",
    ]
    for (key, values, ground, sure), km in sorted(found.items()):
        given = sum(km[name] for name in ("paved", "gravel", "trail", "other"))
        if given >= 5:
            shares = ", ".join(f"{100 * km[name] / given:.0f} %" for name in ("paved", "gravel", "trail"))
            rows.append(
                f"| `{key}={values}` | {ground} | {100 * sure:.0f} % | {given:.0f} | {shares} | {km['none']:.0f} |"
            )
    return rows


def _ways(
    file: Path, kinds: WayKinds
) -> Iterator[tuple[dict[str, str], list[int], list[tuple[float, float]]]]:
    for way in osmium.FileProcessor(str(file)).with_locations():
        if not way.is_way():
            continue
        tags = dict(way.tags)
        nodes = [node for node in way.nodes if node.location.valid()]
        if kinds.of(tags) is not None and len(nodes) > 1:
            yield tags, [node.ref for node in nodes], [(node.lat, node.lon) for node in nodes]
