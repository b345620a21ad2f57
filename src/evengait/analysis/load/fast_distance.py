"""Distance above the runner's own threshold speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.speed_histogram import BINS, BINS_PER_M_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

    Floats = NDArray[np.float64]

FAST_SHARE = 0.1
"""The threshold is the speed that a tenth of the runner's own distance exceeds. Design choice (grade D)."""
PAST_DAYS = 180
"""Over so many days before the date: long enough to move slowly, never the date itself or later."""
LEAST_RUNS = 20


def fast_distance(log: RunLog) -> dict[str, Floats]:
    """Add up the distance of each date run faster than the runner's own threshold of the half year before.

    Returns
    -------
    fast_distance_m : float64 array of shape (days,)  [m]
        0 on a covered day without a run; NaN where a run lacks its speeds or the threshold is not known yet
        (fewer than 20 runs with speeds in the 180 days before).

    References
    ----------
    Design choice (grade D): a share of the runner's own distance needs no test and no age formula, and a
    threshold made of earlier days alone lets no later day change it.
    """
    known = log.runs["speed_hist_m"].list.len().fill_null(0).to_numpy() == BINS
    lists = log.runs["speed_hist_m"].filter(known)
    metres = lists.explode(empty_as_null=False).fill_null(0.0).to_numpy().reshape(-1, BINS).astype(np.float64)
    daily = np.zeros((len(log), BINS))
    np.add.at(daily, log.day[known], metres)
    with_speed = np.bincount(log.day[known], minlength=len(log)).astype(np.float64)
    threshold = np.where(
        _before(with_speed) >= LEAST_RUNS, speed_exceeded(_before(daily), FAST_SHARE), np.nan
    )
    out = above(daily, threshold)
    missing = np.bincount(log.day[~known], minlength=len(log)) > 0
    out[missing] = np.nan
    out[log.covered & ~log.run_days] = 0.0
    out[~log.covered] = np.nan
    return {"fast_distance_m": out}


def _before(daily: Floats) -> Floats:
    """Sum over the PAST_DAYS days before each day, fewer at the start."""
    total = np.concatenate((np.zeros((1, *daily.shape[1:])), np.cumsum(daily, axis=0)))
    index = np.arange(len(daily))
    out: Floats = total[index] - total[np.maximum(index - PAST_DAYS, 0)]
    return out


def speed_exceeded(histograms: Floats, share: float) -> Floats:
    """Return the speed that a share of each row's distance exceeds, straight within a bin.

    Examples
    --------
    >>> row = np.zeros((1, 40))
    >>> row[0, 10:12] = [900.0, 100.0]  # 2.5 to 2.75 m/s, and 2.75 to 3 m/s
    >>> speed_exceeded(row, 0.05).tolist()
    [2.875]
    """
    total = histograms.sum(axis=1)
    above_bin = np.cumsum(histograms[:, ::-1], axis=1)[:, ::-1]
    wanted = share * total
    # The bin in which the distance from the top first reaches the share.
    bin_ = np.maximum((above_bin >= wanted[:, None]).sum(axis=1) - 1, 0)
    row = np.arange(len(histograms))
    inside, higher = histograms[row, bin_], above_bin[row, bin_] - histograms[row, bin_]
    part = np.divide(wanted - higher, inside, out=np.zeros(len(row)), where=inside > 0)
    return np.where(total > 0, (bin_ + 1 - part) / BINS_PER_M_S, np.nan)


def above(histograms: Floats, threshold: Floats) -> Floats:
    """Return each row's distance above its threshold, straight within a bin; NaN where the threshold is.

    Examples
    --------
    >>> row = np.zeros((1, 40))
    >>> row[0, 10:12] = [900.0, 100.0]
    >>> above(row, np.array([2.875])).tolist()
    [50.0]
    """
    part = np.clip(np.arange(1, BINS + 1)[None, :] - threshold[:, None] * BINS_PER_M_S, 0.0, 1.0)
    out: Floats = (histograms * part).sum(axis=1)
    return out
