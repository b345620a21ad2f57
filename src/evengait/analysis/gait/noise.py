"""The runner's own day-to-day noise of balance, and the shifts that stand out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_USUAL = 20
"""Runs before a change, to know what is usual (the evidence base's own rule)."""
LEAST_AFTER = 3
"""Runs for which a change must hold."""
CRITICAL, CRITICAL_FEW = 3.1, 22.0
"""A change is called beyond ``CRITICAL + CRITICAL_FEW / usual runs`` standard errors: at most 5 % false alarms over
the whole window, for day-to-day correlation from 0 to 0.4 and heavy tails (``benchmarks/gait_change_study.py``)."""
RHO_PRIOR, RHO_RUNS = 0.3, 20.0
"""Correlation of a run with the next: the runner's own, held towards 0.3 as if seen in 20 runs. A healthy runner's
88 runs over ten months had 0.32."""
CLIP_SD = 3.0
LEAST_SPREADS = 1.2
"""A shift of less than this many day-to-day spreads is not called: slow drifts over a season reach that far."""
LIKELIHOOD_DROP = 9.0
"""A start whose -2 log likelihood is worse by more than this is outside the interval. 5.94 would do for 90 % of large
shifts, (1 - exp(-x/2))**2 = 0.9; small shifts are seen in lucky moments and need more (the same study)."""


@dataclass(frozen=True)
class Noise:
    """The runner's own day-to-day noise of balance.

    Attributes
    ----------
    spread : float
        Standard deviation, outliers held to three robust ones.  [percentage points]
    rho : float
        Correlation of a run with the next.
    runs : int
    """

    spread: float
    rho: float
    runs: int

    @classmethod
    def of(cls, usual: Floats) -> Noise:
        """Estimate the noise of the usual runs."""
        middle = float(np.median(usual))
        robust = max(1.4826 * float(np.median(np.abs(usual - middle))), 1e-6)
        off = np.clip(usual - middle, -CLIP_SD * robust, CLIP_SD * robust)
        off -= off.mean()
        power = float((off**2).sum())
        own = float((off[1:] * off[:-1]).sum()) / power if power > 0 else 0.0
        # The lag-one estimate is too low in short series by about (1 + 3 rho) / n (Kendall 1954).
        own += (1 + 3 * own) / len(off)
        rho = (own * len(off) + RHO_PRIOR * RHO_RUNS) / (len(off) + RHO_RUNS)
        spread = max(float(np.sqrt(power / (len(off) - 1))), robust)
        return cls(spread, min(max(rho, 0.0), 0.7), len(off))

    @property
    def limit(self) -> float:
        """Standard errors beyond which a shift is called."""
        return CRITICAL + CRITICAL_FEW / self.runs

    def error(self, before: Floats, after: Floats) -> Floats:
        """Return the standard error of the difference of two means of so many runs."""
        out: Floats = self.spread * np.sqrt(
            _mean_variance(before, self.rho) + _mean_variance(after, self.rho)
        )
        return out

    def detectable(self, before: int, after: int) -> float:
        """Return the least shift that is called: beyond the search's limit, and beyond the MDC95 of the mean."""
        searched = self.limit * float(self.error(np.array([float(before)]), np.array([float(after)]))[0])
        return max(searched, 1.96 * float(np.sqrt(2 / after)) * self.spread, LEAST_SPREADS * self.spread)

    def largest_shift(self, values: Floats) -> int | None:
        """Return the start of the new level that differs most from all before, or None if within the noise."""
        size = len(values)
        at = np.arange(LEAST_USUAL, size - LEAST_AFTER + 1)
        if not len(at):
            return None
        total = np.concatenate(([0.0], np.cumsum(self.clip(values))))
        shift = (total[-1] - total[at]) / (size - at) - total[at] / at
        score = np.abs(shift) / self.error(at.astype(float), (size - at).astype(float))
        best = int(np.argmax(score))
        return int(at[best]) if score[best] > self.limit else None

    def clip(self, values: Floats) -> Floats:
        """Hold lone outliers of either level to three spreads around the running median of five runs."""
        padded = np.pad(values, 2, mode="edge")
        near = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
        return np.clip(values, near - CLIP_SD * self.spread, near + CLIP_SD * self.spread)

    def likely(self, values: Floats, best: int) -> tuple[int, int]:
        """Return the first and last start of the new level that the values hardly tell from the best."""
        clipped = self.clip(values)
        at = np.arange(LEAST_AFTER, len(values) - LEAST_AFTER + 1)
        misfit = np.array([self._misfit(clipped, int(k)) for k in at])
        kept = at[misfit - misfit[at == best] <= LIKELIHOOD_DROP]
        return int(kept[0]), int(kept[-1])

    def _misfit(self, values: Floats, k: int) -> float:
        """Return -2 log likelihood of a change at ``k``, autoregressive noise, up to a constant."""
        step = np.zeros(len(values))
        step[k:] = 1.0
        design = np.column_stack((np.ones(len(values)), step))
        white_x, white_y = design[1:] - self.rho * design[:-1], values[1:] - self.rho * values[:-1]
        rest = white_y - white_x @ np.linalg.lstsq(white_x, white_y, rcond=None)[0]
        return float((rest**2).sum() / (self.spread**2 * (1 - self.rho**2)))


def _mean_variance(runs: Floats, rho: float) -> Floats:
    """Variance of the mean of ``runs`` neighbours with first-order autoregressive noise of variance 1."""
    drop = 2 * rho * (1 - rho**runs) / (runs * (1 - rho) ** 2)
    out: Floats = ((1 + rho) / (1 - rho) - drop) / runs
    return out
