"""The same table without a look ahead: athletes kept apart, only the past known, calibrated on other athletes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.cohort.engine import run_batches
from evengait.cohort.measures import cluster_intervals
from evengait.cohort.models import BASELINES, MODELS, baselines, platt
from evengait.cohort.past import earlier_injuries, past_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from evengait.cohort.lovdal import InjuryData

FOLDS, REPETITIONS, DRAWS = 5, 5, 500
CALIBRATE_SHARE = 0.25
"""Of the training athletes, who only calibrate."""


@dataclass(frozen=True)
class Fold:
    """One task: who is tested, who teaches, who calibrates."""

    data: InjuryData
    repetition: int
    test: NDArray[np.int64]
    calibrate: NDArray[np.int64]
    models: tuple[str, ...]
    seed: int


def honest_table(
    data: InjuryData,
    *,
    repetitions: int = REPETITIONS,
    draws: int = DRAWS,
    seed: int = 1,
    models: Sequence[str] = tuple(MODELS),
    workers: int | None = 1,
    cluster: str | None = None,
    on_done: Callable[[int, int], None] | None = None,
) -> dict[str, dict[str, Any]]:
    """Return every model's and baseline's measures with intervals.

    Athletes are dealt into five folds, anew in each repetition. For each fold a quarter of the other athletes
    calibrates and the rest teaches. Features are normalised by the athlete's own past (``past.py``). The intervals
    come from drawing athletes anew; they do not hold the chance in the teaching.
    """
    folds = _folds(data, repetitions, tuple(models), seed)
    told = run_batches(_predict, folds, workers=workers, cluster=cluster, on_done=on_done)
    names = (*models, *BASELINES)
    chances = {name: [np.full(len(data.day), np.nan) for _ in range(repetitions)] for name in names}
    for fold, found in zip(folds, told, strict=True):
        rows = np.isin(data.athlete, fold.test)
        for name in names:
            chances[name][fold.repetition][rows] = found[name]
    return {
        name: cluster_intervals(each, data.injured, data.athlete, draws=draws, seed=seed)
        for name, each in chances.items()
    }


def _folds(data: InjuryData, repetitions: int, models: tuple[str, ...], seed: int) -> list[Fold]:
    rng = np.random.default_rng(seed)
    athletes = np.unique(data.athlete)
    found = []
    for repetition in range(repetitions):
        for test in np.array_split(rng.permutation(athletes), FOLDS):
            others = rng.permutation(np.setdiff1d(athletes, test))
            calibrate = others[: round(len(others) * CALIBRATE_SHARE)]
            found.append(Fold(data, repetition, test, calibrate, models, int(rng.integers(2**31))))
    return found


def _predict(fold: Fold) -> dict[str, NDArray[np.float64]]:
    """Return every model's chances of the tested athletes' rows."""
    data = fold.data
    test, calibrate = np.isin(data.athlete, fold.test), np.isin(data.athlete, fold.calibrate)
    teach = ~test & ~calibrate
    x = past_scores(data, teach)
    found = {}
    for name in fold.models:
        score = MODELS[name](x[teach], data.injured[teach], data.athlete[teach], fold.seed)
        found[name] = platt(score(x[calibrate]), data.injured[calibrate])(score(x[test]))
    for name, values in baselines(x, data.names, data.approach, earlier_injuries(data)).items():
        found[name] = platt(values[~test], data.injured[~test])(values[test])
    return found
