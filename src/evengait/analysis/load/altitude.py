"""Altitude with its noise taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.load.stretches import Stretches

LEAST_KNOWN_SHARE = 0.8
"""Altitude must be known for this share of the samples. Design choice."""


def smooth_altitude_m(stretches: Stretches) -> NDArray[np.float64] | None:
    """Average the altitude over about ten seconds, gaps bridged.

    Returns
    -------
    float64 array of shape (n,), or None  [m]
        None without altitude for four fifths of the samples.
    """
    height = stretches.samples.floats("altitude_m_x5")
    if height is None or len(height) < 2:
        return None
    known = ~np.isnan(height)
    if not known.all():
        if np.count_nonzero(known) < max(2, LEAST_KNOWN_SHARE * len(height)):
            return None
        height = np.interp(stretches.clock_s, stretches.clock_s[known], height[known])
    return running_mean(height, stretches.window)


def running_mean(values: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    """Average over ``2 * half + 1`` neighbours, fewer at the ends.

    Examples
    --------
    >>> running_mean(np.array([0.0, 3.0, 6.0, 0.0]), 1).tolist()
    [1.5, 3.0, 3.0, 3.0]
    """
    total = np.concatenate(([0.0], np.cumsum(values)))
    index = np.arange(len(values))
    low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, len(values))
    out: NDArray[np.float64] = (total[high] - total[low]) / (high - low)
    return out
