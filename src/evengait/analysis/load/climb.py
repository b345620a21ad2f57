"""Ascent and descent of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.altitude import smooth_altitude_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.analysis.load.stretches import Stretches

LEAST_SWING_M = 2.0
"""A rise or fall counts from here on. Set so that the median agrees with the devices' own totals (grade D)."""


def climb_m(stretches: Stretches) -> dict[str, object]:
    """Add up the rises and the falls of the smoothed altitude that reach two metres.

    Returns
    -------
    ascent_m, descent_m : float or None  [m]
        Both positive. Without altitude for four fifths of the samples: the device's own totals, or None.

    Examples
    --------
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> hill = np.concatenate((np.linspace(0, 50, 600), np.linspace(50, 20, 300)))
    >>> clock = np.arange(900) * 1_000_000
    >>> bout = Bout(0, "running", Samples(clock, {"altitude_m_x5": (np.round(hill * 5).astype(int), None)}))
    >>> {name: round(value) for name, value in climb_m(Stretches(bout)).items()}
    {'ascent_m': 50, 'descent_m': 29}
    """
    height = smooth_altitude_m(stretches)
    if height is None:
        totals = stretches.bout.totals
        return {"ascent_m": totals.ascent_m, "descent_m": totals.descent_m}
    up, down = swings(_turning_points(height), LEAST_SWING_M)
    return {"ascent_m": up, "descent_m": down}


def _turning_points(height: np.ndarray) -> list[float]:
    """Keep the first and last height and every local extreme: the swings between them are the same."""
    rise = np.diff(height)
    rise = rise[rise != 0]
    steps = height[np.concatenate(([True], np.diff(height) != 0))]
    turns = np.flatnonzero(rise[1:] * rise[:-1] < 0) + 1
    out: list[float] = steps[np.concatenate(([0], turns, [len(steps) - 1]))].tolist()
    return out


def swings(points: Sequence[float], least: float) -> tuple[float, float]:
    """Sum the rises and falls of a zigzag, ignoring back-and-forth of less than ``least``.

    Examples
    --------
    >>> swings([0.0, 10.0, 9.0, 12.0, 4.0], least=2.0)
    (12.0, 8.0)
    """
    up = down = 0.0
    low = high = start = points[0]
    heading = 0
    for point in points[1:]:
        if heading >= 0 and point > high:
            high = point
        if heading <= 0 and point < low:
            low = point
        if heading > 0 and high - point >= least:
            up, start, low, heading = up + high - start, high, point, -1
        elif heading < 0 and point - low >= least:
            down, start, high, heading = down + start - low, low, point, 1
        elif heading == 0 and point - low >= least:
            start, high, heading = low, point, 1
        elif heading == 0 and high - point >= least:
            start, low, heading = high, point, -1
    if heading > 0:
        up += high - start
    elif heading < 0:
        down += start - low
    return up, down
