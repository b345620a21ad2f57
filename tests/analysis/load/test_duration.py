from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.duration import duration_s
from evengait.analysis.load.stretches import Stretches
from evengait.core.recording import DeviceTotals

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.recording import Bout

    Maker = Callable[..., Bout]


def moving(bout: Bout) -> object:
    return duration_s(Stretches(bout))["moving_s"]


def test_smart_recording_counts_its_long_stretches(bout: Maker) -> None:
    clock = [0, 4, 5, 12, 21, 29, 30]
    assert moving(bout(clock, distance_m=[3.0 * t for t in clock])) == 30.0


def test_a_stop_without_a_pause_is_elapsed_but_not_moving(bout: Maker) -> None:
    clock = [*range(61), 400, *range(401, 461)]
    along = [3.0 * t for t in range(61)] + [180.0] + [180.0 + 3.0 * t for t in range(1, 61)]
    row = duration_s(Stretches(bout(clock, distance_m=along)))
    assert row["elapsed_s"] == 460.0
    assert row["moving_s"] == pytest.approx(120.0, abs=8)


def test_a_pause_does_not_count_even_with_overlapping_events(bout: Maker) -> None:
    clock = np.arange(0, 101)
    pauses = ((20_000_000, 50_000_000), (40_000_000, 60_000_000), (70_000_000, 70_000_000))
    run = bout(clock, distance_m=clock * 3.0, pauses_us=pauses)
    assert Stretches(run).seconds.sum() == pytest.approx(60.0)
    assert moving(run) == pytest.approx(60.0)


def test_a_treadmill_without_any_speed_counts_its_running_timer(bout: Maker) -> None:
    clock = [*range(100), 500, 501]
    assert moving(bout(clock, heart_rate_bpm=[120] * 102)) == 100.0


def test_standing_with_a_drifting_fix_is_not_moving(bout: Maker) -> None:
    assert moving(bout(range(101), distance_m=[0.3 * t for t in range(101)])) == 0.0


def test_a_null_speed_counts_as_moving_while_the_timer_runs(bout: Maker) -> None:
    speed = [3.0] * 10 + [float("nan")] * 10
    assert moving(bout(range(20), speed_m_s=speed)) == 19.0
    assert moving(bout([0, 1, 2, 100], speed_m_s=speed[8:12])) == 2.0


def test_a_clock_that_was_set_on_the_way_is_no_time(bout: Maker) -> None:
    clock = [0, 1, 2, 900_000_000, 900_000_001]
    row = duration_s(Stretches(bout(clock, distance_m=[0.0, 3.0, 6.0, 9.0, 12.0])))
    assert row == {"elapsed_s": 3.0, "moving_s": 3.0}


def test_the_devices_totals_stand_in_for_missing_samples(bout: Maker) -> None:
    totals = DeviceTotals(elapsed_s=100.0, timer_s=90.0)
    assert duration_s(Stretches(bout([], totals=totals))) == {"elapsed_s": 100.0, "moving_s": 90.0}
    assert duration_s(Stretches(bout([5], totals=totals))) == {"elapsed_s": 100.0, "moving_s": 90.0}
    assert duration_s(Stretches(bout([]))) == {"elapsed_s": None, "moving_s": None}


@given(st.lists(st.integers(0, 60), min_size=2, max_size=50), st.integers(0, 300), st.integers(0, 300))
def test_moving_time_is_never_more_than_the_running_timer(
    bout: Maker, gaps: list[int], begin: int, length: int
) -> None:
    clock = np.cumsum(gaps)
    run = bout(clock, distance_m=clock * 3.0, pauses_us=((begin * 10**6, (begin + length) * 10**6),))
    row = duration_s(Stretches(run))
    paused = max(0, min(begin + length, int(clock[-1])) - max(begin, int(clock[0])))
    assert 0.0 <= row["moving_s"] <= row["elapsed_s"] - paused + 1e-6  # type: ignore[operator]
