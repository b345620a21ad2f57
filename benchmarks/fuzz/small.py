"""Whole files made small: beginning, end and structure stay, and a thousand inputs take seconds."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fuzz.breaking_fit import records, wrapped

if TYPE_CHECKING:
    from fuzz.corpus import Seed

MOST = 1536
"""Bytes of a small file, about."""

_LAST = 12
"""Records kept at the end of a FIT file: the lap, the session and the activity stand there."""

_POINT = re.compile(rb"</(?:trkpt|rtept|wpt|Trackpoint)>")


def small(seed: Seed) -> Seed:
    """Return a file of a kilobyte or two that is built as the given one; one that is small already stays as it is."""
    if len(seed.data) <= MOST:
        return seed
    shrink = {"fit": _small_fit, "gpx": _small_xml, "tcx": _small_xml}.get(seed.kind, _beginning)
    return replace(seed, data=shrink(seed.data))


def _small_fit(data: bytes) -> bytes:
    """Keep the first records, all definitions and the last records; sizes and checksums fit again."""
    _, found = records(data)
    size, kept = 0, []
    for i, record in enumerate(found):
        if record.definition or size + len(record.data) <= MOST or i >= len(found) - _LAST:
            if size > 2 * MOST:
                break
            kept.append(record.data)
            size += len(record.data)
    return wrapped(_Plain(), b"".join(kept))


def _small_xml(data: bytes) -> bytes:
    """Keep the first points and what stands behind the last one."""
    ends = [found.end() for found in _POINT.finditer(data)]
    if not ends:
        return _beginning(data)
    begin = max((end for end in ends if end <= MOST), default=ends[0])
    return data[:begin][: 4 * MOST] + data[max(ends[-1], len(data) - MOST) :]


def _beginning(data: bytes) -> bytes:
    return data[:MOST]


class _Plain(random.Random):
    """Chance that never breaks anything."""

    def random(self) -> float:
        return 0.0
