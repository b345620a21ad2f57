"""Whether two recordings are of one run, and by what one can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from evengait.analysis.same_run.trace import NO_PLACE, NO_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.core.same_run import Brief, Limits, Trace

How = Literal["track", "pulse", "time", "shifted"]

_FOOT = {"running", "walking", "hiking"}
_METRES = 180 / 2**31 * 111_195.0
"""Metres in a semicircle of latitude."""


@dataclass(frozen=True)
class Match:
    """Two recordings of one run.

    Attributes
    ----------
    how : str
        What told: their tracks, their pulses, their time alone, or a copy under another clock.
    shift_us : int
        To be added to the second one's instants to get the first one's.
    common_us : int
        Time that both cover, after the shift.
    """

    how: How
    shift_us: int
    common_us: int


@dataclass(frozen=True, eq=False)
class _Both:
    """Two traces at their common instants; NaN = not known, None = one of them does not record it."""

    apart_m: NDArray[np.float64] | None
    pulse: tuple[NDArray[np.float64], NDArray[np.float64]] | None
    step_rate: tuple[NDArray[np.float64], NDArray[np.float64]] | None
    span_m: float = 0.0


def match(one: Brief, other: Brief, limits: Limits) -> Match | None:
    """Tell whether two recordings are of one run; None = no, or nothing says so.

    Parameters
    ----------
    one, other : Brief
        In either order, but for the sign of the shift.
    limits : Limits

    Examples
    --------
    >>> from evengait.core.same_run import Brief
    >>> from evengait.knowledge.same_run import same_run_limits
    >>> watch = Brief("a", 0, 3_600_000_000, "running", 3600, frozenset())
    >>> phone = Brief("b", 60_000_000, 3_500_000_000, "running", 600, frozenset())
    >>> match(watch, phone, same_run_limits()).how
    'time'
    """
    if not _kin(one.sport, other.sport):
        return None
    common = _common(one, other, 0)
    if common > 0:
        found = _together(one, other, common, limits)
        if found is not None:
            return Match(found, 0, common)
        if _contradicted(one, other, limits):
            return _moved(one, other, limits)
        if cut_copy(one, other, limits):
            return Match("time", 0, common)
        longer = max(one.end_us - one.start_us, other.end_us - other.start_us)
        if _same_word(one.sport, other.sport) and common >= limits.same_span * longer:
            return Match("time", 0, common)
    elif one.start_us == other.start_us and one.end_us == other.end_us and one.sport == other.sport:
        return Match("time", 0, 0)
    return _moved(one, other, limits)


def _kin(one: str, other: str) -> bool:
    return _same_word(one, other) or {one, other} <= _FOOT


def _same_word(one: str, other: str) -> bool:
    return one == other or "other" in (one, other)


def _common(one: Brief, other: Brief, shift_us: int) -> int:
    return min(one.end_us, other.end_us + shift_us) - max(one.start_us, other.start_us + shift_us)


def _together(one: Brief, other: Brief, common: int, limits: Limits) -> How | None:
    """Tell whether tracks or pulses show one run at the same time by both clocks."""
    shorter = min(one.end_us - one.start_us, other.end_us - other.start_us)
    if common < limits.part_of * shorter or one.trace is None or other.trace is None:
        return None
    both = _both(one.trace, other.trace, 0)
    if both.apart_m is not None and _count(both.apart_m) >= limits.least_points:
        median, p90 = _quantiles(both.apart_m)
        if median <= limits.copy_median_m and p90 <= limits.copy_p90_m:
            return "track"
        near = median <= limits.track_median_m and p90 <= limits.track_p90_m
        return "track" if near and not _two_people(both, limits) else None
    return "pulse" if _same_heart(both, limits.pulse_median_bpm, limits) else None


def _contradicted(one: Brief, other: Brief, limits: Limits) -> bool:
    """Tell whether tracks, pulses or steps show that it is not one run at the same time."""
    if one.trace is None or other.trace is None:
        return False
    both = _both(one.trace, other.trace, 0)
    if both.apart_m is not None and _count(both.apart_m) >= limits.least_points:
        return True
    return _two_people(both, limits)


def cut_copy(one: Brief, other: Brief, limits: Limits) -> bool:
    """Tell whether one is the beginning of the other: nobody starts two runs in the same second."""
    if (
        not _same_word(one.sport, other.sport)
        or abs(one.start_us - other.start_us) > limits.cut_start_s * 1e6
    ):
        return False
    if one.trace is None or other.trace is None:
        return True
    apart = _both(one.trace, other.trace, 0).apart_m
    return apart is None or not _count(apart) or float(np.nanmax(apart)) <= limits.track_p90_m


def _moved(one: Brief, other: Brief, limits: Limits) -> Match | None:
    """Look for a copy under another clock, or a device whose clock was wrong."""
    if one.trace is None or other.trace is None or not _same_word(one.sport, other.sport):
        return None
    starts = one.start_us - other.start_us
    if abs(one.elapsed_s - other.elapsed_s) <= limits.copy_elapsed_s and starts:
        for shift in dict.fromkeys((starts, one.end_us - other.end_us, _quarter(starts))):
            if abs(shift) <= limits.copy_shift_s * 1e6 and _copied(one.trace, other.trace, shift, limits):
                return Match("shifted", shift, _common(one, other, shift))
    if abs(starts) <= limits.clock_error_s * 1e6:
        return _other_clock(one, other, limits)
    return None


def _quarter(shift_us: int) -> int:
    return round(shift_us / 900e6) * 900_000_000


def _copied(one: Trace, other: Trace, shift_us: int, limits: Limits) -> bool:
    both = _both(one, other, shift_us)
    if both.apart_m is not None:
        median, p90 = _quantiles(both.apart_m)
        fits = (
            _count(both.apart_m) >= limits.least_points
            and median <= limits.shifted_track_median_m
            and p90 <= limits.shifted_track_p90_m
            and both.span_m >= limits.shifted_span_m
        )
        if not fits or _apart(both.pulse, limits) is None:
            return fits
    return _same_heart(both, limits.pulse_copy_bpm, limits)


def _other_clock(one: Brief, other: Brief, limits: Limits) -> Match | None:
    """Two devices on one runner, one of whose clocks is some minutes off: track and pulse must both fit."""
    if one.trace is None or other.trace is None or one.trace.pulse is None or other.trace.pulse is None:
        return None
    step = min(one.trace.step_s, other.trace.step_s) * 500_000
    most = int(limits.clock_error_s * 1e6) // step
    best: tuple[float, int] | None = None
    for shift in range(-most * step, most * step + 1, step):
        longer = max(one.end_us - one.start_us, other.end_us - other.start_us)
        if not shift or _common(one, other, shift) < limits.same_span * longer:
            continue
        both = _both(one.trace, other.trace, shift)
        if both.apart_m is None or _count(both.apart_m) < limits.least_points:
            continue
        median, p90 = _quantiles(both.apart_m)
        near = median <= limits.track_median_m and p90 <= limits.track_p90_m
        if near and both.span_m >= limits.shifted_span_m and (best is None or median < best[0]):
            best = median, shift
    if best is None or not _same_heart(
        _both(one.trace, other.trace, best[1]), limits.pulse_median_bpm, limits
    ):
        return None
    return Match("shifted", best[1], _common(one, other, best[1]))


def _same_heart(both: _Both, most_bpm: float, limits: Limits) -> bool:
    apart = _apart(both.pulse, limits)
    if apart is None or both.pulse is None:
        return False
    spread = min(np.nanstd(both.pulse[0]), np.nanstd(both.pulse[1]))
    return apart <= most_bpm and bool(spread >= limits.pulse_spread_bpm)


def _two_people(both: _Both, limits: Limits) -> bool:
    """Tell whether pulse and steps show two people: each a little where both are known, one alone by much."""
    pulse = _apart(both.pulse, limits)
    steps = _apart(both.step_rate, limits)
    if pulse is not None and steps is not None:
        return pulse > limits.pulse_median_bpm and steps > limits.step_rate_median_spm
    if pulse is not None:
        return pulse > limits.other_pulse_bpm
    return steps is not None and steps > limits.other_step_rate_spm


def _apart(pair: tuple[NDArray[np.float64], NDArray[np.float64]] | None, limits: Limits) -> float | None:
    """Return by how much two lines differ for half of the time; None = too little is known."""
    if pair is None or _count(pair[0] - pair[1]) < limits.least_points:
        return None
    return float(np.nanmedian(np.abs(pair[0] - pair[1])))


def _both(one: Trace, other: Trace, shift_us: int) -> _Both:
    step = max(one.step_s, other.step_s)
    first, last = _range(one)
    first_other, last_other = (edge + shift_us / 1e6 for edge in _range(other))
    begin, end = max(first, first_other), min(last, last_other)
    at = np.arange(-(-begin // step), end // step + 1) * step
    if not len(at):
        at = np.empty(0)
    there = at - shift_us / 1e6

    def pair(name: str, unknown: int) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours is None or theirs is None:
            return None
        return _filled(one, ours, unknown, at), _filled(other, theirs, unknown, there)

    lat, lon = pair("lat", NO_PLACE), pair("lon", NO_PLACE)
    apart, span = None, 0.0
    if lat is not None and lon is not None:
        narrow = np.cos(np.radians(lat[0] * 180 / 2**31))
        apart = np.hypot(lat[0] - lat[1], (lon[0] - lon[1]) * narrow) * _METRES
        if _count(apart):
            span = float(np.hypot(_width(lat[0]), _width(lon[0] * narrow)) * _METRES)
    rate = pair("step_rate", NO_RATE)
    if rate is not None:
        still = (rate[0] <= 0) | (rate[1] <= 0)
        rate = np.where(still, np.nan, rate[0]), np.where(still, np.nan, rate[1])
    return _Both(apart, pair("pulse", NO_RATE), rate, span)


def _range(trace: Trace) -> tuple[float, float]:
    known = next(a for a in (trace.lat, trace.pulse, trace.step_rate) if a is not None)
    return float(trace.first * trace.step_s), float((trace.first + len(known) - 1) * trace.step_s)


def _filled(
    trace: Trace, given: NDArray[np.int32] | NDArray[np.int16], unknown: int, at: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a trace's values at some seconds, in between where need be; NaN next to an unknown point."""
    values = given.astype(np.float64)
    values[given == unknown] = np.nan
    place = at / trace.step_s - trace.first
    low = np.clip(np.floor(place + 1e-9).astype(np.int64), 0, len(values) - 1)
    part = place - low
    high = np.minimum(low + 1, len(values) - 1)
    out: NDArray[np.float64] = np.where(
        part < 1e-6, values[low], values[low] * (1 - part) + values[high] * part
    )
    return out


def _count(values: NDArray[np.float64]) -> int:
    return int((~np.isnan(values)).sum())


def _quantiles(values: NDArray[np.float64]) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.inf, np.inf
    return float(np.median(known)), float(np.quantile(known, 0.9))


def _width(values: NDArray[np.float64]) -> float:
    return float(np.nanmax(values) - np.nanmin(values))
