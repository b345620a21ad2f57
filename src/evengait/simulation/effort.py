"""The speed of a run, second by second: warm-up, hills, intervals, and the time in each speed bin as the row has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.simulation.pace import BIN_M_S, BINS, CENTRES
from evengait.simulation.smooth import rolling, wander

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FAST_ABOVE_MAIN = 0.6
"""Distance this much faster than the main pace is run as intervals.  [m/s]"""


def second_by_second(histogram_m: Floats, seconds: int, hills: Floats, rng: np.random.Generator) -> Floats:
    """Return a speed for every second whose time in the speed bins is that of the row.

    A wish for speed is drawn first (slow at the start, fast in the intervals, slower uphill, never quite steady);
    its ranks are then exchanged for the speeds of the histogram, slowest for slowest.

    Parameters
    ----------
    histogram_m : float array, shape (40,)
        Distance in each bin.  [m]
    seconds : int
    hills : float array, shape (seconds,)
        Rise of the ground, in any unit; speed falls with it.
    rng : numpy Generator

    Returns
    -------
    float array, shape (seconds,)
        [m/s]
    """
    clock = np.arange(seconds)
    wish = wander(rng, seconds, 45) + 0.6 * wander(rng, seconds, 6) - 2.5 * np.exp(-clock / 240.0)
    fast, steady = _fast_share(histogram_m)
    if steady:
        wish -= hills / max(1e-9, float(hills.std())) * 0.8
    if fast > 0:
        wish += 6.0 * rolling(_intervals(seconds, fast, rng), 8)
    time = histogram_m / CENTRES
    edges = np.arange(BINS + 1) * BIN_M_S
    done = np.concatenate([[0.0], np.cumsum(time)]) / time.sum()
    rank = np.empty(seconds)
    rank[np.argsort(wish)] = (clock + 0.5) / seconds
    used = np.concatenate([[True], np.diff(done) > 0])
    first = int(np.argmax(done > 0)) - 1
    used[: first + 1] = False
    used[first] = True
    out: Floats = np.interp(rank, done[used], edges[used])
    return out


def _fast_share(histogram_m: Floats) -> tuple[float, bool]:
    """Return the share of time in intervals (0 = none), and whether the run has one pace only."""
    time = histogram_m / CENTRES
    half = int(np.searchsorted(np.cumsum(time), 0.3 * time.sum()))
    fast = float(time[CENTRES - CENTRES[half] > _FAST_ABOVE_MAIN].sum() / time.sum())
    return (fast, False) if fast > 0.12 else (0.0, True)


def _intervals(seconds: int, fast: float, rng: np.random.Generator) -> Floats:
    """Return 1 in the intervals and 0 elsewhere: a warm-up, repeats of two to six minutes, a run home."""
    length = int(rng.choice([120, 180, 240, 360]))
    repeats = max(1, round(fast * seconds / length))
    length = int(fast * seconds / repeats)
    spare = seconds - repeats * length
    rest = min(int(spare * 0.45 / repeats), int(0.6 * length) + 20)
    begin = int(0.6 * (spare - rest * (repeats - 1)))
    out = np.zeros(seconds)
    for repeat in range(repeats):
        start = begin + repeat * (length + rest)
        out[start : start + length] = 1.0
    return out
