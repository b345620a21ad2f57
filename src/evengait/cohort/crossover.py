"""Case-crossover: an athlete's day before an injury against her own other days of the same weeks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.cohort.extra import needed
from evengait.cohort.models import NEWEST
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.cohort.lovdal import InjuryData

STRATUM_DAYS = 84
"""Referents are taken from the same twelve weeks, cut by the calendar and not around the case (time-stratified)."""


def case_crossover(data: InjuryData, *, level: float = 0.95) -> dict[str, Any]:
    """Return odds ratios by conditional logistic regression, for each of the athlete's own standard deviations.

    A stratum is an athlete's days of one weekday within one block of twelve weeks of the calendar. Because blocks are
    cut without a look at the cases there is no overlap bias (Janes, Sheppard and Lumley 2005, Epidemiology 16:717).

    Returns
    -------
    dict
        cases, referents, cases_without_referents, and odds_ratios by factor: value and interval.
    """
    names, x = _exposures(data)
    day = data.day - data.day.min()
    key = np.stack([data.athlete, day // STRATUM_DAYS, day % 7], axis=1)
    _, stratum = np.unique(key, axis=0, return_inverse=True)
    cases, every = np.bincount(stratum, data.injured), np.bincount(stratum)
    usable = ((cases > 0) & (cases < every))[stratum]
    found: dict[str, Any] = {
        "cases": int(data.injured[usable].sum()),
        "referents": int((~data.injured[usable]).sum()),
        "cases_without_referents": int(data.injured[~usable].sum()),
        "odds_ratios": {},
    }
    if found["cases"] < 10 * len(names):
        return found | {"why": kept("fewer than ten cases with referents for each factor")}
    model = needed("statsmodels.discrete.conditional_models").ConditionalLogit(
        data.injured[usable].astype(int), x[usable], groups=stratum[usable]
    )
    fit = model.fit(disp=False)
    wide = float(needed("scipy.stats").norm.ppf((1 + level) / 2))
    for name, estimate, error in zip(names, fit.params, fit.bse, strict=True):
        found["odds_ratios"][name] = {
            "value": math.exp(estimate),
            "interval": [math.exp(estimate - wide * error), math.exp(estimate + wide * error)],
        }
    return found


def _exposures(data: InjuryData) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return exertion and kilometres of the most recent block, in standard deviations of the athlete's healthy rows."""
    wanted = NEWEST[data.approach]
    km = [i for i, name in enumerate(data.names) if name.split(".")[0] == wanted["km"]]
    newest = max(km) if data.approach == "day" else data.names.index(wanted["km"])
    x = data.x[:, [data.names.index(wanted["exertion"]), newest]]
    out = np.empty_like(x)
    for one in np.unique(data.athlete):
        rows = data.athlete == one
        healthy = x[rows & ~data.injured] if (rows & ~data.injured).any() else x[rows]
        spread = healthy.std(axis=0)
        out[rows] = (x[rows] - healthy.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return ("exertion", "km"), out
