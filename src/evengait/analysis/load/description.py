"""Load as it is often described: smoothed, as a ratio, how even. Described only, never judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.acwr import acwr
from evengait.analysis.load.ewma import acute_ewma, chronic_ewma
from evengait.analysis.load.monotony import monotony, strain

if TYPE_CHECKING:
    from numpy.typing import NDArray


def describe_load(daily_m: NDArray[np.float64]) -> dict[str, float | None]:
    """Describe the load at the end of a run of days.

    Parameters
    ----------
    daily_m : float64 array of shape (n,)
        Distance of each day, 0 on rest days, NaN = unknown; the last is the day described.  [m]

    Returns
    -------
    dict
        ``acute_ewma_m``, ``chronic_ewma_m`` (a day), ``acwr`` (uncoupled), ``monotony``, ``strain_m``; null = unknown.

    References
    ----------
    foster-1998, williams-2017; in the largest cohort of runners the ratio ran against injury (spike-acwr-inverse).

    Examples
    --------
    >>> round(describe_load(np.array([10000.0] * 28))["acwr"], 2)
    1.0
    """
    week = [None if np.isnan(x) else float(x) for x in daily_m[-7:]]
    even, hard = (monotony(week), strain(week)) if len(week) == 7 else (None, None)
    return {
        "acute_ewma_m": _last(acute_ewma(daily_m)),
        "chronic_ewma_m": _last(chronic_ewma(daily_m)),
        "acwr": _last(acwr(daily_m)),
        "monotony": even if isinstance(even, float) else None,
        "strain_m": hard if isinstance(hard, float) else None,
    }


def _last(values: NDArray[np.float64]) -> float | None:
    return float(values[-1]) if len(values) and not np.isnan(values[-1]) else None
