"""Exponentially weighted means of daily load: a smoother for pictures, never a danger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ACUTE_DAYS = 7
CHRONIC_DAYS = 28


def acute_ewma(daily: Floats) -> Floats:
    """Return the exponentially weighted mean of daily load over 7 days.

    Examples
    --------
    >>> acute_ewma(np.array([8.0] * 6 + [8.0, 0.0]))[-2:].tolist()
    [8.0, 6.0]
    """
    return ewma(daily, ACUTE_DAYS)


def chronic_ewma(daily: Floats) -> Floats:
    """Return the exponentially weighted mean of daily load over 28 days.

    Examples
    --------
    >>> chronic_ewma(np.array([29.0] * 28 + [0.0])).round(2)[-2:].tolist()
    [29.0, 27.0]
    """
    return ewma(daily, CHRONIC_DAYS)


def ewma(daily: Floats, days: int) -> Floats:
    """Smooth daily load: ``E[t] = a * x[t] + (1 - a) * E[t-1]`` with ``a = 2 / (days + 1)``.

    Parameters
    ----------
    daily : float64 array of shape (n,)
        Load of each day in any unit, 0 on rest days, NaN = unknown.
    days : int
        The span.

    Returns
    -------
    float64 array of shape (n,), in the unit of the load
        Starts at the first known day's load; NaN until ``days`` days in a row are known, and again after an
        unknown day: a mean that leans on its own beginning is not shown.

    References
    ----------
    Williams et al. 2017, Br J Sports Med 51:209 (doi 10.1136/bjsports-2016-096589). Described only: thresholds
    of the acute-to-chronic ratio do not hold (Impellizzeri et al. 2021, doi 10.1007/s40279-020-01378-6).

    Examples
    --------
    >>> ewma(np.array([10.0, 10.0, 4.0, np.nan, 4.0]), 2).tolist()
    [nan, 10.0, 6.0, nan, nan]
    """
    part = 2 / (days + 1)
    out = np.full(len(daily), np.nan)
    level, known = 0.0, 0
    for day, load in enumerate(daily.tolist()):
        if load != load:
            known = 0
            continue
        level = load if known == 0 else part * load + (1 - part) * level
        known += 1
        if known >= days:
            out[day] = level
    return out
