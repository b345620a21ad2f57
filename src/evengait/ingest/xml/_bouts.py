"""A track as bouts of the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.reasons import kept
from evengait.core.recording import Bout, DeviceTotals, Samples
from evengait.ingest.xml._clock import SECOND, Stretch, stretches
from evengait.ingest.xml._columns import house_columns
from evengait.ingest.xml._grammar import PLACE
from evengait.ingest.xml._scan import CUT, DAMAGED, FOLLOWED, Scan

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAIT = ("contact_time_ms_x10", "balance_left_pct_x100")

MOST_PROBLEMS = 5
"""Sentences about one file."""

_BROKEN_EARLY = {
    CUT: kept("The file is cut short before its first point. Export it again."),
    DAMAGED: kept("The file is damaged before its first point. Export it again."),
}
_BROKEN = {
    CUT: kept(
        "The file is cut short: what was whole of it was kept ({n} points). Export it again for the rest."
    ),
    DAMAGED: kept(
        "The file is damaged: what stood before that place was kept ({n} points). Export it again for the rest."
    ),
    FOLLOWED: kept("After the end of the recording the file goes on; the rest was left out."),
}


@dataclass
class Track:
    """What belongs together in a document: one track of GPX, one activity of TCX.

    Attributes
    ----------
    rows : float64 array, shape (n, columns)
    segments : list of int
        Rows at which a segment begins after a stop; the first row is one anyway.
    sport, sub_sport : str, str or None
    device : str or None
    start_us : float
        The device's own start; NaN = not said.
    offset_s : float
        Local time minus UTC as the document says outside the points; NaN = not said.
    totals : DeviceTotals
    name, note : str or None
        Title and description.
    """

    rows: NDArray[np.float64]
    segments: list[int] = field(default_factory=list)
    sport: str = "other"
    sub_sport: str | None = None
    device: str | None = None
    start_us: float = float("nan")
    offset_s: float = float("nan")
    totals: DeviceTotals = field(default_factory=DeviceTotals)
    name: str | None = None
    note: str | None = None


def bouts(track: Track, problems: list[str]) -> list[Bout]:
    """Return a track's bouts; more than one where hours lie between its points.

    A bout has at least two instants. A track that cannot be told apart by its times gives none.
    """
    rows = track.rows
    segments = sorted({0, *track.segments})
    parts = stretches(rows[:, PLACE["time"]], segments, problems) if len(rows) else []
    long = [part for part in parts if part.us[-1] > part.us[0]]
    if long and (lost := sum(len(p.us) for p in parts) - sum(len(p.us) for p in long)):
        problems.append(kept("{lost} points far from every other were left out.", lost=lost))
    return [_bout(track, part, segments, alone=len(long) == 1) for part in long]


def problem_of(scan: Scan) -> list[str]:
    """Return what is wrong with a document as a whole: no sentence, or one."""
    if scan.broken is None:
        return []
    if not len(scan.rows) and scan.broken in _BROKEN_EARLY:
        return [_BROKEN_EARLY[scan.broken]]
    return [_BROKEN[scan.broken].format(n=len(scan.rows))]


def in_brief(problems: list[str]) -> tuple[str, ...]:
    """Return the problems, each once; of very many the first ones.

    Examples
    --------
    >>> in_brief(["One.", "One.", "Two."])
    ('One.', 'Two.')
    """
    each = tuple(dict.fromkeys(problems))
    if len(each) <= MOST_PROBLEMS:
        return each
    return (
        *each[:MOST_PROBLEMS],
        kept("The like happened {count} times more.", count=len(each) - MOST_PROBLEMS),
    )


def known_offset(seconds: float) -> int | None:
    """Return an offset that a document says; None for none, and for 0, which programs also write for "UTC"."""
    return int(seconds) if seconds == seconds and seconds else None


def _bout(track: Track, part: Stretch, segments: list[int], *, alone: bool) -> Bout:
    taken = len(part.rows) == len(track.rows) and bool((np.diff(part.rows) == 1).all())
    rows = track.rows if taken else track.rows[part.rows]
    columns = house_columns(rows, track.sport)
    first = int(part.us[0])
    start = track.start_us if alone and 0 <= first - track.start_us <= 300 * SECOND else first
    offset = known_offset(float(rows[0, PLACE["offset"]]))
    return Bout(
        start_us=int(start),
        sport=track.sport,
        samples=Samples(part.us, columns),
        sub_sport=track.sub_sport,
        utc_offset_s=known_offset(track.offset_s) if offset is None else offset,
        device=track.device,
        gait_sensor=track.device if any(name in columns for name in GAIT) else None,
        pauses_us=_pauses(part, segments),
        totals=track.totals if alone else DeviceTotals(),
        name=track.name,
        note=track.note,
    )


def _pauses(part: Stretch, segments: list[int]) -> tuple[tuple[int, int], ...]:
    """Return the time between segments."""
    if len(segments) < 2:
        return ()
    of = np.searchsorted(segments, part.rows, side="right")
    change = np.flatnonzero(np.diff(of) != 0)
    ends, starts = part.us[change].tolist(), part.us[change + 1].tolist()
    return tuple((a, b) for a, b in zip(ends, starts, strict=True) if b > a)
