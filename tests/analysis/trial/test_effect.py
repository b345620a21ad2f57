"""The effect: against statsmodels' own answers where there is one, and against what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.linear_model import GLS, OLS

from evengait.analysis.trial import effect
from evengait.analysis.trial.effect import Fit, fit_effect
from evengait.core.unknown import Unknown


def made_up(seed: int, count: int = 60, change: float = -2.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    days = np.sort(rng.choice(count + 10, count, replace=False))
    treated = (days // 8 % 2).astype(float)
    terms = np.column_stack([np.ones(count), treated, days / 30])
    return 5 + change * treated + rng.normal(0, 1, count), terms, days


def fitted(*data: np.ndarray) -> Fit:
    fit = fit_effect(*data)
    assert isinstance(fit, Fit)
    return fit


def test_without_correlation_the_answer_is_that_of_ordinary_least_squares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pain, terms, days = made_up(1)
    monkeypatch.setattr(effect, "CORRELATIONS", np.array([0.0]))
    fit = fitted(pain, terms, days)
    known = OLS(pain, terms).fit()
    assert fit.estimate == pytest.approx(known.params[1])
    assert fit.interval(0.9) == pytest.approx(known.conf_int(0.1)[1], abs=1e-5)


def test_a_known_correlation_gives_the_generalised_least_squares_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pain, terms, days = made_up(2)
    monkeypatch.setattr(effect, "CORRELATIONS", np.array([0.5]))
    fit = fitted(pain, terms, days)
    known = GLS(pain, terms, sigma=0.5 ** np.abs(np.subtract.outer(days, days))).fit()
    assert fit.estimate == pytest.approx(known.params[1])
    assert fit.interval(0.9) == pytest.approx(known.conf_int(0.1)[1], abs=1e-5)


def test_the_restricted_likelihood_is_the_density_of_what_the_terms_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Worked out a second way: the density of contrasts that the terms cannot reach, up to one constant."""
    pain, terms, days = made_up(3, 30)
    monkeypatch.setattr(effect, "PRIOR_POWER", 0.0)
    monkeypatch.setattr(effect, "CORRELATIONS", np.array([0.0, 0.3, 0.6]))
    fit = fitted(pain, terms, days)
    contrasts = np.linalg.svd(terms)[0][:, terms.shape[1] :]
    logs = []
    for r in effect.CORRELATIONS:
        spread = contrasts.T @ (float(r) ** np.abs(np.subtract.outer(days, days))) @ contrasts
        left = contrasts.T @ pain
        squares = left @ np.linalg.solve(spread, left)
        logs.append(-0.5 * np.linalg.slogdet(spread)[1] - 0.5 * len(left) * np.log(squares))
    known = np.exp(np.array(logs) - max(logs))
    np.testing.assert_allclose(fit.weights, known / known.sum(), rtol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(-3, 3))
def test_adding_points_to_every_treated_day_adds_them_to_the_effect(seed: int, points: float) -> None:
    pain, terms, days = made_up(seed, 40)
    before, after = fitted(pain, terms, days), fitted(pain + points * terms[:, 1], terms, days)
    assert after.estimate == pytest.approx(before.estimate + points, abs=1e-6)
    shifted = [edge + points for edge in before.interval(0.9)]
    assert after.interval(0.9) == pytest.approx(shifted, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_a_wider_interval_holds_a_narrower_one_and_the_estimate(seed: int) -> None:
    fit = fitted(*made_up(seed, 40))
    (low, high), (lower, higher) = fit.interval(0.8), fit.interval(0.95)
    assert lower < low < fit.estimate < high < higher


def test_pain_that_never_changes_gives_no_effect_and_no_certainty_beyond_the_scales_steps() -> None:
    _, terms, days = made_up(4)
    fit = fitted(np.full(60, 3.0), terms, days)
    low, high = fit.interval(0.9)
    assert fit.estimate == pytest.approx(0)
    assert low < -0.05 < 0.05 < high


def test_too_few_days_are_unknown() -> None:
    pain, terms, days = made_up(5)
    assert isinstance(fit_effect(pain[:10], terms[:10], days[:10]), Unknown)


def test_a_treatment_that_never_changes_is_unknown() -> None:
    pain, terms, days = made_up(6)
    terms[:, 1] = 1.0
    assert isinstance(fit_effect(pain, terms, days), Unknown)
