"""The longest run of a date, of the 30 days before it, and their ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.series import ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

    Floats = NDArray[np.float64]

WINDOW_DAYS = 30


def longest_runs(log: RunLog) -> dict[str, Floats]:
    """Compare each date's longest run with the longest of the 30 days before it.

    Returns
    -------
    longest_run_m : float64 array of shape (days,)  [m]
        0 on a covered day without a run; NaN where not covered or a run lacks its distance.
    longest_30d_m : float64 array of shape (days,)  [m]
        NaN without a run in the 30 days, and where one of them is not covered or before the first session: a
        longer run may be hidden there.
    session_spike : float64 array of shape (days,)  [ratio]
        NaN on a day without a run and where ``longest_30d_m`` is.

    References
    ----------
    Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203 (doi 10.1136/bjsports-2024-109380): session
    distance over the longest session of the previous 30 days, by single session.
    """
    longest = np.zeros(len(log))
    # A run without distance may have been the longest, so it makes the date's longest unknown.
    np.maximum.at(longest, log.day, np.nan_to_num(log.numbers("distance_m"), nan=np.inf))
    longest[~log.covered | np.isinf(longest)] = np.nan
    before = np.where(log.covered, longest_before(longest, WINDOW_DAYS), np.nan)
    spike = np.where(log.run_days, ratio(longest, before), np.nan)
    return {"longest_run_m": longest, "longest_30d_m": before, "session_spike": spike}


def longest_before(longest: Floats, days: int) -> Floats:
    """Return the largest of the ``days`` values before each; NaN where one is unknown or all are 0.

    Examples
    --------
    >>> longest_before(np.array([5.0, 0.0, 0.0, 8.0, 1.0]), 2).tolist()
    [nan, nan, 5.0, nan, 8.0]
    """
    out = np.full(len(longest), np.nan)
    if len(longest) > days:
        windows = np.lib.stride_tricks.sliding_window_view(longest, days)
        out[days:] = windows[:-1].max(axis=1)
    out[out == 0] = np.nan
    return out
