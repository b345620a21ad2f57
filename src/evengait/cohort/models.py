"""The models and the simple baselines that are compared under the honest protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.cohort.extra import needed
from evengait.cohort.published import Ensemble

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from evengait.cohort.lovdal import Approach

    Floats = NDArray[np.float64]
    Predict = Callable[[Floats], Floats]
    Fit = Callable[[Floats, NDArray[np.bool_], NDArray[np.int64], int], Predict]

NEWEST = {"day": {"exertion": "perceived exertion.6", "km": "total km"},
          "week": {"exertion": "avg exertion", "km": "total kms"}}  # fmt: skip
"""The column of exertion in the most recent block, and of kilometres in every block."""


def fit_published(x: Floats, injured: NDArray[np.bool_], athlete: NDArray[np.int64], seed: int) -> Predict:
    """Fit the published ensemble."""
    ensemble = Ensemble.fitted(x, injured, athlete, np.random.default_rng(seed))
    return lambda rows: _log_odds(ensemble.chance(rows))


def fit_ridge(x: Floats, injured: NDArray[np.bool_], athlete: NDArray[np.int64], seed: int) -> Predict:  # noqa: ARG001
    """Fit logistic regression, shrunk hard: few injuries for many features that say nearly the same."""
    model = needed("sklearn.linear_model").LogisticRegression(C=0.003, max_iter=500)
    model.fit(np.clip(x, -5, 5), injured)
    return lambda rows: np.asarray(model.decision_function(np.clip(rows, -5, 5)))


def fit_boosted(x: Floats, injured: NDArray[np.bool_], athlete: NDArray[np.int64], seed: int) -> Predict:  # noqa: ARG001
    """Fit small boosted trees on all rows as they are, neither balanced nor drawn."""
    model = needed("xgboost").XGBClassifier(
        objective="binary:logistic", learning_rate=0.03, max_depth=2, n_estimators=200, subsample=0.5,
        colsample_bytree=0.3, min_child_weight=5, reg_lambda=20, tree_method="hist", n_jobs=1, random_state=seed,
    )  # fmt: skip
    model.fit(x, injured)
    return lambda rows: _log_odds(model.predict_proba(rows)[:, 1])


def fit_both(x: Floats, injured: NDArray[np.bool_], athlete: NDArray[np.int64], seed: int) -> Predict:
    """Fit the last two and add their log odds up, half and half."""
    one, other = fit_ridge(x, injured, athlete, seed), fit_boosted(x, injured, athlete, seed)
    return lambda rows: (one(rows) + other(rows)) / 2


MODELS: dict[str, Fit] = {
    "published_trees": fit_published,
    "ridge": fit_ridge,
    "boosted": fit_boosted,
    "ridge_and_boosted": fit_both,
}
BASELINES = ("exertion_yesterday", "total_km", "previous_injury")


def baselines(x: Floats, names: tuple[str, ...], approach: Approach, earlier: Floats) -> dict[str, Floats]:
    """Return each baseline's score of each row: one number, nothing learned but its scale."""
    wanted = NEWEST[approach]
    km = [i for i, name in enumerate(names) if name.split(".")[0] == wanted["km"]]
    return {
        "exertion_yesterday": x[:, names.index(wanted["exertion"])],
        "total_km": x[:, km].mean(axis=1),
        "previous_injury": np.log1p(earlier),
    }


def platt(score: Floats, injured: NDArray[np.bool_]) -> Predict:
    """Return the calibration that these athletes, who taught the model nothing, ask for."""
    scale = float(np.std(score)) or 1.0
    model: Any = needed("sklearn.linear_model").LogisticRegression(C=1.0, max_iter=500)
    model.fit((score / scale)[:, None], injured)
    return lambda other: np.asarray(model.predict_proba((other / scale)[:, None])[:, 1])


def _log_odds(chance: Floats) -> Floats:
    clipped = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))
