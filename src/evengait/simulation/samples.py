"""The samples of a made-up session: a recording that gives its row again, about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from evengait.core.recording import Bout, DeviceTotals, Samples
from evengait.simulation.effort import second_by_second
from evengait.simulation.pace import CENTRES
from evengait.simulation.route import draw_hills, positions
from evengait.simulation.smooth import lag, rolling, wander

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Columns = dict[str, tuple[NDArray[np.integer[Any]], Bools | None]]

_PAUSE_LEAST_S = 15


@dataclass(frozen=True, eq=False)
class _Body:
    """What the legs do in each second."""

    speed: Floats
    distance: Floats
    rise: Floats


def simulate_bout(row: Mapping[str, Any], seed: int, *, every_s: int = 1) -> Bout:
    """Make up the recording of one session.

    Parameters
    ----------
    row : mapping
        A row of a simulated [sessions] table, as from ``sessions.row(i, named=True)``.
    seed : int
        Seed of the noise; the row's ``session`` goes into it too.
    every_s : int
        One sample in so many seconds and the last one, as watches that save space write.  [s]

    Returns
    -------
    Bout
        Its distance is the row's to the centimetre; time in speed bins, climb, step rate, contact time and balance
        come out near the row's. What the row does not have (heart rate, altitude, balance) it does not have.

    Examples
    --------
    >>> from evengait.simulation.history import simulate_history
    >>> row = simulate_history(1).sessions.row(0, named=True)
    >>> bout = simulate_bout(row, 1)
    >>> bool(abs(bout.samples.floats("distance_m_x100")[-1] - row["distance_m"]) < 0.01)
    True
    """
    rng = np.random.default_rng([seed, crc32(row["session"].encode())])
    seconds = max(60, round(row["moving_s"]))
    columns = _run(row, seconds, rng) if row["distance_m"] else _indoors(seconds, rng)
    clock, pauses = _clock(row["start"], seconds, round(row["elapsed_s"]), rng)
    kept = np.unique(np.append(np.arange(0, seconds, every_s), seconds - 1))
    columns = {
        name: (values[kept].astype(np.int32), None if valid is None or valid[kept].all() else valid[kept])
        for name, (values, valid) in columns.items()
    }
    totals = DeviceTotals(
        distance_m=row["distance_m"],
        elapsed_s=row["elapsed_s"],
        timer_s=float(seconds),
        ascent_m=row["ascent_m"],
        descent_m=row["descent_m"],
        steps=row["steps"],
        heart_rate_bpm=row["heart_rate_bpm"],
    )
    return Bout(
        start_us=int(clock[0]),
        sport=row["sport"],
        samples=Samples(clock[kept], columns),
        sub_sport=row["sub_sport"],
        utc_offset_s=row["utc_offset_s"],
        device=row["device"],
        gait_sensor=row["gait_sensor"],
        pauses_us=pauses,
        totals=totals,
    )


def _clock(
    start: datetime, seconds: int, elapsed: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], tuple[tuple[int, int], ...]]:
    """Return the instants, with the timer stopped at a few places if the session took longer than its running."""
    begin = int(start.timestamp()) * 1_000_000
    clock = np.arange(seconds)
    standing = elapsed - seconds
    if standing < _PAUSE_LEAST_S:
        return begin + clock * 1_000_000, ()
    count = min(4, 1 + standing // 120)
    places = np.sort(rng.choice(np.arange(1, max(count + 2, seconds // 30)), count, replace=False)) * 30
    length, pauses = standing // count, []
    for place in places[places < seconds - 1].tolist():
        clock[place:] += length
        pauses.append((begin + int(clock[place - 1]) * 1_000_000, begin + int(clock[place]) * 1_000_000))
    return begin + clock * 1_000_000, tuple(pauses)


def _run(row: Mapping[str, Any], seconds: int, rng: np.random.Generator) -> Columns:
    """Return the columns of a run."""
    body, height = _movement(row, seconds, rng)
    columns: Columns = {
        "distance_m_x100": (np.round(body.distance * 100).astype(np.int64), None),
        "speed_m_s_x1000": (np.round(rolling(body.speed, 3) * 1000).astype(np.int64), None),
    }
    if row["sub_sport"] != "treadmill":
        lat, lon = positions(body.distance, rng)
        fixed = _from(seconds, int(rng.integers(0, 12)))
        columns |= {"lat_semicircles": (lat, fixed), "lon_semicircles": (lon, fixed)}
    if row["ascent_m"] is not None:
        shown = height + 0.25 * wander(rng, seconds, 40)
        columns["altitude_m_x5"] = (np.round(shown * 5).astype(np.int64), None)
    columns |= _heart(row, body.speed + 12 * body.rise, seconds, rng)
    columns |= _gait(row, body, seconds, rng)
    columns["temperature_c"] = (np.round(14 + 4 * wander(rng, seconds, 900)).astype(np.int64), None)
    return columns


def _movement(row: Mapping[str, Any], seconds: int, rng: np.random.Generator) -> tuple[_Body, Floats]:
    histogram = np.asarray(row["speed_hist_m"], dtype=np.float64)
    even = np.linspace(0, row["distance_m"], seconds)
    climb = (row["ascent_m"] or 0.0), (row["descent_m"] or 0.0)
    hills = draw_hills(row["distance_m"], *climb, rng)
    speed = second_by_second(histogram, seconds, np.gradient(hills.height(even)), rng)
    travelled = np.concatenate([[0.0], np.cumsum(speed[1:])])
    travelled *= row["distance_m"] / travelled[-1]
    height = hills.height(travelled)
    return _Body(speed, travelled, np.gradient(height) / np.maximum(speed, 0.5)), height


def _heart(row: Mapping[str, Any], effort: Floats, seconds: int, rng: np.random.Generator) -> Columns:
    mean = row["heart_rate_bpm"]
    if mean is None:
        return {}
    clock = np.arange(seconds)
    drift = 5.0 * (clock / seconds - 0.5)
    beats = lag(20 * (effort - effort.mean()), 35.0) + drift + 1.5 * wander(rng, seconds, 30)
    beats -= 40.0 * np.exp(-clock / 70.0)
    beats += mean - beats.mean()
    return {
        "heart_rate_bpm": (
            np.round(np.clip(beats, 50, 215)).astype(np.int64),
            _from(seconds, int(rng.integers(0, 6))),
        )
    }


def _gait(row: Mapping[str, Any], body: _Body, seconds: int, rng: np.random.Generator) -> Columns:
    """Return what the watch and its sensor measure in each step; on slopes it departs from level running."""
    rate = _at_speed(row, "gait_step_rate_spm", body.speed, 60.0 * row["steps"] / row["moving_s"], 8.0)
    rate = np.round(
        rate + 40 * body.rise + 0.9 * wander(rng, seconds, 8) + 0.5 * rng.standard_normal(seconds)
    )
    columns: Columns = {"step_rate_spm_x64": (rate.astype(np.int64) * 64, None)}
    if row["gait_sensor"] is None:
        return columns
    known = _from(seconds, int(rng.integers(3, 20)))
    contact = _at_speed(row, "gait_contact_time_ms", body.speed, 245.0, -38.0)
    contact = np.round(
        contact - 60 * body.rise + 2.0 * wander(rng, seconds, 5) + 0.8 * rng.standard_normal(seconds)
    )
    bounce = 88 - 5 * (body.speed - 3) - 90 * body.rise + 2.0 * wander(rng, seconds, 6)
    columns["contact_time_ms_x10"] = (contact.astype(np.int64) * 10, known)
    columns["vertical_oscillation_mm_x10"] = (np.round(bounce).astype(np.int64) * 10, known)
    columns["step_length_mm_x10"] = (np.round(60_000 * body.speed / rate).astype(np.int64) * 10, known)
    if row["gait_balance_left_pct"] is not None:
        left = _at_speed(row, "gait_balance_left_pct", body.speed, 50.0, 0.0) - 2 * body.rise
        left = left + 0.35 * wander(rng, seconds, 7)
        columns["balance_left_pct_x100"] = (np.round(left * 16).astype(np.int64) * 100 // 16, known)
    return columns


def _at_speed(row: Mapping[str, Any], column: str, speed: Floats, otherwise: float, slope: float) -> Floats:
    """Return a gait measure at each speed: the row's own line through its bins, or a plain runner's."""
    values = [float("nan") if value is None else value for value in row[column] or ()]
    known = np.asarray(values)
    bins = np.asarray(row["gait_speed_bin"] or (), dtype=np.int64)
    if not len(known) or np.isnan(known).all():
        plain: Floats = otherwise + slope * (speed - speed.mean())
        return plain
    weight = np.where(np.isnan(known), 0.0, np.asarray(row["gait_seconds"]))
    level = float(np.average(np.nan_to_num(known) - slope * CENTRES[bins], weights=weight))
    out: Floats = level + slope * speed
    return out


def _indoors(seconds: int, rng: np.random.Generator) -> Columns:
    """Return the columns of a session without distance, as strength work."""
    beats = 96 + 14 * rolling(wander(rng, seconds, 90), 15)
    columns: Columns = {"heart_rate_bpm": (np.round(beats.clip(60, 170)).astype(np.int64), None)}
    columns["temperature_c"] = (np.full(seconds, 21, dtype=np.int64), None)
    return columns


def _from(seconds: int, first: int) -> Bools:
    """Return what is known from the ``first`` second on: sensors wake late."""
    out: Bools = np.arange(seconds) >= first
    return out
