"""Garmin's lists of activities: title, note, effort and shoe. Metrics come from the recordings, never from here.

The lists name no files: the recordings are called after the runner's address and a number of their own. So an activity
is found again by its start, its length and its sport. Times are milliseconds since 1970, lengths of time milliseconds,
distances centimetres, and perceived exertion is the scale of ten times ten.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from evengait.core.errors import IngestError
from evengait.core.label import Label
from evengait.core.reasons import kept
from evengait.ingest.xml._sports import sport_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ENDING = "summarizedactivities.json"
_KEY = b'"summarizedActivitiesExport"'
_DAMAGED = kept(
    "A list of Garmin activities is damaged, so names, notes and shoes were left out from there on."
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_MS = 4_102_444_800_000
_RPE_SCALE = 10
_HEAD = 512
_OPENING, _CLOSING = {"start_map", "start_array"}, {"end_map", "end_array"}
_DEEPEST = 64
_BEFORE = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True)
class Listed:
    """One activity of a list.

    Attributes
    ----------
    activity : int or None
        Garmin's number, by which ``gear.json`` speaks of it.
    start : datetime
        UTC.
    elapsed_s : float or None
        From start to end, pauses included.  [s]
    sport : str
        House word.
    label : Label
    """

    activity: int | None
    start: datetime
    elapsed_s: float | None
    sport: str
    label: Label


def is_list(name: str) -> bool:
    """Tell whether a file is a list of activities, by its name.

    Examples
    --------
    >>> is_list("DI_CONNECT/DI-Connect-Fitness/me@example.org_0_summarizedActivities.json")
    True
    """
    return name.lower().endswith(_ENDING)


def read_list(data: bytes, shoes: Mapping[int, str] | None = None) -> tuple[list[Listed], str | None]:
    r"""Read a list of activities; what comes before a damaged place is kept.

    Parameters
    ----------
    data : bytes
        The file; those of long accounts reach a hundred megabytes.
    shoes : mapping of int to str, optional
        Shoe by activity, from :func:`~evengait.ingest.garmin_export.gear.read_gear`.

    Returns
    -------
    activities : list of Listed
        Those that say when they began.
    problem : str or None
        What was lost, in a sentence.

    Examples
    --------
    >>> text = b'[{"summarizedActivitiesExport": [{"activityId": 7, "name": "Hills", "activityType": "trail_running",'
    >>> text += b'"beginTimestamp": 1783033200000, "elapsedDuration": 1860000.0, "workoutRpe": 60}]}]'
    >>> one = read_list(text, {7: "Speedgoat"})[0][0]
    >>> one.sport, one.elapsed_s, one.label.name, one.label.gear, one.label.rpe_cr10
    ('running', 1860.0, 'Hills', 'Speedgoat', 6.0)
    """
    found: list[Listed] = []
    try:
        for row in _rows(data):
            listed = _listed(row, shoes or {})
            if listed is not None:
                found.append(listed)
    except IngestError as error:
        return found, str(error)
    return found, None


def _rows(data: bytes) -> Iterator[Mapping[str, Any]]:
    import ijson

    begin = len(data[:_HEAD]) - len(data[:_HEAD].lstrip(_BEFORE))
    head = data[begin:_HEAD]
    if head[:1] == b"{":
        path = "summarizedActivitiesExport.item"
    else:
        path = "item.summarizedActivitiesExport.item" if _KEY in head else "item"
    stream = io.BytesIO(data)
    stream.seek(begin)
    try:
        for row in ijson.items(ijson.parse(_shallow(ijson.basic_parse(stream, use_float=True))), path):
            if isinstance(row, dict):
                yield row
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise IngestError(_DAMAGED) from error


def _shallow(events: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Pass the parser's events on, as deep as a list can be: each level's path holds those above it, in memory."""
    depth = 0
    for event, value in events:
        depth += (event in _OPENING) - (event in _CLOSING)
        if depth > _DEEPEST:
            raise IngestError(_DAMAGED)
        yield event, value


def _listed(row: Mapping[str, Any], shoes: Mapping[int, str]) -> Listed | None:
    start = _start(row)
    if start is None:
        return None
    identifier = row.get("activityId")
    activity = int(identifier) if isinstance(identifier, int | float) and 0 < identifier < 2**62 else None
    elapsed = _positive(row.get("elapsedDuration")) or _positive(row.get("duration"))
    rpe = _positive(row.get("workoutRpe"))
    label = Label(
        _text(row.get("name")) or _text(row.get("activityName")),
        _text(row.get("description")),
        shoes.get(activity) if activity is not None else None,
        rpe / _RPE_SCALE if rpe is not None and rpe <= 10 * _RPE_SCALE else None,
    )
    return Listed(activity, start, elapsed / 1000 if elapsed else None, _sport(row), label)


def _start(row: Mapping[str, Any]) -> datetime | None:
    for key in ("beginTimestamp", "startTimeGmt", "startTimeGMT"):
        value = row.get(key)
        if isinstance(value, int | float) and 0 < value < _LATEST_MS:
            return _EPOCH + timedelta(milliseconds=value)
        if isinstance(value, str):
            try:
                given = datetime.fromisoformat(value.strip())
            except ValueError:
                continue
            return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    return None


def _sport(row: Mapping[str, Any]) -> str:
    kind = row.get("activityType")
    word = kind.get("typeKey") if isinstance(kind, dict) else kind
    house, _ = sport_words(word if isinstance(word, str) else None)
    if house == "other" and isinstance(row.get("sportType"), str):
        house, _ = sport_words(row["sportType"])
    return house


def _positive(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value > 0 else None


def _text(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
