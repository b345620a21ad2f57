"""Normalise by an athlete's own past alone: what could have been known on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.cohort.lovdal import InjuryData

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

KNOWN_AFTER_DAYS = 21
"""That a row is healthy is known only when three weeks have passed."""
OTHERS_WEIGH = 30
"""Rows that the other athletes' mean and spread are worth beside her own."""
SMALLEST_SPREAD = 0.01


def past_scores(data: InjuryData, train: Flags) -> Floats:
    """Z-score each row by the athlete's own healthy rows that were known by then, and the training athletes' where few.

    Parameters
    ----------
    train : bool array of shape (rows,)
        Rows of the athletes who may stand for the others. No other athlete's later row is looked at.

    Returns
    -------
    float64 array of shape (rows, features)
    """
    others = data.x[train & ~data.injured]
    usual, spread = others.mean(axis=0), others.var(axis=0)
    out = np.empty_like(data.x)
    for one in np.unique(data.athlete):
        rows = np.flatnonzero(data.athlete == one)
        rows = rows[np.argsort(data.day[rows], kind="stable")]
        healthy = rows[~data.injured[rows]]
        values = data.x[healthy]
        sums = np.vstack([np.zeros(data.x.shape[1]), np.cumsum(values, axis=0)])
        squares = np.vstack([np.zeros(data.x.shape[1]), np.cumsum(values**2, axis=0)])
        known = np.searchsorted(data.day[healthy], data.day[rows] - KNOWN_AFTER_DAYS, side="right")
        count = known[:, None] + OTHERS_WEIGH
        mean = (sums[known] + OTHERS_WEIGH * usual) / count
        second = (squares[known] + OTHERS_WEIGH * (spread + usual**2)) / count
        deviation = np.sqrt(np.maximum(second - mean**2, SMALLEST_SPREAD**2))
        out[rows] = (data.x[rows] - mean) / deviation
    return out


def earlier_injuries(data: InjuryData) -> Floats:
    """Return how many injuries of the athlete came before each row."""
    out = np.zeros(len(data.day))
    for one in np.unique(data.athlete):
        rows = np.flatnonzero(data.athlete == one)
        hurt = np.sort(data.day[rows[data.injured[rows]]])
        out[rows] = np.searchsorted(hurt, data.day[rows], side="left")
    return out
