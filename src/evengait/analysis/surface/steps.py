"""Samples into steps of a few metres: what is laid on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.stretches import Stretches
from evengait.analysis.surface.grid import M_PER_DEGREE
from evengait.core.recording import Bout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.core.recording import Samples

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

STEP_M = 12.0
"""Fixes within it are averaged: shorter steps tell nothing new, since a watch's error hardly changes between them."""

LONGEST_GAP_M = 600.0
"""A gap in the positions up to this length is laid along the straight line; beyond it, nobody knows. Design choice."""

LEAST_STRAIGHT = 0.6
"""A gap whose ends are nearer than this share of the metres run in it held a bend: nobody knows where."""

SAG = 0.3
"""How far from the straight line the middle of a gap may lie, as a share of its length (one standard deviation)."""

_SEMICIRCLE = 180.0 / 2**31


@dataclass(frozen=True)
class Steps:
    """A session as steps, in the order of time.

    Attributes
    ----------
    lat, lon : float64 arrays of shape (n,)
        Where.  [degrees]
    along_m : float64 array of shape (n,)
        How far from the start.  [m]
    metres : float64 array of shape (n,)
        What each stands for.  [m]
    sag_m : float64 array of shape (n,)
        How far from there it may have been besides the watch's own error: 0 for a fix, more inside a gap.  [m]
    linked : bool array of shape (n,)
        Whether the way from the step before is known: False for the first, and after a long gap.
    lost_m : float
        Metres without a position.  [m]
    """

    lat: Floats
    lon: Floats
    along_m: Floats
    metres: Floats
    sag_m: Floats
    linked: Bools
    lost_m: float

    def __len__(self) -> int:
        return len(self.lat)


def steps_of(samples: Samples, sport: str) -> Steps | None:
    """Lay a session out in steps of about ``STEP_M``; None where no sample tells how far it went.

    Parameters
    ----------
    samples : Samples
        With ``lat_semicircles`` and ``lon_semicircles``; ``distance_m_x100`` where there is one.
    sport : str
        House word; what exceeds its top speed is a jump of position and no distance.

    Examples
    --------
    >>> from evengait.core.recording import Samples
    >>> clock, north = np.arange(60) * 1_000_000, np.arange(9, 69) * 322
    >>> columns = {"lat_semicircles": (north, None), "lon_semicircles": (north * 0, None)}
    >>> found = steps_of(Samples(clock, columns), "running")
    >>> len(found), round(float(found.metres.sum() + found.lost_m)), found.lost_m
    (15, 177, 0.0)
    """
    start = int(samples.timestamp_us[0]) if len(samples) else 0
    along = Stretches(Bout(start, sport, samples)).along_m
    if along is None or len(along) < 2:
        return None
    lat, lon = (_degrees(samples, name) for name in ("lat_semicircles", "lon_semicircles"))
    known = ~(np.isnan(lat) | np.isnan(lon)) & ((lat != 0) | (lon != 0))
    if np.count_nonzero(known) < 2:
        none = np.zeros(0)
        return Steps(none, none, none, none, none, none.astype(bool), float(along[-1]))
    fixes = along[known]
    ends = (float(fixes[0]), float(fixes[-1]))
    return _with_gaps(*_thinned(fixes, lat[known], lon[known]), ends, float(along[-1]))


def box_of(samples: Samples) -> tuple[float, float, float, float] | None:
    """Return the lowest and highest latitude and longitude, as (south, west, north, east); None without a position.

    Over the date line the box goes round the earth: it then meets every map at its latitude.
    """
    lat, lon = (_degrees(samples, name) for name in ("lat_semicircles", "lon_semicircles"))
    known = ~(np.isnan(lat) | np.isnan(lon)) & ((lat != 0) | (lon != 0))
    if not known.any():
        return None
    lat, lon = lat[known], lon[known]
    return float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max())


def _degrees(samples: Samples, name: str) -> Floats:
    values = samples.floats(name)
    return np.full(len(samples), np.nan) if values is None else values * _SEMICIRCLE


def _thinned(along: Floats, lat: Floats, lon: Floats) -> tuple[Floats, Floats, Floats]:
    """Average the fixes of each step; over the date line, longitudes go on beyond 180."""
    lon = np.unwrap(lon, period=360.0)
    slot = np.floor(along / STEP_M).astype(np.int64)
    first = np.flatnonzero(np.diff(slot, prepend=slot[0] - 1))
    counts = np.diff(np.append(first, len(slot)))
    means = [np.add.reduceat(values, first) / counts for values in (along, lat, lon)]
    return means[0], means[1], means[2]


def _with_gaps(along: Floats, lat: Floats, lon: Floats, ends: tuple[float, float], total: float) -> Steps:
    ahead = np.diff(along)
    straight = (
        np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians((lat[1:] + lat[:-1]) / 2))) * M_PER_DEGREE
    )
    gap = ahead > 2 * STEP_M
    known = (ahead <= LONGEST_GAP_M) & (straight >= LEAST_STRAIGHT * ahead) & (straight <= 1.3 * ahead + 20)
    broken = (gap & ~known) | (straight > 4 * STEP_M + 2 * ahead)
    parts = np.where(gap & ~broken, np.ceil(ahead / STEP_M), 1).astype(np.int64)
    owner = np.repeat(np.arange(len(along)), np.append(parts, 1))
    place = np.arange(len(owner)) - np.repeat(np.cumsum(np.append(0, parts)), np.append(parts, 1))
    share = place / np.append(parts, 1)[owner]
    after = np.minimum(owner + 1, len(along) - 1)

    def between(values: Floats) -> Floats:
        out: Floats = values[owner] + share * (values[after] - values[owner])
        return out

    at = between(along)
    linked = np.ones(len(at), bool)
    linked[0] = False
    linked[np.cumsum(parts)[broken]] = False
    legs = np.diff(at, prepend=at[0]) * linked
    metres = (legs + np.append(legs[1:], 0.0)) / 2
    metres[0] += at[0] - ends[0]
    metres[-1] += ends[1] - at[-1]
    sag = SAG * np.append(straight, 0.0)[owner] * 2 * share * (1 - share)
    lon_at = (between(lon) + 180.0) % 360.0 - 180.0
    return Steps(between(lat), lon_at, at, metres, sag, linked, max(total - float(metres.sum()), 0.0))
