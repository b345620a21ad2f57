"""What a parser finds in a document: rows of points, and marks between them. Every parser gives the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from evengait.core.errors import IngestError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

MOST_POINTS = 2_000_000
"""Points of one file: 23 days at one a second. They take 260 MB."""

MOST_MARKS = 1_000_000
"""Laps, tracks, names and the like of one file."""

MOST_ELEMENTS = 30_000_000
"""Elements of one file: as many points with fifteen each. The strict parser reads a million a second."""

MOST_TRACKS = 10_000
"""Tracks or activities of one file; a watch's whole history in one TCX has some thousand."""

LONGEST_TEXT = 10_000
"""Signs of a title or other words; the rest is left out."""

TOO_MANY = kept("It holds more points or laps than any recording does. It was left alone.")

CUT, DAMAGED, FOLLOWED = "cut", "damaged", "followed"
"""Why parsing stopped: the document ends too early, no XML from somewhere on, or more after its end."""


class Mark(NamedTuple):
    """Something beside the points.

    Attributes
    ----------
    kind : int
        The grammar's number for it.
    row : int
        Points before it.
    value : float
        Its number, or its instant in microseconds since 1970 UTC; NaN = neither.
    offset_s : float
        The instant's own offset from UTC [s]; NaN = none said.
    text : str or None
        Its words, white space in one piece; no more than ``LONGEST_TEXT`` signs of the document.
    """

    kind: int
    row: int
    value: float
    offset_s: float
    text: str | None


@dataclass(frozen=True)
class Scan:
    """A document as parsed.

    Attributes
    ----------
    rows : float64 array, shape (points, columns)
        As ``COLUMNS`` of the grammar; NaN = not there, or no number. Time in microseconds since 1970 UTC.
    marks : sequence of Mark
        In the order of the document.
    broken : str or None
        ``cut``, ``damaged`` or ``followed`` where only what stands before was read; None = whole.
    """

    rows: NDArray[np.float64]
    marks: Sequence[Mark]
    broken: str | None = None


def parts(scan: Scan, *kinds: int) -> list[tuple[Sequence[Mark], int, int]]:
    """Return each part of a document that begins with a mark of these kinds: its marks, its first row and its end.

    Raises
    ------
    IngestError
        There are more than any recording has.
    """
    starts = [i for i, mark in enumerate(scan.marks) if mark.kind in kinds]
    if len(starts) > MOST_TRACKS:
        raise IngestError(TOO_MANY)
    ends = [*starts[1:], len(scan.marks)][: len(starts)]
    rows = [*(scan.marks[i].row for i in starts), len(scan.rows)]
    return [
        (scan.marks[a:b], rows[k], rows[k + 1]) for k, (a, b) in enumerate(zip(starts, ends, strict=True))
    ]
