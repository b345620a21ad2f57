"""Load as it is often described."""

from __future__ import annotations

import numpy as np
import pytest

from evengait.analysis.load.description import describe_load


def test_a_steady_month_is_described_by_hand() -> None:
    week = [12.0, 0.0, 8.0, 10.0, 0.0, 6.0, 20.0]
    told = describe_load(np.array(week * 8))
    assert told["acwr"] == pytest.approx(1.0)
    assert told["monotony"] == pytest.approx(np.mean(week) / np.std(week, ddof=1))
    assert told["strain_m"] == pytest.approx(56 * np.mean(week) / np.std(week, ddof=1))
    assert told["acute_ewma_m"] != told["chronic_ewma_m"]


def test_an_unknown_day_is_not_a_rest_day() -> None:
    days = np.full(56, 10.0)
    days[-3] = np.nan
    assert set(describe_load(days).values()) == {None}


@pytest.mark.parametrize("days", [0, 1, 6])
def test_too_few_days_describe_nothing(days: int) -> None:
    assert set(describe_load(np.full(days, 10.0)).values()) == {None}
