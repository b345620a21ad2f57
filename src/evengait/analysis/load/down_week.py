"""Weeks since the last down week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.series import shifted, window_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

DOWN_SHARE = 0.85
"""A down week holds at most this part of the median of the four weeks before. Design choice (grade D): against their
mean, every fourth week at 0.75 would never count, since the down week before it lowers the mean."""


def weeks_since_down_week(log: RunLog) -> dict[str, NDArray[np.float64]]:
    """Count the weeks, to the day, since a down week last ended.

    Returns
    -------
    weeks_since_down_week : float64 array of shape (days,)  [weeks]
        Before any down week is seen it counts from the first day, and is known once the first five weeks are
        over. A day that is not covered starts the count anew; a day of unknown distance makes it unknown until
        the next down week that is certain.

    References
    ----------
    Design choice (grade D): no study of runners defines a down week. Any 7 days count, not calendar weeks.
    """
    return {"weeks_since_down_week": weeks_since_down(log.total(log.numbers("distance_m")), log.covered)}


def weeks_since_down(daily: NDArray[np.float64], covered: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Count weeks since 7 days last held at most 0.85 of the median of the four weeks before them.

    Examples
    --------
    >>> steady = np.array([10.0] * 35 + [5.0] * 7 + [10.0] * 7)
    >>> since = weeks_since_down(steady, np.ones(49, bool))
    >>> since[[33, 34, 41, 48]].round(2).tolist()
    [nan, 4.86, 0.0, 0.43]
    """
    week = window_sum(daily, 7)
    usual = np.median([shifted(week, 7 * back) for back in (1, 2, 3, 4)], axis=0)
    # A comparison with NaN is False: an unknown week is never a down week. The small addition absorbs rounding.
    down = week <= DOWN_SHARE * usual + 1e-9
    known = ~np.isnan(week) & ~np.isnan(usual)
    index = np.arange(len(daily))
    start = np.where(covered & ~np.concatenate(([False], covered[:-1])), index, -1)
    last_start = np.maximum.accumulate(start)
    last_down = np.maximum.accumulate(np.where(down, index, -1))
    # The days from five weeks after the start must all be known since the last certain event.
    doubtful = covered & ~known & (index - last_start >= 34)
    last_doubt = np.maximum.accumulate(np.where(doubtful, index, -1))
    since = np.where(last_down >= last_start, last_down, last_start)
    sure = covered & (last_doubt <= since) & ((last_down >= last_start) | (index - last_start >= 34))
    return np.where(sure, (index - since) / 7, np.nan)
