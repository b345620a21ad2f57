from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.distance import distance_m
from evengait.analysis.load.speed_histogram import speed_histogram
from evengait.analysis.load.stretches import Stretches
from evengait.core.recording import DeviceTotals

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.recording import Bout

    Maker = Callable[..., Bout]


def test_samples_outrank_the_devices_total(bout: Maker) -> None:
    run = bout([0, 10, 20], distance_m=[0.0, 30.0, 60.0], totals=DeviceTotals(distance_m=99.0))
    assert distance_m(Stretches(run)) == {"distance_m": 60.0}


def test_the_devices_total_stands_in_where_samples_say_nothing(bout: Maker) -> None:
    run = bout([0, 10], heart_rate_bpm=[90, 95], totals=DeviceTotals(distance_m=99.0))
    assert distance_m(Stretches(run)) == {"distance_m": 99.0}
    assert distance_m(Stretches(bout([0, 10], heart_rate_bpm=[90, 95]))) == {"distance_m": None}


def test_without_samples_there_is_no_histogram(bout: Maker) -> None:
    assert speed_histogram(Stretches(bout([]))) == {"speed_hist_m": None}
    assert speed_histogram(Stretches(bout([0, 1], heart_rate_bpm=[90, 90]))) == {"speed_hist_m": None}


def test_distance_falls_into_the_bin_of_the_devices_speed(bout: Maker) -> None:
    run = bout(range(5), distance_m=[0.0, 3.0, 6.0, 10.0, 14.0], speed_m_s=[3.0, 3.0, 3.1, 4.0, 4.2])
    filled = speed_histogram(Stretches(run))["speed_hist_m"]
    assert {i: float(m) for i, m in enumerate(filled) if m} == {12: 6.0, 16: 8.0}  # type: ignore[arg-type]


def test_the_last_bin_is_open(bout: Maker) -> None:
    run = bout(range(3), sport="cycling", distance_m=[0.0, 14.0, 28.0], speed_m_s=[14.0, 14.0, 14.0])
    filled = speed_histogram(Stretches(run))["speed_hist_m"]
    assert filled[39] == 28.0  # type: ignore[index]


@given(st.lists(st.integers(0, 1200), min_size=2, max_size=60))
def test_the_histogram_sums_to_the_distance(bout: Maker, centimetres: list[int]) -> None:
    along, total = [], 0
    for step in centimetres:
        total += step
        along.append(total / 100)
    stretches = Stretches(bout(range(len(along)), distance_m=along))
    filled = speed_histogram(stretches)["speed_hist_m"]
    assert filled.sum() == pytest.approx(distance_m(stretches)["distance_m"], rel=1e-4, abs=1e-3)  # type: ignore[attr-defined]
