"""Window values: hand-worked, with gaps and unknowns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.change.windows import Days, window_values
from evengait.core.factor import Factor


def factor(**changes: object) -> Factor:
    base = {
        "id": "x", "label": "X", "column": "x", "window_days": 3, "aggregate": "sum", "direction": "high",
        "unit": "m", "resolution": 1.0,
    }  # fmt: skip
    return Factor(**{**base, **changes})  # type: ignore[arg-type]


def days(x: list[float], distance: list[float] | None = None, covered: list[int] | None = None) -> Days:
    n = len(x)
    return Days(
        first=1,
        columns={
            "x": np.array(x, float),
            "distance_m": np.array(distance or [1.0] * n, float),
            "covered": np.array(covered or [1] * n, float),
        },
        texts={},
    )


def same(got: np.ndarray, expected: list[float]) -> None:
    np.testing.assert_allclose(got, expected, equal_nan=True)


NAN = float("nan")


def test_a_sum_is_unknown_until_its_window_is_full() -> None:
    same(window_values(days([1, 2, 3, 4]), factor()), [NAN, NAN, 6, 9])


def test_a_gap_of_coverage_makes_every_window_over_it_unknown() -> None:
    same(window_values(days([1, 2, 3, 4, 5, 6], covered=[1, 0, 1, 1, 1, 1]), factor()), [NAN] * 4 + [12, 15])


def test_an_unknown_day_counts_only_while_four_fifths_of_the_distance_are_known() -> None:
    little = days([1, NAN, 3], distance=[5, 2, 5])
    same(window_values(little, factor()), [NAN, NAN, 4])
    much = days([1, NAN, 3], distance=[5, 5, 5])
    same(window_values(much, factor()), [NAN, NAN, NAN])


def test_a_rest_day_is_a_true_zero_in_a_sum() -> None:
    same(window_values(days([4, 0, 2], distance=[4, 0, 2]), factor()), [NAN, NAN, 6])


def test_a_mean_is_weighted_by_distance() -> None:
    got = window_values(
        days([1.0, NAN, 0.0], distance=[3, 0, 1]), factor(aggregate="mean", weight="distance_m")
    )
    same(got, [NAN, NAN, 0.75])


def test_a_mean_of_too_few_runs_is_unknown() -> None:
    got = window_values(
        days([1.0, NAN, NAN], distance=[3, 0, 0]), factor(aggregate="mean", weight="distance_m", min_runs=2)
    )
    same(got, [NAN, NAN, NAN])


def test_the_largest_of_a_window_ignores_days_without_a_value() -> None:
    same(window_values(days([NAN, 2, NAN, NAN, NAN]), factor(aggregate="max")), [NAN, NAN, 2, 2, NAN])


def test_reach_takes_the_more_extreme_of_the_day_and_the_day_before() -> None:
    spike = factor(aggregate="max", window_days=1, reach_days=1)
    same(window_values(days([1, 3, NAN, NAN]), spike), [1, 3, 3, NAN])
    low = factor(aggregate="max", window_days=1, reach_days=1, direction="low")
    same(window_values(days([1, 3, NAN, NAN]), low), [1, 1, 3, NAN])


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=40), st.integers(1, 3))
def test_a_sum_is_what_adding_up_gives(values: list[float], window: int) -> None:
    got = window_values(days(values), factor(window_days=window))
    for end in range(window - 1, len(values)):
        assert got[end] == pytest.approx(sum(values[end - window + 1 : end + 1]), abs=1e-6)
