"""The share an interval is asked for: against what is known exactly, and what must not matter."""

from __future__ import annotations

import numpy as np
import pytest

from evengait.analysis.trial import effect
from evengait.analysis.trial.calibration import calibrated_share
from evengait.analysis.trial.effect import Fit, fit_effect

DAYS = np.arange(60)
TERMS = np.column_stack([np.ones(60), DAYS // 8 % 2, DAYS / 30])


def made_up(correlation: float, seed: int) -> np.ndarray:
    news = np.random.default_rng([seed, 5]).standard_normal(60)
    for day in range(1, 60):
        news[day] = correlation * news[day - 1] + np.sqrt(1 - correlation**2) * news[day]
    return 5 + 1.5 * news


def fitted(pain: np.ndarray) -> Fit:
    fit = fit_effect(pain, TERMS, DAYS)
    assert isinstance(fit, Fit)
    return fit


def test_a_correlation_that_is_known_needs_no_other_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one correlation the interval is Student's, which holds exactly what it says."""
    monkeypatch.setattr(effect, "CORRELATIONS", np.array([0.5]))
    share = calibrated_share(fitted(made_up(0.5, 0)), TERMS, DAYS, 0.9)
    assert share == pytest.approx(0.9, abs=0.03)


def test_the_same_diary_has_the_same_share_in_points_of_any_size() -> None:
    pain = made_up(0.3, 1)
    share = calibrated_share(fitted(pain), TERMS, DAYS, 0.9)
    assert share == calibrated_share(fitted(pain), TERMS, DAYS, 0.9)
    assert share == pytest.approx(calibrated_share(fitted(pain / 3 + 1), TERMS, DAYS, 0.9), abs=0.005)


def test_days_that_resemble_each_other_are_asked_for_more() -> None:
    asked = [
        np.mean([calibrated_share(fitted(made_up(r, seed)), TERMS, DAYS, 0.9) for seed in range(12)])
        for r in (0.0, 0.8)
    ]
    assert asked[0] < 0.895 < asked[1]
