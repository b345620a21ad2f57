"""How well predicted chances do, and how sure that is when athletes, not rows, are drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MEASURES = ("auc", "average_precision", "calibration_slope")


class Ranked:
    """Chances in the order of their size, so that a measure under other weights costs one pass.

    Parameters
    ----------
    chance : float64 array of shape (rows,)
        Between 0 and 1.
    injured : bool array of shape (rows,)
    """

    def __init__(self, chance: Floats, injured: NDArray[np.bool_]) -> None:
        self.order = np.argsort(-chance, kind="stable")
        ranked = chance[self.order]
        self.ends = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))
        self.injured = injured[self.order].astype(float)
        clipped = np.clip(ranked, 1e-9, 1 - 1e-9)
        self.odds = np.log(clipped / (1 - clipped))

    def measures(self, weight: Floats | None = None) -> Floats:
        """Return area under the curve, average precision and calibration slope.

        Parameters
        ----------
        weight : float64 array of shape (rows,), optional
            In the order of the rows as they were given.
        """
        w = np.ones(len(self.order)) if weight is None else weight[self.order]
        true, false = np.cumsum(w * self.injured)[self.ends], np.cumsum(w * (1 - self.injured))[self.ends]
        if true[-1] == 0 or false[-1] == 0:
            return np.full(3, np.nan)
        rate, miss = np.append(0, true / true[-1]), np.append(0, false / false[-1])
        called = true + false
        precision = np.divide(true, called, out=np.zeros_like(true), where=called > 0)
        return np.array(
            [np.trapezoid(rate, miss), (np.diff(rate) * precision).sum(), _slope(self.odds, self.injured, w)]
        )


def _slope(odds: Floats, injured: Floats, weight: Floats) -> float:
    """Return by how much the log odds must be stretched to fit: 1 = calibrated, under 1 = too bold."""
    if np.ptp(odds) < 1e-9:
        return float("nan")
    x = np.column_stack([np.ones_like(odds), odds])
    share = np.average(injured, weights=weight)
    beta = np.array([np.log(share / (1 - share)) - np.average(odds, weights=weight), 1.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        step = np.linalg.solve(
            (x * (weight * p * (1 - p))[:, None]).T @ x + 1e-9 * np.eye(2), x.T @ (weight * (injured - p))
        )
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return float(beta[1])


def cluster_intervals(
    chances: list[Floats],
    injured: NDArray[np.bool_],
    athlete: NDArray[np.int64],
    *,
    draws: int,
    seed: int,
    level: float = 0.95,
) -> dict[str, dict[str, float | list[float]]]:
    """Return each measure, averaged over repetitions, with its interval from drawing athletes anew.

    Parameters
    ----------
    chances : list of float64 arrays of shape (rows,)
        One for each repetition of the cross-validation.
    """
    ranked = [Ranked(chance, injured) for chance in chances]
    plain = np.mean([one.measures() for one in ranked], axis=0)
    names, place = np.unique(athlete, return_inverse=True)
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(draws):
        times = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names)).astype(float)
        drawn.append(np.mean([one.measures(times[place]) for one in ranked], axis=0))
    table = np.array(drawn)
    tail = 100 * (1 - level) / 2
    found: dict[str, dict[str, float | list[float]]] = {}
    for i, name in enumerate(MEASURES):
        column = table[~np.isnan(table[:, i]), i]
        interval = np.percentile(column, [tail, 100 - tail]).tolist() if len(column) else [float("nan")] * 2
        found[name] = {"value": float(plain[i]), "interval": interval}
    return found
