"""The ground of a made-up run: a loop on a dry lake bed where nobody lives, with the row's climb laid over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.simulation.smooth import wander

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HOME = (40.87, -119.08)
"""Middle of the Black Rock playa, Nevada: no house, no road, and a time zone with summer time.  [degrees]"""
HEIGHT_M = 1190.0

_EARTH_M_PER_DEGREE = 111_195.0
_LAP_M = 14_000.0
_GRADE = 0.06
"""Of a slope, where the run has room for flat ground between its hills."""
_SEMICIRCLES_PER_DEGREE = 2**31 / 180


@dataclass(frozen=True, eq=False)
class Hills:
    """The ground as a chain of rises and falls: their corners along the way, and the height at each.

    Attributes
    ----------
    corners_m, heights_m : float array, shape (corners,)
        [m]
    """

    corners_m: Floats
    heights_m: Floats

    def height(self, distance_m: Floats) -> Floats:
        """Return the height at each distance, in metres, eased between the corners."""
        last = len(self.corners_m) - 1
        place = np.searchsorted(self.corners_m, distance_m, side="right").clip(1, last) - 1
        low, high = self.corners_m[place], self.corners_m[place + 1]
        along = ((distance_m - low) / (high - low)).clip(0, 1)
        eased = along * along * (3 - 2 * along)
        out: Floats = self.heights_m[place] + eased * (self.heights_m[place + 1] - self.heights_m[place])
        return out


def draw_hills(distance_m: float, ascent_m: float, descent_m: float, rng: np.random.Generator) -> Hills:
    """Draw hills whose rises add up to the ascent and whose falls to the descent.

    Parameters
    ----------
    distance_m, ascent_m, descent_m : float
        [m]
    rng : numpy Generator

    Returns
    -------
    Hills

    Examples
    --------
    >>> hills = draw_hills(10_000, 120, 80, np.random.default_rng(1))
    >>> up = np.diff(hills.height(np.arange(0.0, 10_001)))
    >>> round(float(up[up > 0].sum())), round(float(-up[up < 0].sum()))
    (120, 80)
    """
    count = int(np.clip(min(ascent_m / 16, distance_m / 500), 1, 60))
    shares = rng.uniform(0.5, 1.5, (3, count))
    flat, up, down = shares / shares.sum(axis=1, keepdims=True)
    rises = np.stack([0 * flat, up * ascent_m, -down * descent_m], axis=1).ravel()
    sloping = min(0.9, (ascent_m + descent_m) / _GRADE / distance_m)
    width = np.abs(rises) / max(1e-9, ascent_m + descent_m) * sloping
    width[0::3] = flat * (1 - width.sum())
    corners = np.concatenate([[0.0], np.cumsum(width + 1e-9)])
    at = np.concatenate([[0.0], np.cumsum(rises)])
    return Hills(corners / corners[-1] * distance_m, HEIGHT_M + max(0.0, -float(at.min())) + at)


def positions(distance_m: Floats, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return latitude and longitude along a closed, wobbly loop run as often as its length asks.

    Parameters
    ----------
    distance_m : float array, shape (n,)
        Rising.  [m]
    rng : numpy Generator

    Returns
    -------
    lat, lon : int array, shape (n,)
        [semicircles]
    """
    laps = max(1, int(np.ceil(distance_m[-1] / _LAP_M)))
    angle = np.linspace(0, 2 * np.pi, 721)
    waves = np.arange(2, 7)
    sizes, phases = rng.normal(0, 0.35, 5) / waves, rng.uniform(0, 2 * np.pi, 5)
    radius = np.maximum(0.3, 1 + np.sin(angle[:, None] * waves + phases) @ sizes)
    east, north = radius * np.cos(angle), radius * np.sin(angle)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))])
    scale = distance_m[-1] / laps / length[-1]
    along = (distance_m / scale) % length[-1]
    error = [
        1.6 * wander(rng, len(distance_m), 25) + 0.12 * rng.standard_normal(len(distance_m)) for _ in range(2)
    ]
    x = (np.interp(along, length, east) - east[0]) * scale + error[0]
    y = (np.interp(along, length, north) - north[0]) * scale + error[1]
    lat = HOME[0] + y / _EARTH_M_PER_DEGREE
    lon = HOME[1] + x / (_EARTH_M_PER_DEGREE * np.cos(np.radians(HOME[0])))
    return _semicircles(lat), _semicircles(lon)


def _semicircles(degrees: Floats) -> NDArray[np.int64]:
    out: NDArray[np.int64] = np.round(degrees * _SEMICIRCLES_PER_DEGREE).astype(np.int64)
    return out
