"""Gait of each date at the runner's usual speed, within one sensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.gait.level_ground import BINS_PER_M_S
from evengait.analysis.series import ratio, sum_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEAST_SECONDS = 120.0
"""Level running of less than this in a session tells too little. Design choice (grade D)."""
PRIOR_WITHIN = 3600.0 * 0.15**2
"""Evidence for no slope at all: an hour at speeds 15 % off the session's mean. Keeps a slope that the recordings
hardly show from being taken at its word. Design choice (grade D)."""
PRIOR_BETWEEN = 10 * 0.085**2
"""The slope within sessions counts like ten pairs of sessions 8.5 % apart in speed. Design choice (grade D)."""

MEASURES = {
    "step_rate_spm": "gait_step_rate_spm",
    "contact_time_ms": "gait_contact_time_ms",
    "balance_left_pct": "gait_balance_left_pct",
}


def adjusted_gait(log: RunLog) -> dict[str, Floats | list[str | None]]:
    """Average each date's level-ground gait, moved to the runner's usual speed.

    For each sensor and measure the slope against the logarithm of speed comes from differences between one
    session and the next, held near the slope within sessions where there are few. A lasting change of gait touches
    one difference alone, so it is not mistaken for an effect of speed; the slope within sessions alone would be
    too flat, as a watch's speed is noisy from second to second. A session's value is its mean over seconds of
    ``measure - slope * ln(speed / usual speed)``; the usual speed is the median over the whole archive.

    Returns
    -------
    step_rate_spm, contact_time_ms, balance_left_pct : float64 arrays of shape (days,)
        NaN where not measured, or on less than two minutes of level ground.
    gait_sensor : list of str or None
        The session's ``gait_sensor``, else its ``device``, of most of the date's level seconds; the date's values
        are of this sensor alone. Values of different sensors are not comparable.

    References
    ----------
    One sensor per comparison: devices disagree (Rodriguez-Barbero 2024; Berzosa 2024, Sensors 24:3570). The
    model is a design choice (grade D).
    """
    run, bins = log.rows("gait_speed_bin")
    seconds = log.rows("gait_seconds")[1]
    sensors = log.runs["gait_sensor"].fill_null(log.runs["device"]).to_list()
    names = sorted({sensor for sensor in sensors if sensor is not None})
    code = np.array([-1 if sensor is None else names.index(sensor) for sensor in sensors], np.int64)
    chosen = _sensor_of_day(log, code, sum_by(run, seconds, len(code)), len(names))
    code = np.where(code == chosen[log.day], code, -1)
    log_speed = np.log((bins + 0.5) / BINS_PER_M_S)
    off = log_speed - _weighted_median(log_speed, seconds)
    out: dict[str, Floats | list[str | None]] = {}
    measured = np.zeros(len(log), bool)
    for name, column in MEASURES.items():
        level, held = _by_sensor(code, run, off, _aligned(log, column, run), seconds)
        held[held < LEAST_SECONDS] = 0.0
        day = ratio(sum_by(log.day, level * held, len(log)), sum_by(log.day, held, len(log)))
        measured |= ~np.isnan(day)
        out[name] = day
    out["gait_sensor"] = [
        names[c] if ok else None for c, ok in zip(chosen.tolist(), measured.tolist(), strict=True)
    ]
    return out


def _by_sensor(
    code: Ints, run: Ints, speed: Floats, values: Floats, seconds: Floats
) -> tuple[Floats, Floats]:
    """Return each session's level and seconds, sensor by sensor; 0 seconds where nothing was measured."""
    level, held = np.zeros(len(code)), np.zeros(len(code))
    known = ~np.isnan(values)
    for sensor in range(int(code.max(initial=-1)) + 1):
        use = known & (code[run] == sensor)
        if use.any():
            found, long = _levels(run[use], speed[use], values[use], seconds[use], len(code))
            level, held = level + found, held + long
    return level, held


def _aligned(log: RunLog, column: str, run: Ints) -> Floats:
    """Return a gait column flat along ``run``, NaN for sessions where the whole column is null."""
    own_run, own = log.rows(column)
    if len(own) == len(run):
        return own
    out = np.full(len(run), np.nan)
    out[np.isin(run, own_run)] = own
    return out


def _levels(run: Ints, speed: Floats, values: Floats, seconds: Floats, size: int) -> tuple[Floats, Floats]:
    """Return each session's mean at the usual speed (``speed`` 0), and its seconds."""
    held = sum_by(run, seconds, size)
    mean_speed = np.nan_to_num(ratio(sum_by(run, seconds * speed, size), held))
    mean_value = np.nan_to_num(ratio(sum_by(run, seconds * values, size), held))
    off_speed, off_value = speed - mean_speed[run], values - mean_value[run]
    within = (seconds * off_speed * off_value).sum() / ((seconds * off_speed**2).sum() + PRIOR_WITHIN)
    enough = held >= LEAST_SECONDS
    step_speed, step_value = np.diff(mean_speed[enough]), np.diff(mean_value[enough])
    between = (step_speed * step_value).sum() + PRIOR_BETWEEN * within
    slope = between / ((step_speed**2).sum() + PRIOR_BETWEEN)
    return mean_value - slope * mean_speed, held


def _sensor_of_day(log: RunLog, codes: Ints, seconds: Floats, sensors: int) -> Ints:
    """Return the sensor with most level seconds on each day, -1 = none."""
    if not sensors:
        return np.full(len(log), -1)
    held = np.zeros((len(log), sensors))
    known = codes >= 0
    np.add.at(held, (log.day[known], codes[known]), seconds[known])
    return np.where(held.max(axis=1) > 0, held.argmax(axis=1), -1)


def _weighted_median(values: Floats, weights: Floats) -> float:
    if not len(values):
        return 0.0
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
