"""The records of an activity file, in the order in which a watch writes them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from evengait.ingest.fit._layout import CODES, INVALID
from evengait.ingest.fit._profile import BASE_TYPES, FIT_EPOCH_S, STRING, enum_values
from evengait.ingest.fit.encode import definition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from evengait.core.recording import Bout

    Value = int | float | str | None

RECORD, FILE_ID, DEVICE, EVENT, LAP, SESSION, ACTIVITY = 20, 0, 23, 21, 19, 18, 34
LOCAL = {FILE_ID: 0, DEVICE: 1, EVENT: 2, RECORD: 3, LAP: 4, SESSION: 5, ACTIVITY: 6}

COLUMNS: dict[str, tuple[int, str, int]] = {
    "lat_semicircles": (0, "sint32", 0),
    "lon_semicircles": (1, "sint32", 0),
    "distance_m_x100": (5, "uint32", 0),
    "speed_m_s_x1000": (73, "uint32", 0),
    "altitude_m_x5": (78, "uint32", 2500),
    "power_w": (7, "uint16", 0),
    "vertical_oscillation_mm_x10": (39, "uint16", 0),
    "contact_time_ms_x10": (41, "uint16", 0),
    "balance_left_pct_x100": (84, "uint16", 0),
    "step_length_mm_x10": (85, "uint16", 0),
    "heart_rate_bpm": (3, "uint8", 0),
    "temperature_c": (13, "sint8", 0),
}
"""Record field of each sample column: number, base type, what to add; the step rate takes two fields."""

CADENCE, FRACTION = 4, 53
UNKNOWN_MAKER = 255
SPORTS = {
    "running": (1, 0),
    "cycling": (2, 0),
    "swimming": (5, 0),
    "walking": (11, 0),
    "hiking": (17, 0),
    "strength": (10, 20),
}


def records(bout: Bout) -> bytes:
    """Return all records of an activity, without header and checksum."""
    start = _seconds(bout.start_us)
    last = _seconds(int(bout.samples.timestamp_us[-1])) if len(bout.samples) else start
    elapsed = bout.totals.elapsed_s
    end = max(last, start + int(elapsed)) if elapsed is not None else last
    maker, product, name = _device(bout.device)
    head = [
        _one(FILE_ID, {0: ("enum", 4), 1: ("uint16", maker), 2: ("uint16", product), 4: ("uint32", start)}
             | ({8: ("string", name)} if name else {})),
        _device_info(0, bout.device, start),
    ]  # fmt: skip
    if bout.gait_sensor and " + " in bout.gait_sensor:
        head.append(_device_info(1, bout.gait_sensor.partition(" + ")[2], start))
    tail = [*_summaries(bout, start, end), _activity(bout, end)]
    return b"".join([*head, *_timeline(bout, start, end), *tail])


def _seconds(microseconds: int) -> int:
    return microseconds // 1_000_000 - FIT_EPOCH_S


@cache
def _define(num: int, fields: tuple[tuple[int, int, int], ...]) -> bytes:
    return definition(num, fields, local=LOCAL[num])


def _one(num: int, fields: Mapping[int, tuple[str, Value]]) -> bytes:
    """Return one message with its definition; None = invalid."""
    parts, shape = [bytes([LOCAL[num]])], []
    for key, (base_name, value) in fields.items():
        base = BASE_TYPES[base_name]
        if base == STRING:
            cell = str(value or "").encode() + b"\0"
        else:
            invalid = INVALID[base]
            cell = np.array(invalid if value is None else value).astype(f"<{CODES[base]}").tobytes()
        parts.append(cell)
        shape.append((key, len(cell), base))
    return _define(num, tuple(shape)) + b"".join(parts)


def _device(name: str | None) -> tuple[int, int | None, str | None]:
    """Return maker, product and, where the profile has no number for the product, its name."""
    if not name:
        return UNKNOWN_MAKER, None, None
    maker_name, _, product_name = name.partition(" ")
    maker = enum_values("manufacturer").get(maker_name)
    if maker is None:
        return UNKNOWN_MAKER, None, name
    product = enum_values("garmin_product").get(product_name) if maker_name == "garmin" else None
    if product is None and product_name.isdecimal() and int(product_name) < 0xFFFF:
        product = int(product_name)
    return maker, product, None if product is not None else product_name or None


def _device_info(index: int, device: str | None, start: int) -> bytes:
    maker, product, name = _device(device)
    fields: dict[int, tuple[str, Value]] = {
        253: ("uint32", start),
        0: ("uint8", index),
        2: ("uint16", maker),
        4: ("uint16", product),
    }
    if name:
        fields[27] = ("string", name)
    return _one(DEVICE, fields)


def _timeline(bout: Bout, start: int, end: int) -> list[bytes]:
    """Return timer events and samples in order of time."""
    define, rows = _samples(bout)
    out = [_event(start, 0), define]
    seconds = bout.samples.timestamp_us // 1_000_000 - FIT_EPOCH_S
    at = 0
    for stop_us, go_us in bout.pauses_us:
        stop, go = _seconds(stop_us), _seconds(go_us)
        upto = max(at, int(np.searchsorted(seconds, stop, side="right")))
        out += [rows[at:upto].tobytes(), _event(stop, 4), _event(go, 0)]
        at = upto
    return [*out, rows[at:].tobytes(), _event(end, 4)]


def _event(second: int, kind: int) -> bytes:
    return _one(EVENT, {253: ("uint32", second), 0: ("enum", 0), 1: ("enum", kind)})


def _samples(bout: Bout) -> tuple[bytes, NDArray[np.void]]:
    """Return the definition of the samples and one structured row for each."""
    samples = bout.samples
    fields = [(253, "uint32")]
    fields += [COLUMNS[name][:2] for name in COLUMNS if name in samples.columns]
    steps = samples.columns.get("step_rate_spm_x64")
    if steps is not None:
        fields += [(CADENCE, "uint8"), (FRACTION, "uint8")]
    dtype = np.dtype([("head", "u1"), *((str(n), "<" + CODES[BASE_TYPES[base]]) for n, base in fields)])
    rows = np.empty(len(samples), dtype)
    rows["head"] = LOCAL[RECORD]
    rows["253"] = samples.timestamp_us // 1_000_000 - FIT_EPOCH_S
    for name, (number, base, add) in COLUMNS.items():
        if name in samples.columns:
            values, valid = samples.columns[name]
            out = values.astype(np.int64) + add if add else values
            missing = INVALID[BASE_TYPES[base]] or 0
            rows[str(number)] = out if valid is None else np.where(valid, out, missing)
    if steps is not None:
        values, valid = steps
        whole, fraction = values >> 7, values & 127
        rows[str(CADENCE)] = whole if valid is None else np.where(valid, whole, 255)
        rows[str(FRACTION)] = fraction if valid is None else np.where(valid, fraction, 255)
    shape = tuple((n, dtype[str(n)].itemsize, BASE_TYPES[base]) for n, base in fields)
    return _define(RECORD, shape), rows


def _summaries(bout: Bout, start: int, end: int) -> list[bytes]:
    """Return the lap and the session: totals as the device says, else from samples and pauses."""
    totals = bout.totals
    paused = sum(go - stop for stop, go in bout.pauses_us) / 1e6
    elapsed = totals.elapsed_s if totals.elapsed_s is not None else float(end - start)
    timer = totals.timer_s if totals.timer_s is not None else max(0.0, elapsed - paused)
    distance = totals.distance_m if totals.distance_m is not None else _last(bout, "distance_m_x100")
    sport, finer = SPORTS.get(bout.sport, (0, 0))
    finer = enum_values("sub_sport").get(bout.sub_sport or "", finer)
    steps = totals.steps

    def common(sport_at: int, finer_at: int) -> dict[int, tuple[str, Value]]:
        return {
            253: ("uint32", end),
            2: ("uint32", start),
            7: ("uint32", round(elapsed * 1000)),
            8: ("uint32", round(timer * 1000)),
            9: ("uint32", None if distance is None else round(distance * 100)),
            10: ("uint32", None if steps is None else round(steps / 2)),
            sport_at: ("enum", sport),
            finer_at: ("enum", finer),
        }

    heart, ascent, descent = (
        None if value is None else round(value)
        for value in (totals.heart_rate_bpm, totals.ascent_m, totals.descent_m)
    )
    lap = common(25, 39) | {15: ("uint8", heart), 21: ("uint16", ascent), 22: ("uint16", descent)}
    session = common(5, 6) | {16: ("uint8", heart), 22: ("uint16", ascent), 23: ("uint16", descent)}
    return [_one(LAP, lap), _one(SESSION, session | {26: ("uint16", 1)})]


def _last(bout: Bout, name: str) -> float | None:
    column = bout.samples.floats(name)
    if column is None or not (known := np.flatnonzero(~np.isnan(column))).size:
        return None
    return float(column[known[-1]])


def _activity(bout: Bout, end: int) -> bytes:
    local = None if bout.utc_offset_s is None else end + bout.utc_offset_s
    return _one(
        ACTIVITY,
        {
            253: ("uint32", end),
            1: ("uint16", 1),
            2: ("enum", 0),
            3: ("enum", 26),
            4: ("enum", 1),
            5: ("uint32", local),
        },
    )
