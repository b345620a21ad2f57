from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.gait.noise import Noise


def test_the_least_detectable_change_by_hand() -> None:
    # Independent runs, spread 0.3: 7 runs after 1,000: 1.96 * sqrt(2 / 7) * 0.3 = 0.314 is less than what the
    # search needs, (3.1 + 22 / 1000) * 0.3 * sqrt(1 / 1000 + 1 / 7) = 0.344; the floor is 1.2 * 0.3 = 0.36.
    quiet = Noise(spread=0.3, rho=0.0, runs=1000)
    assert quiet.detectable(1000, 7) == pytest.approx(0.36)
    assert quiet.detectable(1000, 4) == pytest.approx(3.122 * 0.3 * (1 / 1000 + 1 / 4) ** 0.5)


def test_correlated_runs_tell_less() -> None:
    assert Noise(0.3, 0.4, 100).detectable(100, 5) > Noise(0.3, 0.0, 100).detectable(100, 5)


def test_the_error_of_one_run_is_the_spread() -> None:
    many, one = np.array([1e6]), np.array([1.0])
    assert Noise(0.3, 0.4, 100).error(many, one)[0] == pytest.approx(0.3, rel=1e-3)


def test_a_wild_run_hardly_widens_the_spread() -> None:
    shares = np.random.default_rng(0).normal(50, 0.3, 100)
    wild = shares.copy()
    wild[50] = 40.0
    assert Noise.of(wild).spread < 1.15 * Noise.of(shares).spread


def test_the_correlation_leans_on_what_runners_have() -> None:
    assert 0.0 < Noise.of(np.random.default_rng(0).normal(50, 0.3, 30)).rho < 0.3


@given(st.lists(st.floats(40, 60), min_size=20, max_size=60), st.floats(-5, 5))
def test_the_noise_does_not_know_the_level(shares: list[float], level: float) -> None:
    one, other = Noise.of(np.array(shares)), Noise.of(np.array(shares) + level)
    assert other.spread == pytest.approx(one.spread, rel=1e-6, abs=1e-5)
    assert 0.0 <= one.rho <= 0.7
