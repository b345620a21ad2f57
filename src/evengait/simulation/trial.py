"""Made-up diaries of a self-trial: correlated days on a scale from 0 to 10, with all that spoils a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.trial import TrialDay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray


@dataclass(frozen=True)
class MadeUpPain:
    """What a made-up runner's pain is made of.

    Attributes
    ----------
    level, sd : float
        Mean pain without the treatment, and its spread from day to day, before the scale cuts it at 0 and 10.
    autocorrelation : float
        Of a day with the next.
    effect : float
        Points added on days with it; negative helps.
    trend : float
        Points over the whole time.
    week : float
        Half the swing of a weekly cycle.
    load : float
        Points for each standard deviation of the day before's load.
    missing : float
        Share of days not written down.
    carry_over : float
        Share of the effect that is still there the day after it is taken off, and missing the day after it is put on.
    whole : bool
        Pain is written in whole points.
    """

    level: float = 5.0
    sd: float = 1.5
    autocorrelation: float = 0.4
    effect: float = 0.0
    trend: float = 0.0
    week: float = 0.0
    load: float = 0.3
    missing: float = 0.0
    carry_over: float = 0.0
    whole: bool = True


def made_up_trial(
    pain: MadeUpPain, treated: Sequence[bool], first: date, rng: np.random.Generator
) -> list[TrialDay]:
    """Return a diary with these days on and off."""
    count = len(treated)
    load = np.where(rng.random(count) < 0.6, rng.gamma(4.0, 2.5, count), 0.0)
    latent = _latent(pain, np.asarray(treated, float), load, rng)
    seen = np.clip(np.round(latent) if pain.whole else latent, 0, 10)
    told = rng.random(count) >= pain.missing
    return [
        TrialDay(
            first + timedelta(days=i),
            float(seen[i]) if told[i] else None,
            bool(treated[i]),
            round(float(load[i]), 1),
        )
        for i in range(count)
    ]


def true_effect(pain: MadeUpPain, draws: int = 400_000) -> float:
    """Return the effect on the scale as it is written down: floor, ceiling and rounding take some of it away.

    Only for pain without trend, week, load or carry-over, whose cut would depend on the day.
    """
    rng = np.random.default_rng(0)
    swing = pain.level + pain.sd * rng.standard_normal(draws)
    without, with_it = (np.round(x) if pain.whole else x for x in (swing, swing + pain.effect))
    return float(np.clip(with_it, 0, 10).mean() - np.clip(without, 0, 10).mean())


def _latent(
    pain: MadeUpPain, on: NDArray[np.float64], load: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    count = len(on)
    swing = rng.standard_normal(count)
    for i in range(1, count):
        swing[i] = pain.autocorrelation * swing[i - 1] + np.sqrt(1 - pain.autocorrelation**2) * swing[i]
    acting = on.copy()
    for i in range(1, count):
        acting[i] = pain.carry_over * acting[i - 1] + (1 - pain.carry_over) * on[i]
    before = np.concatenate([[load.mean()], load[:-1]])
    number = np.arange(count)
    course = (number / max(count - 1, 1) - 0.5) * pain.trend
    week = pain.week * np.sin(2 * np.pi * number / 7)
    ran = pain.load * (before - load.mean()) / max(float(load.std()), 1e-9)
    latent: NDArray[np.float64] = pain.level + pain.sd * swing + pain.effect * acting + course + week + ran
    return latent
