"""Metres advanced from sample to sample, from the best of three witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.series import ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.load.stretches import Stretches

    Floats = NDArray[np.float64]

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""
RADIANS = np.pi / 2**31
"""One semicircle, in radians."""
FIX_STEP_S = 3.0
"""Fixes nearer in time than this are not measured singly: their jitter would add up. Design choice."""
LEAST_KNOWN_SHARE = 0.8
"""Speed must be known for this share of the samples to be added up. Design choice."""
LONGEST_SILENCE_S = 30.0


def path_m(stretches: Stretches) -> Floats | None:
    """Tell how far each stretch went: by the device's distance, else its positions, else its speed.

    Parameters
    ----------
    stretches : Stretches
        Samples with ``distance_m_x100``, ``lat_semicircles`` and ``lon_semicircles``, or ``speed_m_s_x1000``.

    Returns
    -------
    float64 array of shape (n - 1,), or None  [m]
        Never negative: a falling counter adds nothing. A jump faster than anyone runs, over the time since
        the path last advanced, is cut to that speed. A witness that stands still throughout gives way to the
        next; None where there is no witness at all.

    References
    ----------
    Design choice (grade D): device distance first, as it may come from a foot pod or a treadmill.

    Examples
    --------
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> clock = np.arange(4) * 1_000_000
    >>> counter = np.array([0, 300, 200, 99_900])  # cm: a step back, then a jump of a kilometre
    >>> path_m(Stretches(Bout(0, "running", Samples(clock, {"distance_m_x100": (counter, None)})))).tolist()
    [3.0, 0.0, 25.0]
    """
    still: Floats | None = None
    for witness in (_by_distance, _by_position, _by_speed):
        metres = witness(stretches)
        if metres is None:
            continue
        if metres.any():
            return metres
        still = metres if still is None else still
    return still


def _by_distance(stretches: Stretches) -> Floats | None:
    counter = stretches.samples.floats("distance_m_x100")
    if counter is None:
        return None
    known = ~np.isnan(counter)
    if not known.all():
        if np.count_nonzero(known) < 2:
            return None
        # Lengths of a pool that a watch writes down at one instant: the last one holds what it counted until then.
        clock, said = stretches.clock_s[known], counter[known]
        last = np.diff(clock, append=np.inf) > 0
        counter = np.interp(stretches.clock_s, clock[last], said[last])
    return _bounded(np.maximum(np.diff(counter), 0.0), stretches)


def _by_position(stretches: Stretches) -> Floats | None:
    columns = stretches.samples.columns
    if "lat_semicircles" not in columns or "lon_semicircles" not in columns:
        return None
    (lat, lat_ok), (lon, lon_ok) = columns["lat_semicircles"], columns["lon_semicircles"]
    known = np.ones(len(lat), bool)
    for ok in (lat_ok, lon_ok):
        if ok is not None:
            known &= ok
    clock = stretches.clock_s
    # One fix in every FIX_STEP_S, always with the last: jitter of fixes a second apart is not summed.
    slot = np.floor(clock[known] / FIX_STEP_S)
    first = np.flatnonzero(np.diff(slot, prepend=-1.0) > 0) if len(slot) else np.zeros(0, np.int64)
    fixes = np.flatnonzero(known)[np.union1d(first, [len(slot) - 1])] if len(slot) else first
    if len(fixes) < 2:
        return None
    legs = _legs(lat[fixes].astype(np.int64), lon[fixes].astype(np.int64))
    along = np.interp(clock, clock[fixes], np.concatenate(([0.0], np.cumsum(legs))))
    metres = np.diff(along)
    if stretches.bout.pauses_us:
        # A device's counter stands still while the timer is stopped; positions do not.
        metres *= np.clip(ratio(stretches.seconds, np.diff(clock)), 0.0, 1.0)
    return _bounded(np.nan_to_num(metres), stretches)


def _legs(lat: NDArray[np.int64], lon: NDArray[np.int64]) -> Floats:
    """Great-circle metres between neighbouring fixes (haversine; safe over the date line)."""
    phi = lat * RADIANS
    half_phi = np.diff(phi) / 2
    half_lambda = np.diff(lon) * (RADIANS / 2)
    root = np.sin(half_phi) ** 2 + np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(half_lambda) ** 2
    out: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(root, 1.0)))
    return out


def _by_speed(stretches: Stretches) -> Floats | None:
    said = stretches.samples.floats("speed_m_s_x1000")
    if said is None or len(said) < 2:
        return None
    known = ~np.isnan(said)
    if np.count_nonzero(known) < LEAST_KNOWN_SHARE * len(said):
        return None
    speed = np.interp(stretches.clock_s, stretches.clock_s[known], said[known])
    # A speed holds for its own stretch only while samples are dense; a long silence adds nothing.
    seconds = np.where(stretches.seconds <= LONGEST_SILENCE_S, stretches.seconds, 0.0)
    out: Floats = np.minimum(speed[1:], stretches.top_speed_m_s) * seconds
    return out


def _bounded(metres: Floats, stretches: Stretches) -> Floats:
    """Cut advances faster than the sport's top speed over the time since the path last advanced."""
    wall = np.diff(stretches.clock_s)
    top = stretches.top_speed_m_s
    if not (metres > top * np.maximum(wall, 2.0)).any():
        return metres
    out = metres.copy()
    moved = np.flatnonzero(metres > 0)
    since = np.diff(stretches.clock_s[moved + 1], prepend=0.0)
    out[moved] = np.minimum(metres[moved], top * np.maximum(since, 2.0))
    return out
