"""A TCX file as a recording of the house."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.reasons import kept
from evengait.core.recording import Bout, DeviceTotals, Recording, Samples
from evengait.ingest.tcx._grammar import OLD, TCX, Said
from evengait.ingest.xml._bouts import Track, bouts, in_brief, known_offset, problem_of
from evengait.ingest.xml._clock import EARLIEST, LATEST, LONGEST_S, SECOND
from evengait.ingest.xml._engine import scan
from evengait.ingest.xml._grammar import PLACE
from evengait.ingest.xml._scan import parts
from evengait.ingest.xml._sports import sport_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from evengait.ingest.xml._scan import Mark

LAP_GAP_S = 10
"""From the last point of a lap to the start of the next: more is a stop, less the gap between two points."""

FARTHEST_M = 1_000_000


@dataclass
class _Lap:
    """What the device says of a lap; NaN = nothing."""

    start_us: float = math.nan
    seconds: float = math.nan
    metres: float = math.nan
    heart_rate: float = math.nan


def read(data: bytes) -> Recording:
    """Read a TCX file.

    Parameters
    ----------
    data : bytes
        The whole file, unpacked.

    Returns
    -------
    Recording
        One bout per activity, each sport of a multisport session being one; an activity with hours of silence
        between its points is several. Time between the tracks of a lap is a pause. An activity without points, as
        an indoor run typed in, has only the device's totals. No bouts where the file holds a ``course``, a
        ``workout`` or nothing: see ``kind``. What was lost is said in ``problems``.

    Raises
    ------
    IngestError
        The document must not be read: see the strict parser.

    Examples
    --------
    >>> read(b"<TrainingCenterDatabase><Courses><Course/></Courses></TrainingCenterDatabase>").kind
    'course'
    """
    found = scan(data, TCX)
    problems = problem_of(found)
    activities = parts(found, Said.ACTIVITY, *OLD)
    out = [
        bout
        for marks, first, last in activities
        for bout in _activity(marks, found.rows[first:last], first, problems)
    ]
    out.sort(key=lambda bout: bout.start_us)
    seen = {mark.kind for mark in found.marks}
    if activities or found.broken:
        kind = "activity"
    else:
        kind = "course" if Said.COURSE in seen else "workout" if Said.WORKOUT in seen else "empty"
    if activities and not out and not problems:
        problems.append(kept("It holds an activity, but no two points with a time and no totals."))
    return Recording("tcx", kind, tuple(out), in_brief(problems))


def _activity(
    marks: Sequence[Mark], rows: NDArray[np.float64], first: int, problems: list[str]
) -> list[Bout]:
    said = {mark.kind: mark for mark in reversed(marks)}
    word = said[Said.SPORT].text if Said.SPORT in said else OLD.get(Said(marks[0].kind))
    sport, sub_sport = sport_words(word)
    laps = _laps(marks)
    start = laps[0].start_us if laps else math.nan
    if math.isnan(start) and Said.ID in said:
        start = said[Said.ID].value
    begun = [mark.offset_s for mark in marks if mark.kind in (Said.LAP_START, Said.ID)]
    track = Track(
        rows,
        _segments(marks, rows[:, PLACE["time"]].tolist() if len(laps) > 1 else [], first),
        sport,
        sub_sport,
        device=(said[Said.DEVICE].text or None) if Said.DEVICE in said else None,
        start_us=start,
        offset_s=next((offset for offset in begun if not math.isnan(offset)), math.nan),
        totals=_totals(laps),
        note=(said[Said.NOTE].text or None) if Said.NOTE in said else None,
    )
    out = bouts(track, problems)
    return out or _from_totals(track, laps)


def _laps(marks: Sequence[Mark]) -> list[_Lap]:
    out: list[_Lap] = []
    for mark in marks:
        if mark.kind == Said.LAP:
            out.append(_Lap())
        elif mark.kind == Said.LAP_START:
            out[-1].start_us = mark.value
        elif mark.kind == Said.LAP_SECONDS:
            out[-1].seconds = mark.value
        elif mark.kind == Said.LAP_METRES:
            out[-1].metres = mark.value
        elif mark.kind == Said.LAP_HEART_RATE:
            out[-1].heart_rate = mark.value
    return out


def _segments(marks: Sequence[Mark], times_us: list[float], first: int) -> list[int]:
    """Return the rows at which a track begins after a stop.

    A new track in the same lap means that the timer stood. A new lap does not, unless it starts well after the last
    point before it.
    """
    out: list[int] = []
    lap_start: float | None = None
    for mark in marks:
        row = mark.row - first
        if mark.kind == Said.LAP:
            lap_start = math.nan
        elif mark.kind == Said.LAP_START:
            lap_start = mark.value
        elif mark.kind == Said.TRACK:
            if row and (lap_start is None or lap_start - times_us[row - 1] > LAP_GAP_S * SECOND):
                out.append(row)
            lap_start = None
    return out


def _totals(laps: list[_Lap]) -> DeviceTotals:
    """Add up the laps; what a lap does not say, or no run reaches, is not said."""
    seconds = _sum([lap.seconds for lap in laps], LONGEST_S)
    heart_rate = None
    if seconds:
        weighted = _sum([lap.heart_rate * lap.seconds for lap in laps], math.inf)
        mean = weighted / seconds if weighted is not None else 0.0
        heart_rate = mean if 1 <= mean <= 254 else None
    return DeviceTotals(
        distance_m=_sum([lap.metres for lap in laps], FARTHEST_M),
        timer_s=seconds,
        heart_rate_bpm=heart_rate,
    )


def _sum(values: list[float], most: float) -> float | None:
    total = math.fsum(values) if values and all(map(math.isfinite, values)) else math.nan
    return total if 0 <= total <= most else None


def _from_totals(track: Track, laps: list[_Lap]) -> list[Bout]:
    """Return an activity without points as a bout of its totals; nothing where it has no start or no time."""
    timer = track.totals.timer_s
    if not timer or not EARLIEST <= track.start_us < LATEST:
        return []
    end = laps[-1].start_us + laps[-1].seconds * SECOND
    elapsed = (end - track.start_us) / SECOND
    if not timer <= elapsed <= LONGEST_S:
        elapsed = timer
    return [
        Bout(
            start_us=int(track.start_us),
            sport=track.sport,
            samples=Samples(np.empty(0, np.int64), {}),
            sub_sport=track.sub_sport,
            utc_offset_s=known_offset(track.offset_s),
            device=track.device,
            totals=replace(track.totals, elapsed_s=elapsed),
            note=track.note,
        )
    ]
