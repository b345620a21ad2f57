"""Sums over a date's runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

SUMMED = {
    "distance_m": "distance_m",
    "moving_s": "moving_s",
    "climb_m": "ascent_m",
    "descent_m": "descent_m",
    "steps": "steps",
}
"""Exposure made, session column it is the sum of."""


def day_totals(log: RunLog) -> dict[str, NDArray[np.float64]]:
    """Add up distance, time, climb, descent and steps of each date, and count its runs and strength sessions.

    Returns
    -------
    runs, strength_sessions, distance_m, moving_s, climb_m, descent_m, steps : float64 arrays of shape (days,)
        0 on a covered day without a run; NaN where not covered, and where one of the date's runs lacks the
        value: a part is not the whole.
    """
    strength = log.sessions.filter(log.sessions["sport"] == "strength")
    counted = {
        "runs": log.total(np.ones(len(log.day))),
        "strength_sessions": np.bincount(log.day_of(strength), minlength=len(log)).astype(np.float64),
    }
    counted["strength_sessions"][~log.covered] = np.nan
    return counted | {name: log.total(log.numbers(of)) for name, of in SUMMED.items()}
