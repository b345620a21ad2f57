"""What to ask of a mixture of intervals so that it holds what it says, on these very days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.trial import effect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.trial.effect import Fit

DRAWS = 1000
"""Made-up diaries; they leave a tail of one in ten uncertain by one in a hundred."""


def calibrated_share(fit: Fit, terms: NDArray[np.float64], days: NDArray[np.int64], share: float) -> float:
    """Return the share to ask `Fit.interval` for, so that the interval holds the effect as often as ``share`` says.

    An interval averaged over the correlations is a little too wide where days do not resemble each other, and a little
    too narrow where they much do. So it is tried on diaries made up for these days and terms, in which nothing helps,
    at the correlations in the shares in which they are credible. The effect and the pain's spread do not matter to it.

    Parameters
    ----------
    fit : Fit
    terms, days
        Those it was fitted to.
    share : float
        Between 0 and 1.

    Returns
    -------
    float
        Between 0 and 1; the same for the same diary.

    References
    ----------
    Beran 1987 Biometrika 74:457 (prepivoting).
    """
    from scipy import special

    counts = np.floor(np.cumsum(fit.weights) * DRAWS + 0.5).astype(int)
    each = np.repeat(effect.CORRELATIONS, np.diff(counts, prepend=0))
    kept = each ** np.diff(days)[:, None]
    pains = np.random.default_rng(0).standard_normal((len(days), len(each)))
    for day in range(1, len(days)):
        pains[day] = kept[day - 1] * pains[day - 1] + np.sqrt(1 - kept[day - 1] ** 2) * pains[day]
    estimates, _, errors, weights = effect.every_fit(pains, terms, days)
    below = (weights * special.stdtr(fit.spare_days, -estimates / errors)).sum(axis=0)
    return float(np.quantile(np.abs(2 * below - 1), share))
