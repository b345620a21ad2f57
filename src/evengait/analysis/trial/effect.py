"""How much less pain on the days with it, when each day resembles the day before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

CORRELATIONS = np.round(np.arange(-0.6, 0.951, 0.05), 2)
"""What the correlation of a day with the next may be."""
PRIOR_POWER = 0.5
"""The prior of a correlation r is (1 - r) ** -0.5; chosen because intervals then cover what they say (benchmarks/)."""
FEWEST_SPARE_DAYS = 8
"""Usable days beyond the terms of the model, below which nothing is fitted."""


@dataclass(frozen=True)
class Fit:
    """One model of the pain by each correlation, and how credible each is.

    Attributes
    ----------
    estimates, errors : array of float, shape (correlations,)
        Of the second term, the treatment, in points.
    weights : array of float
        Sum 1.
    spare_days : int
        Usable days less the terms.
    sd_nprs : float
        Of a day's pain around the model.
    """

    estimates: NDArray[np.float64]
    errors: NDArray[np.float64]
    weights: NDArray[np.float64]
    spare_days: int
    sd_nprs: float

    @property
    def estimate(self) -> float:
        """Points on days with it less days without; negative is less pain."""
        return float(self.weights @ self.estimates)

    @property
    def autocorrelation(self) -> float:
        """Correlation of a day's pain with the next day's, beside what the model explains."""
        return float(self.weights @ CORRELATIONS)

    def below(self, points: float) -> float:
        """Return the probability the model gives an effect below this many points."""
        from scipy import stats

        each = stats.t.cdf((points - self.estimates) / self.errors, self.spare_days)
        return float(self.weights @ each)

    def interval(self, share: float) -> tuple[float, float]:
        """Return the interval that leaves out as much on either side."""
        from scipy import optimize

        far = 60 * self.errors.max()
        low, high = self.estimates.min() - far, self.estimates.max() + far

        def at(probability: float) -> float:
            return float(optimize.brentq(lambda x: self.below(x) - probability, low, high, xtol=1e-6))

        return at((1 - share) / 2), at((1 + share) / 2)


def fit_effect(
    pain: NDArray[np.float64], terms: NDArray[np.float64], days: NDArray[np.int64]
) -> Fit | Unknown:
    """Fit pain by generalised least squares under every correlation, weighed by restricted likelihood and prior.

    Days apart by k are correlated as r ** k, so missing days need no filling in. The effect is a mixture of Student's t
    over the correlations: not knowing how much days resemble each other makes the interval wider.

    Parameters
    ----------
    pain : array of float, shape (usable days,)
        0 to 10, no NaN.
    terms : array of float, shape (usable days, terms)
        Its second column is the treatment.
    days : array of int
        Number of each day, rising.

    Returns
    -------
    Fit or Unknown
        Unknown where the days are too few for the terms or the terms cannot be told apart.

    References
    ----------
    Harville 1974 Biometrika 61:383 (restricted likelihood); Tang & Landes 2020 PLoS ONE 15:e0228077 (serial correlation
    in trials of one person).
    """
    spare = len(pain) - terms.shape[1]
    if spare < FEWEST_SPARE_DAYS or np.linalg.matrix_rank(terms) < terms.shape[1]:
        return Unknown(
            say("There are too few usable days to tell the treatment from the course of the pain.")
        )
    # Points are whole: what rounding hides is never less than a step squared, over twelve.
    least = spare * _steps(pain) ** 2 / 12
    estimates, variances, errors, weights = (
        each[:, 0] for each in every_fit(pain[:, None], terms, days, least)
    )
    return Fit(estimates, errors, weights, spare, float(np.sqrt(weights @ variances)))


def every_fit(
    pains: NDArray[np.float64], terms: NDArray[np.float64], days: NDArray[np.int64], least: float = 0.0
) -> tuple[NDArray[np.float64], ...]:
    """Fit many diaries of the same days under every correlation: generalised least squares by whitening.

    With pain correlated as r ** k a day's news is what the usable day before it does not foretell, so whitening takes
    one step a day and no matrix.

    Parameters
    ----------
    pains : array of float, shape (usable days, diaries)
    terms, days
        As for `fit_effect`.
    least : float
        Floor of the sum of squares.

    Returns
    -------
    estimates, variances, errors, weights : arrays of float, shape (correlations, diaries)
        The effect, the pain's variance around the model, the effect's standard error, and how credible it all is.
    """
    spare = len(terms) - terms.shape[1]
    gaps, which = np.unique(np.diff(days), return_inverse=True)
    now, before = pains[1:], pains[:-1]
    # Sums of squares for each length of gap: what is left of them under a correlation is then a handful of sums.
    sums = np.array(
        [
            [
                (x[which == gap] * y[which == gap]).sum(axis=0)
                for x, y in ((now, now), (now, before), (before, before))
            ]
            for gap in range(len(gaps))
        ]
    )
    found = []
    for correlation in CORRELATIONS:
        kept = float(correlation) ** gaps
        news = 1 - kept**2
        whole = ((sums[:, 0].T - 2 * kept * sums[:, 1].T + kept**2 * sums[:, 2].T) / news).sum(axis=1)
        k, sd = kept[which, None], np.sqrt(news[which, None])
        q, r = np.linalg.qr(np.concatenate([terms[:1], (terms[1:] - k * terms[:-1]) / sd]))
        # The same step back: q' of the whitened pain is (step back of q)' of the pain.
        back_q = np.concatenate([q[:1], q[1:] / sd])
        back_q[:-1] -= k * q[1:] / sd
        seen = back_q.T @ pains
        squares = np.maximum(pains[0] ** 2 + whole - (seen**2).sum(axis=0), max(least, 1e-12))
        back = np.linalg.inv(r)[1]
        belief = (
            -np.log(sd).sum()
            - np.log(np.abs(np.diag(r))).sum()
            - 0.5 * spare * np.log(squares)
            - PRIOR_POWER * np.log1p(-correlation)
        )
        found.append((back @ seen, squares / spare, np.sqrt(squares / spare * (back @ back)), belief))
    estimates, variances, errors, beliefs = (np.array(each) for each in zip(*found, strict=True))
    weights = np.exp(beliefs - beliefs.max(axis=0))
    return estimates, variances, errors, weights / weights.sum(axis=0)


def _steps(pain: NDArray[np.float64]) -> float:
    """Return the smallest step in which pain was written down; 1 where it never changed."""
    steps = np.diff(np.unique(pain))
    return float(min(steps.min(), 1.0)) if len(steps) else 1.0
