"""Distance of a session by speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from evengait.analysis.load.stretches import Stretches

BINS = 40
BINS_PER_M_S = 4


def speed_histogram(stretches: Stretches) -> dict[str, object]:
    """Share the distance out over 40 bins of 0.25 m/s, the last open.

    Returns
    -------
    speed_hist_m : float32 array of shape (40,), or None  [m]
        Sums to the session's distance; None without samples of distance, position or speed.

    Examples
    --------
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> counter = np.arange(0, 61 * 300, 300)  # a minute at 3 m/s
    >>> bout = Bout(0, "running", Samples(np.arange(61) * 1_000_000, {"distance_m_x100": (counter, None)}))
    >>> speed_histogram(Stretches(bout))["speed_hist_m"][12]
    np.float32(180.0)
    """
    if stretches.metres is None or stretches.speed is None or not len(stretches.metres):
        return {"speed_hist_m": None}
    # Where the speed of a stretch is unknown its metres are few: to the slowest bin, never to the fast ones.
    # The small addition keeps a speed that is a bin's lower edge in that bin.
    scaled = np.minimum(np.nan_to_num(stretches.speed) * BINS_PER_M_S + 1e-9, BINS - 1)
    filled = np.bincount(scaled.astype(np.int64), stretches.metres, BINS)
    return {"speed_hist_m": filled.astype(np.float32)}
