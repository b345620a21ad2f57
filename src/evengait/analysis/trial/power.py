"""How small a change a trial can show, and how many days it takes to show one that matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.trial.days import design_matrix, scheduled
from evengait.analysis.trial.effect import FEWEST_SPARE_DAYS
from evengait.analysis.trial.schedule import draw_schedule
from evengait.core.trial import TrialDay

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.trial.noise import Noise
    from evengait.core.trial import Schedule, TrialRules

DRAWS = 7
"""Orders drawn for each length; the middle one of what they can show is taken."""
_ANY_DAY = date(2001, 1, 1)


@dataclass(frozen=True)
class Length:
    """One length a trial may have, and the smallest change it shows four times in five."""

    blocks: int
    days: int
    detectable: float


def detectable_change(
    terms: NDArray[np.float64], days: NDArray[np.int64], noise: Noise, rules: TrialRules
) -> float:
    """Return the smallest change whose interval leaves out zero as often as ``rules.power`` says.

    Parameters
    ----------
    terms : array of float, shape (usable days, terms)
    days : array of int
    noise : Noise
        Spread and correlation of the pain around the model.

    Returns
    -------
    float
        Points; infinite where the days are too few.
    """
    spare = len(days) - terms.shape[1]
    if spare < FEWEST_SPARE_DAYS or np.linalg.matrix_rank(terms) < terms.shape[1]:
        return float("inf")
    from scipy import stats
    from statsmodels.regression.linear_model import GLS

    apart = np.abs(days[:, None] - days[None, :])
    fit = GLS(np.zeros(len(days)), terms, sigma=np.power(noise.autocorrelation, apart)).fit(method="qr")
    error = noise.sd_nprs * float(np.sqrt(np.asarray(fit.normalized_cov_params)[1, 1]))
    sides = stats.t.ppf([(1 + rules.interval_share) / 2, rules.power], spare)
    return float(sides.sum() * error)


def lengths(kind: str, noise: Noise, rules: TrialRules, *, missing_share: float = 0.0) -> list[Length]:
    """Return what each length of trial can show, up to the longest that is proposed.

    Parameters
    ----------
    kind : str
        Id of the kind tried.
    missing_share : float
        Of days expected to be missing, spread evenly.
    """
    sort = rules.kind(kind)
    found = []
    for blocks in range(rules.fewest_blocks, rules.most_days // sort.block_days + 1, 2):
        each = []
        for seed in range(DRAWS):
            plan = draw_schedule("any", kind, _ANY_DAY, blocks, rules, seed=seed)
            rng = np.random.default_rng(seed)
            here = rng.random(plan.days) >= missing_share
            each.append(detectable_change(*_terms(plan, here), noise, rules))
        found.append(Length(blocks, blocks * sort.block_days, float(np.median(each))))
    return found


def _terms(plan: Schedule, here: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    diary = [
        TrialDay(plan.start + timedelta(days=i), 5.0 if known else None, load=float(i % 3))
        for i, known in enumerate(here)
    ]
    days = scheduled(diary, plan, plan.end)
    return design_matrix(days)[0], np.flatnonzero(days.usable)


def shortest(every: list[Length], change: float) -> Length | None:
    """Return the shortest length that shows this change; None where none does."""
    return next((length for length in every if length.detectable <= change), None)
