from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.acwr import acwr
from evengait.analysis.load.week_rise import rise


def test_a_week_of_half_as_much_again_is_one_and_a_half() -> None:
    daily = np.array([10.0, 0.0, 10.0, 5.0, 0.0, 15.0, 0.0] * 3 + [15.0, 0.0, 15.0, 7.5, 0.0, 22.5, 0.0])
    assert rise(daily)[27] == pytest.approx(1.5)
    assert np.isnan(rise(daily)[:27]).all()


def test_the_week_is_no_part_of_its_own_yardstick() -> None:
    daily = np.array([0.0] * 20 + [1.0] + [10.0] * 7)
    assert rise(daily)[27] == pytest.approx(210.0)


def test_an_unknown_day_makes_four_weeks_unknown() -> None:
    daily = np.full(80, 10.0)
    daily[30] = np.nan
    assert np.isnan(rise(daily)[30:58]).all()
    assert rise(daily)[[29, 58]].tolist() == [1.0, 1.0]


def test_nothing_run_before_gives_nothing_to_divide_by() -> None:
    assert np.isnan(rise(np.array([0.0] * 21 + [10.0] * 7))[27])


def test_too_short_a_series_is_unknown() -> None:
    assert rise(np.array([])).tolist() == []
    assert np.isnan(rise(np.full(27, 5.0))).all()


def test_the_described_ratio_is_the_same_sum() -> None:
    daily = np.arange(40.0)
    assert acwr(daily) == pytest.approx(rise(daily), nan_ok=True)


@given(st.lists(st.floats(1, 1000), min_size=28, max_size=28), st.floats(0.1, 10))
def test_the_unit_does_not_matter(daily: list[float], factor: float) -> None:
    assert rise(np.array(daily) * factor)[27] == pytest.approx(rise(np.array(daily))[27])
