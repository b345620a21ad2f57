"""Time to injury with the spike state of each session: hazard ratios and cumulative incidence, from counts alone."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.analysis.spikes.risk import FACTORS
from evengait.cohort.cells import SMALLEST_CELL, shown_cells
from evengait.cohort.extra import needed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.cohort.counts import CohortCounts

FEWEST_EVENTS = SMALLEST_CELL
"""Injuries of a state, below which it gets no hazard ratio."""
TOO_FEW = "fewer than five injuries"


def hazard_ratios(counts: CohortCounts, factor: str, *, level: float = 0.95) -> list[dict[str, Any]]:
    """Return each state's hazard ratio against the first, by Cox regression with sessions as the time.

    The risk set of an injury at somebody's nth session is everybody at her nth session, by state. Runners in one
    state at one session are alike to the model, so those without an injury are one row with their number as its weight:
    the same likelihood, to the last digit that counts, with a few thousand rows.

    Returns
    -------
    list of dict
        state, sessions, injuries, hazard_ratio, interval, why; the ratio is None, with the reason, where a state has
        fewer than five injuries. ``injuries`` is None where the number could give a runner away.
    """
    at_risk, events = counts.risk.at_risk[factor], counts.risk.events[factor]
    names, injuries = FACTORS[factor], counts.risk.events[factor].sum(axis=0).tolist()
    shown = shown_cells(injuries)
    told: list[dict[str, Any]] = [
        {"state": name, "sessions": int(at_risk[:, i].sum()), "injuries": shown[i], "hazard_ratio": None,
         "interval": None, "why": None}
        for i, name in enumerate(names)
    ]  # fmt: skip
    usable = [i for i in range(1, len(names)) if injuries[i] >= FEWEST_EVENTS]
    if injuries[0] < FEWEST_EVENTS:
        return [one | {"why": "fewer than five injuries in the state to compare with"} for one in told]
    told[0]["hazard_ratio"] = 1.0
    for i in range(1, len(names)):
        told[i]["why"] = None if i in usable else TOO_FEW
    if not usable:
        return told
    estimates, errors = fit_cox(risk_rows(at_risk, events, usable))
    wide = float(needed("scipy.stats").norm.ppf((1 + level) / 2))
    for i, estimate, error in zip(usable, estimates, errors, strict=True):
        told[i]["hazard_ratio"] = math.exp(estimate)
        told[i]["interval"] = [math.exp(estimate - wide * error), math.exp(estimate + wide * error)]
    return told


def risk_rows(
    at_risk: NDArray[np.int64], events: NDArray[np.int64], usable: list[int]
) -> NDArray[np.float64]:
    """Return the rows of the regression: start, stop, event, weight, then 1 for the state that it is in.

    Each injury is a row of its own, so that ties are counted as they are without weights; everybody else at risk in the
    same state at the same session is one row. Sessions at which nobody was injured add nothing and are left out.
    """
    rows = []
    for number in np.flatnonzero(events[:, [0, *usable]].sum(axis=1)).tolist():
        for state in (0, *usable):
            mark = [float(state == i) for i in usable]
            hurt = int(events[number, state])
            rows.extend([[number, number + 1, 1, 1, *mark]] * hurt)
            if others := int(at_risk[number, state]) - hurt:
                rows.append([number, number + 1, 0, others, *mark])
    return np.array(rows, float)


def fit_cox(
    rows: NDArray[np.float64], who: NDArray[np.int64] | None = None
) -> tuple[list[float], list[float]]:
    """Fit Cox's regression with time-varying states (Efron's ties); return log hazard ratios and standard errors.

    Parameters
    ----------
    rows : float64 array
        As ``risk_rows`` returns them.
    who : int64 array, optional
        The runner of each row; without it each row is somebody's own.
    """
    names = [f"state_{i}" for i in range(rows.shape[1] - 4)]
    frame = needed("pandas").DataFrame(rows, columns=["start", "stop", "event", "weight", *names])
    frame["id"] = np.arange(len(rows)) if who is None else who
    fitter = needed("lifelines").CoxTimeVaryingFitter()
    with warnings.catch_warnings():
        # It looks at rows without their weights, and a rare state varies little; five injuries in it are enough.
        warnings.filterwarnings("ignore", message="Column .* very low variance")
        fitter.fit(
            frame, id_col="id", start_col="start", stop_col="stop", event_col="event", weights_col="weight"
        )
    return [float(fitter.params_[n]) for n in names], [float(fitter.standard_errors_[n]) for n in names]


def cumulative_incidence(
    counts: CohortCounts, days: tuple[int, ...] = (30, 90, 180, 365, 540)
) -> list[dict[str, Any]]:
    """Return the share of runners injured by so many days, as if nobody had left early, with 95 % intervals.

    Kaplan and Meier 1958, Greenwood's variance on the log(-log) scale. Days at which fewer than five runners are still
    followed are left out.
    """
    size = max(len(counts.left), len(counts.injured))
    left, hurt = (np.pad(x, (0, size - len(x))) for x in (counts.left, counts.injured))
    if not hurt.sum():
        return []
    number, happened = np.tile(np.arange(size), 2), np.repeat([1, 0], size)
    weights = np.concatenate([hurt, left])
    kept = weights > 0
    fitter = needed("lifelines").KaplanMeierFitter()
    fitter.fit(number[kept], happened[kept], weights=weights[kept])
    interval = fitter.confidence_interval_survival_function_
    found = []
    for day in days:
        followed = int((left + hurt)[day:].sum())
        if followed < SMALLEST_CELL:
            continue
        low, high = interval.loc[interval.index[interval.index <= day][-1]].to_numpy()
        found.append(
            {"days": day, "share": float(1 - fitter.predict(day)), "interval": [float(1 - high), float(1 - low)],
             "at_risk": followed}
        )  # fmt: skip
    return found
