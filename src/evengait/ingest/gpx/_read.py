"""A GPX file as a recording of the house."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.recording import Recording
from evengait.ingest.gpx._grammar import GPX, Said
from evengait.ingest.xml._bouts import Track, bouts, in_brief, problem_of
from evengait.ingest.xml._clock import SECOND
from evengait.ingest.xml._engine import scan
from evengait.ingest.xml._grammar import PLACE
from evengait.ingest.xml._scan import parts
from evengait.ingest.xml._sports import sport_in_title, sport_words

if TYPE_CHECKING:
    from evengait.ingest.xml._scan import Scan

JOIN_S = 120
"""Tracks of one sport that follow each other within this are one session: some programs write a track per lap."""

PROGRAMS = (
    "alltrails", "apple health", "caltopo", "endomondo", "expertgps", "exported from", "fit2gpx", "garmin connect",
    "gdal", "google", "gps visualizer", "gpsbabel", "gpx", "http", "komoot", "mapmyrun", "mapmyride", "mapsource",
    "merkaartor", "openstreetmap", "osmand", "outdooractive", "polar flow", "pytrainer", "runalyze", "runkeeper",
    "strava", "suunto app", "viking", "wikiloc", "www.", "zepp app",
)  # fmt: skip
"""What ``creator`` begins with where it names the program that wrote the file and not the device."""


def read(data: bytes) -> Recording:
    """Read a GPX file.

    Parameters
    ----------
    data : bytes
        The whole file, unpacked.

    Returns
    -------
    Recording
        One bout per track; tracks of one sport at most two minutes apart are one, and a track with hours of
        silence between its points is several. Time between segments is a pause. No bouts where nothing was recorded
        over time: ``kind`` is then ``untimed_track``, ``single_instant``, ``route``, ``waypoints`` or ``empty``.
        What was lost is said in ``problems``.

    Raises
    ------
    IngestError
        The document must not be read: see the strict parser.

    Examples
    --------
    >>> read(b"<gpx><rte/></gpx>").kind
    'route'
    """
    found = scan(data, GPX)
    problems = problem_of(found)
    tracks = _joined(_tracks(found))
    out = [bout for track in tracks for bout in bouts(track, problems)]
    out.sort(key=lambda bout: bout.start_us)
    kind = "activity" if out else _kind(found, problems)
    return Recording("gpx", kind, tuple(out), in_brief(problems))


def _kind(found: Scan, problems: list[str]) -> str:
    """Return what a document without bouts is; ``activity`` where something stood in the way."""
    if found.broken or problems:
        return "activity"
    if np.isfinite(found.rows[:, PLACE["time"]]).any():
        return "single_instant"
    if len(found.rows):
        return "untimed_track"
    seen = {mark.kind for mark in found.marks}
    return "route" if Said.ROUTE in seen else "waypoints" if Said.WAYPOINT in seen else "empty"


def _tracks(found: Scan) -> list[Track]:
    device = next((_device(mark.text) for mark in found.marks if mark.kind == Said.CREATOR), None)
    out = []
    for marks, first, last in parts(found, Said.TRACK):
        if first == last:
            continue
        said = {mark.kind: mark.text for mark in marks if mark.text}
        sport = sport_words(said.get(Said.TYPE))
        if sport[0] == "other":
            sport = sport_in_title(said.get(Said.NAME))
        segments = [mark.row - first for mark in marks if mark.kind == Said.SEGMENT and mark.row < last]
        name, note = said.get(Said.NAME), said.get(Said.NOTE)
        out.append(
            Track(found.rows[first:last], segments, *sport, device=device, name=name, note=note),
        )
    return out


def _joined(tracks: list[Track]) -> list[Track]:
    """Join tracks that follow each other closely."""
    groups: list[list[Track]] = []
    end = np.nan
    for track in tracks:
        times = track.rows[:, PLACE["time"]]
        known = times[np.isfinite(times)]
        before = groups[-1][-1] if groups else None
        same = before is not None and (before.sport, before.sub_sport) == (track.sport, track.sub_sport)
        if same and len(known) and 0 <= known[0] - end <= JOIN_S * SECOND:
            groups[-1].append(track)
        else:
            groups.append([track])
        end = known[-1] if len(known) else np.nan
    return [_one_of(group) for group in groups]


def _one_of(group: list[Track]) -> Track:
    """Return tracks as one: the first of them, with the points and segments of all, and the words they agree on."""
    if len(group) == 1:
        return group[0]
    segments: list[int] = []
    count = 0
    for track in group:
        segments += [count + row for row in (track.segments or [0])]
        count += len(track.rows)
    names, notes = ({word for track in group if (word := getattr(track, of))} for of in ("name", "note"))
    return replace(
        group[0],
        rows=np.concatenate([track.rows for track in group]),
        segments=segments,
        name=names.pop() if len(names) == 1 else None,
        note=notes.pop() if len(notes) == 1 else None,
    )


def _device(creator: str | None) -> str | None:
    name = creator or ""
    return None if not name or name.casefold().startswith(PROGRAMS) else name
