"""A FIT file as a recording of the house: bouts with samples, pauses, device and totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.core.reasons import kept
from evengait.core.recording import Bout, DeviceTotals, Recording, Samples
from evengait.ingest.fit import _clock, _device, _samples
from evengait.ingest.fit._decode import decode
from evengait.ingest.fit._kind import ACTIVITY, kind_word, other_kind
from evengait.ingest.fit._profile import FIT_EPOCH_S
from evengait.ingest.fit._rows import rows, whole_numbers
from evengait.ingest.fit._sport import ON_FOOT, sport_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._decode import FitFile

MESSAGES = (
    "file_id", "device_info", "session", "activity", "event", "record", "sport", "lap", "developer_data_id",
    "field_description",
)  # fmt: skip

SESSION = (
    "start_time", "timestamp", "sport", "sub_sport", "total_elapsed_time", "total_timer_time", "total_distance",
    "total_ascent", "total_descent", "total_cycles", "total_fractional_cycles", "avg_heart_rate",
)  # fmt: skip

FAR_S = 3600
"""A session message that begins so far from its first sample has the time of another clock."""

_EMPTY = kept("The file calls itself an activity but holds no session and no samples.")
_UNDATED = kept(
    "The device did not know the date: it counted the seconds since it was switched on, "
    "so the day of this recording cannot be told."
)

GAIT = ("contact_time_ms_x10", "balance_left_pct_x100")


@dataclass(slots=True)
class _Span:
    """One session message, or what stands for it: when, which sport, what the device says."""

    start: float
    end: float | None
    sport: str
    sub_sport: str | None
    totals: DeviceTotals
    offset: int


def read(data: bytes, *, kernel: bool | None = None) -> Recording:
    """Read a FIT file.

    Parameters
    ----------
    data : bytes
        The whole file, unpacked.
    kernel : bool, optional
        See ``decode``.

    Returns
    -------
    Recording
        One bout per session message, or one from the samples where the message is missing. No bouts where the
        file is not an activity. What was lost is said in ``problems``.

    Raises
    ------
    IngestError
        The bytes are not a FIT file.

    Examples
    --------
    >>> from evengait.ingest.fit.encode import MessageSpec, encode_messages
    >>> read(encode_messages([MessageSpec(0, {0: ("enum", [2])})])).kind
    'settings'
    """
    other = other_kind(data)
    if other is not None:
        return Recording("fit", other)
    file = decode(data, MESSAGES, kernel=kernel)
    problems = list(file.problems)
    kinds = [row["type"] for row in rows(file.get("file_id"), ("type",))]
    kind = _kind(kinds)
    if kind != "activity":
        return Recording("fit", kind, (), tuple(problems))
    bouts = _bouts(file, problems)
    if not bouts:
        problems = [_UNDATED] if _clock.undated(file) else [*problems, _EMPTY]
    return Recording("fit", kind, tuple(bouts), tuple(problems))


def _kind(types: list[int | None]) -> str:
    """Return the file's kind; of chained files the activity counts. A file without one is taken for an activity."""
    known = [value for value in types if value is not None]
    return "activity" if not known or ACTIVITY in known else kind_word(known[0])


def _bouts(file: FitFile, problems: list[str]) -> list[Bout]:
    record = file.get("record")
    raw = _raw(file)
    times = whole_numbers(raw.get("timestamp"))
    if times is None:
        order = _clock.Order(np.empty(0, np.int64), np.empty(0, np.int64))
    else:
        order = _clock.order(*times, problems)
    spans = _spans(file, order, problems)
    device = _device.device_name(file)
    accessory = _device.gait_accessory(file)
    sensor = device if accessory in (None, device) else " + ".join(filter(None, (device, accessory)))
    pauses = _clock.pauses(file)
    places = _places(spans, order.seconds, problems)
    activity = rows(file.get("activity"), ("timestamp", "local_timestamp"))
    out, covered = [], 0
    for span, place in zip(spans, places, strict=True):
        inside = _clock.one_clock(order.seconds[place], problems)
        place = slice(place.start + inside.start, place.start + inside.stop)
        seconds, at = order.seconds[place], order.at(place)
        columns = (
            _samples.house_columns(raw, record, at, span.sport) if record is not None and len(seconds) else {}
        )
        covered = _samples.from_zero(columns, covered)
        start = _start(span, seconds)
        gait = any(name in columns for name in GAIT)
        out.append(
            Bout(
                start_us=_clock.microseconds(start),
                sport=span.sport,
                sub_sport=span.sub_sport,
                samples=Samples((seconds + FIT_EPOCH_S) * 1_000_000, columns),
                utc_offset_s=_offset(activity, span.offset),
                device=device,
                gait_sensor=sensor if gait else None,
                pauses_us=_clip(pauses, start, span.end, seconds),
                totals=span.totals,
            )
        )
    return out


def _start(span: _Span, seconds: NDArray[np.int64]) -> float:
    if not len(seconds):
        return span.start
    first = float(seconds[0])
    if abs(first - span.start) > FAR_S:
        return first
    return min(span.start, first) if span.end is None else span.start


def _raw(file: FitFile) -> dict[str, _samples.Pair]:
    """Return the record fields as raw integers; those that only old packed fields hold, unpacked."""
    record = file.get("record")
    if record is None:
        return {}
    raw = record.raw(_samples.wanted() | {"compressed_speed_distance"})
    if raw.pop("compressed_speed_distance", None) is not None:
        for name, scale in (("speed", 1000), ("distance", 100)):
            pair = record.column(name)
            if pair is not None and pair[0].dtype.kind in "uif":
                raw[name] = np.rint(pair[0] * scale), pair[1]
    return raw


def _spans(file: FitFile, order: _clock.Order, problems: list[str]) -> list[_Span]:
    spans = []
    for row in rows(file.get("session"), SESSION):
        sport, sub_sport = sport_words(row["sport"], row["sub_sport"])
        elapsed = row["total_elapsed_time"]
        if elapsed is not None and not 0 <= elapsed <= _clock.LONGEST_S:
            elapsed = None
        start = row["start_time"]
        if not _clock.sane(start):
            start = row["timestamp"] - (elapsed or 0) if _clock.sane(row["timestamp"]) else None
        if start is None and len(order.seconds):
            start = float(order.seconds[0])
        if start is None:
            problems.append(kept("A session without a usable time was left out."))
            continue
        end = start + elapsed if elapsed is not None else None
        spans.append(_Span(start, end, sport, sub_sport, _totals(row, sport, elapsed), row["offset"]))
    spans.sort(key=lambda span: span.start)
    if not spans and len(order.seconds):
        words = rows(file.get("sport"), ("sport", "sub_sport")) or rows(
            file.get("lap"), ("sport", "sub_sport")
        )
        sport, sub_sport = sport_words(words[0]["sport"], words[0]["sub_sport"]) if words else ("other", None)
        problems.append(kept("The summary of the session is missing; the session was made from its samples."))
        spans.append(_Span(float(order.seconds[0]), None, sport, sub_sport, DeviceTotals(), 0))
    return spans


def _totals(row: dict[str, Any], sport: str, elapsed: float | None) -> DeviceTotals:
    cycles = row["total_cycles"]
    steps = None
    if sport in ON_FOOT and cycles is not None:
        steps = 2.0 * (cycles + (row["total_fractional_cycles"] or 0))
    return DeviceTotals(
        distance_m=row["total_distance"],
        elapsed_s=elapsed,
        timer_s=row["total_timer_time"],
        ascent_m=_float(row["total_ascent"]),
        descent_m=_float(row["total_descent"]),
        steps=steps,
        heart_rate_bpm=_float(row["avg_heart_rate"]),
    )


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _places(spans: list[_Span], seconds: Any, problems: list[str]) -> list[slice]:
    """Return which samples belong to which session: all to a single one, else by time."""
    if len(spans) <= 1:
        return [slice(0, len(seconds))] * len(spans)
    starts = seconds.searchsorted([np.floor(span.start) for span in spans], side="left").tolist()
    starts[0] = 0
    out, lost = [], 0
    for span, start, following in zip(spans, starts, [*starts[1:], len(seconds)], strict=True):
        stop = following
        if span.end is not None:
            # The device's clock ticks in whole seconds: the last sample may stand one past the end.
            stop = min(following, int(seconds.searchsorted(np.ceil(span.end) + 1, side="right")))
        lost += following - max(start, stop)
        out.append(slice(start, max(start, stop)))
    if lost:
        problems.append(
            kept("{lost} samples lie outside every session of the file and were left out.", lost=lost)
        )
    return out


def _offset(activity: list[dict[str, Any]], at: int) -> int | None:
    """Return the UTC offset from the activity message that closes a session: the next one, else the last."""
    if not activity:
        return None
    return _clock.utc_offset(next((row for row in activity if row["offset"] > at), activity[-1]))


def _clip(
    pauses: list[tuple[int, int]], start: float, end: float | None, seconds: Any
) -> tuple[tuple[int, int], ...]:
    """Return the pauses that lie in a bout, in microseconds."""
    last = end if end is not None else float(seconds[-1]) if len(seconds) else start
    inside = [(max(stop, start), min(go, last)) for stop, go in pauses]
    return tuple((_clock.microseconds(a), _clock.microseconds(b)) for a, b in inside if a < b)
