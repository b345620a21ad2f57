"""Time to injury with the spike state of each session: hazard ratios and cumulative incidence, from counts alone."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.analysis.spikes.risk import FACTORS
from evengait.cohort.cells import SMALLEST_CELL, shown_cells
from evengait.cohort.extra import needed
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.cohort.counts import CohortCounts

NO_FIT = kept(
    "no ratio fits: in a state nearly everybody at risk was injured, or nobody beside those injured was at risk"
)
WIDEST = 3.0
"""Standard error of a log ratio beyond which the regression found nothing: its interval spans a factor of 100,000."""
TOO_FEW = kept("fewer than five injuries, or a number that would give such away")


def injured_shown(counts: CohortCounts) -> int | None:
    """Return how many runners were injured; None where fewer than five were, or were not."""
    return shown_cells([int(counts.injured.sum()), int(counts.left.sum())])[0]


def hazard_ratios(counts: CohortCounts, factor: str, *, level: float = 0.95) -> list[dict[str, Any]]:
    """Return each state's hazard ratio against the first, by Cox regression with sessions as the time.

    The risk set of an injury at somebody's nth session is everybody at her nth session, by state. Runners in one
    state at one session are alike to the model, so those without an injury are one row with their number as its weight:
    the same likelihood, to the last digit that counts, with a few thousand rows.

    Returns
    -------
    list of dict
        state, sessions, injuries, hazard_ratio, interval, why; the ratio is None, with the reason, where a state has
        fewer than five injuries. Numbers are None where they could give a runner away, and so is then the ratio: the
        width of its interval tells how many injuries it was made from.
    """
    at_risk, events = counts.risk.at_risk[factor], counts.risk.events[factor]
    names, injuries = FACTORS[factor], events.sum(axis=0).tolist()
    total = injured_shown(counts)
    shown = shown_cells(injuries, rest=(total or 0) - sum(injuries)) if total else [None] * len(names)
    sessions = shown_cells(at_risk.sum(axis=0).tolist())
    told: list[dict[str, Any]] = [
        {"state": name, "sessions": sessions[i], "injuries": shown[i], "hazard_ratio": None, "interval": None,
         "why": TOO_FEW if shown[i] is None else None}
        for i, name in enumerate(names)
    ]  # fmt: skip
    usable = [i for i in range(1, len(names)) if shown[i] is not None]
    if shown[0] is None:
        return [one | {"why": kept("too few injuries in the state to compare with")} for one in told]
    told[0]["hazard_ratio"] = 1.0
    if not usable:
        return told
    fitted = fit_cox(risk_rows(at_risk, events, usable))
    if fitted is None:
        return [one | {"why": one["why"] or NO_FIT, "hazard_ratio": None} for one in told]
    estimates, errors = fitted
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
) -> tuple[list[float], list[float]] | None:
    """Fit Cox's regression with time-varying states (Efron's ties).

    Returns log hazard ratios and standard errors; None where none fit.

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
    exceptions = needed("lifelines.exceptions")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # It looks at rows without their weights, and a rare state varies little; five injuries in it are enough.
        warnings.filterwarnings("ignore", message="Column .* very low variance")
        warnings.simplefilter("error", exceptions.ConvergenceWarning)
        try:
            fitter.fit(
                frame,
                id_col="id",
                start_col="start",
                stop_col="stop",
                event_col="event",
                weights_col="weight",
            )
        except (exceptions.ConvergenceError, exceptions.ConvergenceWarning, np.linalg.LinAlgError):
            return None
    told = ([float(fitter.params_[n]) for n in names], [float(fitter.standard_errors_[n]) for n in names])
    return told if np.isfinite(told).all() and max(told[1]) < WIDEST else None


def cumulative_incidence(
    counts: CohortCounts, days: tuple[int, ...] = (30, 90, 180, 365, 540)
) -> list[dict[str, Any]]:
    """Return the share of runners injured by so many days, as if nobody had left early, with 95 % intervals.

    Kaplan and Meier 1958, Greenwood's variance on the log(-log) scale. Left out are days at which fewer than five
    runners are still followed, and those that would tell that one to four were injured, or left, since the last told.
    """
    size = max(len(counts.left), len(counts.injured))
    left, hurt = (np.pad(x, (0, size - len(x))) for x in (counts.left, counts.injured))
    if injured_shown(counts) is None:
        return []
    number, happened = np.tile(np.arange(size), 2), np.repeat([1, 0], size)
    weights = np.concatenate([hurt, left])
    kept = weights > 0
    fitter = needed("lifelines").KaplanMeierFitter()
    fitter.fit(number[kept], happened[kept], weights=weights[kept])
    interval = fitter.confidence_interval_survival_function_
    found = []
    for day in _told_days(left, hurt, days):
        low, high = interval.loc[interval.index[interval.index <= day][-1]].to_numpy()
        found.append(
            {"days": day, "share": float(1 - fitter.predict(day)), "interval": [float(1 - high), float(1 - low)],
             "at_risk": int((left + hurt)[day:].sum())}
        )  # fmt: skip
    return found


def _told_days(left: NDArray[np.int64], hurt: NDArray[np.int64], days: tuple[int, ...]) -> list[int]:
    """Return the days between which no or at least five runners were injured, and left, and after which so are."""
    told: list[int] = []
    for day in days:
        if day < len(left) and hurt[: day + 1].any() and _apart(left, hurt, told[-1] if told else -1, day):
            told.append(day)
    while told and not _apart(left, hurt, told[-1], len(left)):
        told.pop()
    return told


def _apart(left: NDArray[np.int64], hurt: NDArray[np.int64], after: int, until: int) -> bool:
    begin = max(after, 0)
    cells = (
        hurt[after + 1 : until + 1].sum(),  # injured on the day itself: in the share
        hurt[begin:until].sum(),  # but still followed on it
        left[begin:until].sum(),
        (hurt + left)[begin:until].sum(),
        (hurt + left)[until:].sum(),
    )
    return all(cell == 0 or cell >= SMALLEST_CELL for cell in cells)
