from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.heart_rate import heart_rate_bpm
from evengait.analysis.load.steps import steps
from evengait.analysis.load.stretches import Stretches
from evengait.core.recording import DeviceTotals

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.recording import Bout

    Maker = Callable[..., Bout]

NAN = float("nan")


def test_steps_are_counted_over_moving_time_alone(bout: Maker) -> None:
    clock = [*range(61), 360]
    run = bout(clock, distance_m=[3.0 * t for t in range(61)] + [180.0], step_rate_spm=[180.0] * 61 + [0.0])
    assert steps(Stretches(run))["steps"] == pytest.approx(180.0, rel=0.05)


def test_a_little_missing_step_rate_counts_at_the_mean(bout: Maker) -> None:
    rate = [180.0] * 51 + [NAN] * 10
    assert steps(Stretches(bout(range(61), step_rate_spm=rate)))["steps"] == pytest.approx(180.0)


def test_much_missing_step_rate_is_unknown(bout: Maker) -> None:
    rate = [180.0] * 31 + [NAN] * 30
    assert steps(Stretches(bout(range(61), step_rate_spm=rate))) == {"steps": None}
    said = bout(range(61), step_rate_spm=rate, totals=DeviceTotals(steps=175.0))
    assert steps(Stretches(said)) == {"steps": 175.0}


def test_without_step_rate_the_devices_total_or_unknown(bout: Maker) -> None:
    assert steps(Stretches(bout([]))) == {"steps": None}
    assert steps(Stretches(bout(range(9), distance_m=range(9)))) == {"steps": None}
    assert steps(Stretches(bout([], totals=DeviceTotals(steps=900.0)))) == {"steps": 900.0}


@given(st.lists(st.floats(100, 220), min_size=2, max_size=40))
def test_steps_lie_between_the_slowest_and_the_fastest_rate(bout: Maker, rates: list[float]) -> None:
    found = steps(Stretches(bout(range(len(rates)), step_rate_spm=rates)))["steps"]
    minutes = (len(rates) - 1) / 60
    assert min(rates) * minutes - 0.1 <= found <= max(rates) * minutes + 0.1  # type: ignore[operator]


def test_heart_rate_is_weighted_by_time_and_skips_the_unknown(bout: Maker) -> None:
    run = bout([0, 1, 2, 8], heart_rate_bpm=[60, 100, NAN, 150])
    assert heart_rate_bpm(Stretches(run))["heart_rate_bpm"] == pytest.approx((100 + 6 * 150) / 7)


def test_no_heart_rate_is_unknown(bout: Maker) -> None:
    assert heart_rate_bpm(Stretches(bout([]))) == {"heart_rate_bpm": None}
    assert heart_rate_bpm(Stretches(bout([0, 1], heart_rate_bpm=[NAN, NAN]))) == {"heart_rate_bpm": None}
    said = bout([0, 1], distance_m=[0, 3], totals=DeviceTotals(heart_rate_bpm=140.0))
    assert heart_rate_bpm(Stretches(said)) == {"heart_rate_bpm": 140.0}


@given(st.lists(st.integers(40, 220), min_size=2, max_size=40))
def test_mean_heart_rate_lies_within_its_range(bout: Maker, beats: list[int]) -> None:
    found = heart_rate_bpm(Stretches(bout(np.arange(len(beats)) * 3, heart_rate_bpm=beats)))["heart_rate_bpm"]
    assert min(beats) - 1e-9 <= found <= max(beats) + 1e-9  # type: ignore[operator]
