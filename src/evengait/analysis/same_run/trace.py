"""A recording at a few instants: enough to tell whether another one is of the same run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.stretches import CLOCK_SET_S
from evengait.core.columns import table
from evengait.core.same_run import Trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.core.recording import Samples
    from evengait.core.same_run import Limits

NO_PLACE = 2**31 - 1
NO_RATE = -1


def trace_of(samples: Samples, limits: Limits) -> Trace | None:
    """Return a recording's trace; None where it is too short for one point, or has nothing to compare.

    Parameters
    ----------
    samples : Samples
    limits : Limits

    Examples
    --------
    >>> from evengait.core.recording import Samples
    >>> from evengait.knowledge.same_run import same_run_limits
    >>> clock = np.arange(0, 61) * 1_000_000
    >>> pulse = np.arange(100, 161, dtype=np.int16)
    >>> trace_of(Samples(clock, {"heart_rate_bpm": (pulse, None)}), same_run_limits()).pulse.tolist()
    [100, 120, 140, 160]
    """
    if not len(samples):
        return None
    first_us, last_us = int(samples.timestamp_us[0]), _end(samples.timestamp_us)
    step = int(limits.trace_step_s)
    while (last_us - first_us) / 1e6 / step > limits.trace_points and step < 2**20:
        step *= 2
    first, last = -(-first_us // (step * 1_000_000)), last_us // (step * 1_000_000)
    if last < first:
        return None
    at = np.arange(first, last + 1, dtype=np.int64) * step * 1_000_000
    near = _near(samples.timestamp_us, at)
    gap_us = limits.trace_gap_s * 1e6
    lat, lon = (_at(samples, f"{name}_semicircles", near, gap_us) for name in ("lat", "lon"))
    pulse = _at(samples, "heart_rate_bpm", near, gap_us)
    rate = _at(samples, "step_rate_spm_x64", near, gap_us)
    if lat is None or lon is None:
        lat = lon = None
    if lat is None and pulse is None and rate is None:
        return None
    return Trace(step, int(first), _places(lat), _places(lon), _rates(pulse), _rates(rate))


def _end(clock: NDArray[np.int64]) -> int:
    """Return the last instant before a device's clock was set: one sample years later is no recording of years."""
    jumps = np.flatnonzero(np.diff(clock) > CLOCK_SET_S * 1e6)
    return int(clock[jumps[0]] if len(jumps) else clock[-1])


@dataclass(frozen=True, eq=False)
class _Near:
    """The samples before and after each instant; the same one where a sample is at the instant itself."""

    at: NDArray[np.int64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    inside: NDArray[np.bool_]


def _near(clock: NDArray[np.int64], at: NDArray[np.int64]) -> _Near:
    after = np.searchsorted(clock, at)
    inside = after < len(clock)
    after = np.minimum(after, len(clock) - 1)
    there = clock[after] == at
    inside &= there | (after > 0)
    return _Near(at, np.where(there, after, np.maximum(after - 1, 0)), after, inside)


def _at(samples: Samples, name: str, near: _Near, gap_us: float) -> NDArray[np.float64] | None:
    """Return a column at some instants, NaN where samples are too far apart; None where it says nothing at all."""
    if name not in samples.columns:
        return None
    values, valid = samples.columns[name]
    clock = samples.timestamp_us
    if valid is not None and not (valid[near.before].all() and valid[near.after].all()):
        # Some of the nearest samples lack it: the nearest that have it.
        if not valid.any():
            return None
        clock, values = clock[valid], values[valid]
        near = _near(clock, near.at)
    width = clock[near.after] - clock[near.before]
    part = np.divide(near.at - clock[near.before], width, out=np.zeros(len(near.at)), where=width > 0)
    low, high = values[near.before].astype(np.float64), values[near.after].astype(np.float64)
    out: NDArray[np.float64] = (low + (high - low) * part) / table("samples")[name].scale
    out[~near.inside | (width > gap_us)] = np.nan
    return None if np.isnan(out).all() else out


def _places(values: NDArray[np.float64] | None) -> NDArray[np.int32] | None:
    if values is None:
        return None
    return np.where(np.isnan(values), NO_PLACE, np.rint(np.nan_to_num(values))).astype(np.int32)


def _rates(values: NDArray[np.float64] | None) -> NDArray[np.int16] | None:
    if values is None:
        return None
    return np.where(np.isnan(values), NO_RATE, np.rint(np.nan_to_num(values))).astype(np.int16)
