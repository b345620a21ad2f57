"""The published protocol to the letter: bagged boosted trees, tested on the last ten athletes.

After the authors' own notebook (doi 10.34894/UWU9PV). Its weaknesses are kept on purpose; ``honest.py`` is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.cohort.extra import needed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.cohort.lovdal import InjuryData

TEST_ATHLETES, BAGS, PER_CLASS, REPETITIONS = 10, 9, 2048, 5
PUBLISHED = {"day": 0.724, "week": 0.678}


@dataclass(frozen=True)
class Published:
    """One repetition: on the last ten athletes."""

    auc: float
    sensitivity: float
    specificity: float


def reproduce_published(data: InjuryData, *, seed: int, repetitions: int = REPETITIONS) -> list[Published]:
    """Run the published protocol.

    1. Test: the ten largest athlete ids; the others train.
    2. Each athlete's features are z-scored by her own healthy rows of all time, test athletes' too.
    3. Calibration on one balanced bootstrap of the training athletes, each of nine models on another.
    4. Boosted trees, depth 2 or 3, 256 or 512 of them, Platt-scaled.
    5. The mean probability; the threshold where sensitivity and specificity are closest on training rows with the test
       set's class counts.
    """
    metrics = needed("sklearn.metrics")

    athletes = np.unique(data.athlete)
    test = np.isin(data.athlete, athletes[-TEST_ATHLETES:])
    x = healthy_scores(data.x, data.athlete, data.injured)
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(repetitions):
        ensemble = Ensemble.fitted(x[~test], data.injured[~test], data.athlete[~test], rng)
        chance = ensemble.chance(x[test])
        threshold = _threshold(ensemble, x[~test], data.injured[~test], data.injured[test], rng)
        called, hurt = chance >= threshold, data.injured[test]
        found.append(
            Published(
                float(metrics.roc_auc_score(hurt, chance)),
                float(called[hurt].mean()),
                float((~called[~hurt]).mean()),
            )
        )
    return found


def healthy_scores(
    x: NDArray[np.float64], athlete: NDArray[np.int64], injured: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Z-score each athlete's rows by the mean and spread of her own healthy rows; a spread of 0 counts as 0.01."""
    out = np.empty_like(x)
    for one in np.unique(athlete):
        rows = athlete == one
        # Somebody without a healthy row, whom the published files do not have, is measured by all of hers.
        healthy = x[rows & ~injured] if (rows & ~injured).any() else x[rows]
        spread = healthy.std(axis=0)
        out[rows] = (x[rows] - healthy.mean(axis=0)) / np.where(spread == 0, 0.01, spread)
    return out


def balanced(
    injured: NDArray[np.bool_],
    athlete: NDArray[np.int64],
    rng: np.random.Generator,
    per_class: int = PER_CLASS,
) -> NDArray[np.int64]:
    """Return rows drawn with replacement: as many of both classes, the same number from each athlete who has both."""
    both = [one for one in np.unique(athlete) if len(np.unique(injured[athlete == one])) == 2]
    each = per_class // max(len(both), 1)
    drawn = [
        rng.choice(np.flatnonzero((athlete == one) & (injured == wanted)), each)
        for wanted in (False, True)
        for one in both
    ]
    return np.concatenate(drawn)


@dataclass(frozen=True)
class Ensemble:
    """Calibrated boosted trees whose mean probability counts."""

    models: list[tuple[Any, float, float]]

    @classmethod
    def fitted(
        cls,
        x: NDArray[np.float64],
        injured: NDArray[np.bool_],
        athlete: NDArray[np.int64],
        rng: np.random.Generator,
    ) -> Ensemble:
        """Fit nine of them, each on its own balanced bootstrap."""
        checked = balanced(injured, athlete, rng)
        models = []
        for _ in range(BAGS):
            rows = balanced(injured, athlete, rng)
            model = needed("xgboost").XGBClassifier(
                objective="binary:logistic", learning_rate=0.01, max_depth=int(rng.choice([2, 3])),
                n_estimators=int(rng.choice([256, 512])), eval_metric="auc", importance_type="total_gain",
                tree_method="hist", n_jobs=1, random_state=int(rng.integers(2**31)),
            )  # fmt: skip
            model.fit(x[rows], injured[rows])
            models.append((model, *_platt(model.predict_proba(x[checked])[:, 1], injured[checked])))
        return cls(models)

    def chance(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the mean calibrated probability of each row."""
        each = [1 / (1 + np.exp(a * model.predict_proba(x)[:, 1] + b)) for model, a, b in self.models]
        return np.asarray(np.mean(each, axis=0))


def _platt(scores: NDArray[np.float64], injured: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and intercept of Platt's sigmoid, as ``CalibratedClassifierCV(cv="prefit")`` fits it."""
    model = needed("sklearn.linear_model").LogisticRegression
    fit = model(C=np.inf, max_iter=1000).fit(scores[:, None], injured)
    return -float(fit.coef_[0, 0]), -float(fit.intercept_[0])


def _threshold(
    ensemble: Ensemble,
    x: NDArray[np.float64],
    injured: NDArray[np.bool_],
    test: NDArray[np.bool_],
    rng: np.random.Generator,
) -> float:
    """Return where sensitivity and specificity are closest, on training rows with the test set's class counts."""
    rows = np.concatenate(
        [
            rng.choice(np.flatnonzero(injured == wanted), int((test == wanted).sum()), replace=True)
            for wanted in (False, True)
        ]
    )
    false, true, cuts = needed("sklearn.metrics").roc_curve(injured[rows], ensemble.chance(x[rows]))
    return float(cuts[np.argmin(np.abs(true - (1 - false)))])
