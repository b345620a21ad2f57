from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.ewma import acute_ewma, chronic_ewma, ewma
from evengait.analysis.load.monotony import monotony, strain
from evengait.core.unknown import Unknown

WEEK = [0.0, 200.0, 100.0, 200.0, 0.0, 300.0, 250.0]


def test_a_smoother_by_hand() -> None:
    assert ewma(np.array([8.0, 0.0, 8.0]), 3) == pytest.approx([np.nan, np.nan, 6.0], nan_ok=True)


def test_the_acute_mean_answers_faster_than_the_chronic() -> None:
    daily = np.array([100.0] * 40 + [200.0])
    assert acute_ewma(daily)[-1] == pytest.approx(125.0)
    assert chronic_ewma(daily)[-1] == pytest.approx(100 + 100 * 2 / 29)


def test_an_unknown_day_starts_the_smoother_anew() -> None:
    daily = np.array([10.0] * 9 + [np.nan] + [20.0] * 8)
    found = acute_ewma(daily)
    assert found[8] == 10.0
    assert np.isnan(found[9:16]).all()
    assert found[16] == 20.0


def test_an_empty_series_is_empty() -> None:
    assert acute_ewma(np.array([])).tolist() == []


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=60), st.integers(1, 28))
def test_a_smoother_stays_within_the_loads(daily: list[float], days: int) -> None:
    found = ewma(np.array(daily), days)
    known = found[~np.isnan(found)]
    assert len(known) == max(0, len(daily) - days + 1)
    assert (known >= min(daily) - 1e-6).all()
    assert (known <= max(daily) + 1e-6).all()


def test_monotony_and_strain_by_hand() -> None:
    # Mean 150, squares of the deviations 85 000, sample deviation 119.02.
    assert monotony(WEEK) == pytest.approx(150 / (85_000 / 6) ** 0.5)
    assert strain(WEEK) == pytest.approx(1050 * 150 / (85_000 / 6) ** 0.5)


def test_seven_equal_days_have_no_monotony() -> None:
    assert isinstance(monotony([60.0] * 7), Unknown)
    assert isinstance(strain([60.0] * 7), Unknown)
    assert not monotony([0.0] * 7)


def test_an_unknown_day_or_half_a_week_has_no_monotony() -> None:
    assert isinstance(monotony([*WEEK[:6], None]), Unknown)
    assert isinstance(monotony(WEEK[:6]), Unknown)
    assert isinstance(monotony([]), Unknown)


@given(st.permutations(WEEK), st.floats(0.1, 10))
def test_monotony_knows_neither_order_nor_unit(week: list[float], factor: float) -> None:
    assert monotony([load * factor for load in week]) == pytest.approx(monotony(WEEK))
