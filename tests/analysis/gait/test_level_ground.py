from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.gait.level_ground import level_ground
from evengait.analysis.load.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.recording import Bout

    Maker = Callable[..., Bout]

NAN = float("nan")
SECONDS = 600


def steady(bout: Maker, speed: float = 3.1, seconds: int = SECONDS, **given: Any) -> Bout:
    """Ten minutes at one speed on the flat, balance 50.5 %, unless told otherwise."""
    t = np.arange(seconds)
    columns: dict[str, Any] = {
        "distance_m": t * speed,
        "altitude_m": np.full(seconds, 100.0),
        "balance_left_pct": np.full(seconds, 50.5),
    }
    return bout(t, **(columns | given))


def found(bout: Bout) -> dict[str, Any]:
    return level_ground(Stretches(bout))


def test_a_steady_run_fills_the_bin_of_its_speed(bout: Maker) -> None:
    row = found(steady(bout, step_rate_spm=np.full(SECONDS, 176.0), contact_time_ms=np.full(SECONDS, 245.0)))
    assert row["gait_speed_bin"].tolist() == [12]
    assert row["gait_seconds"][0] == pytest.approx(SECONDS, abs=15)
    assert row["gait_step_rate_spm"].tolist() == [176.0]
    assert row["gait_contact_time_ms"].tolist() == [245.0]
    assert row["gait_balance_left_pct"].tolist() == [50.5]


def test_bins_differ_where_speeds_do(bout: Maker) -> None:
    speed = np.repeat([2.6, 3.6], 300)
    run = steady(bout, distance_m=np.cumsum(speed), balance_left_pct=np.repeat([50.0, 51.0], 300))
    row = found(run)
    assert row["gait_speed_bin"].tolist()[0] == 10
    assert row["gait_speed_bin"].tolist()[-1] == 14
    assert row["gait_balance_left_pct"][[0, -1]].tolist() == [50.0, 51.0]


def test_a_slope_is_left_out_both_ways(bout: Maker) -> None:
    t = np.arange(SECONDS)
    for grade in (0.05, -0.05):
        assert set(found(steady(bout, altitude_m=100 + t * 3.1 * grade)).values()) == {None}
    assert found(steady(bout, altitude_m=100 + t * 3.1 * 0.01))["gait_seconds"][0] > 500


def test_unknown_ground_is_not_level_but_a_track_is(bout: Maker) -> None:
    unknown = np.full(SECONDS, NAN)
    assert set(found(steady(bout, altitude_m=unknown)).values()) == {None}
    assert found(steady(bout, altitude_m=unknown, sub_sport="track"))["gait_speed_bin"].tolist() == [12]


def test_a_treadmill_never_counts(bout: Maker) -> None:
    assert set(found(steady(bout, sub_sport="treadmill")).values()) == {None}


def test_walks_and_rides_have_no_running_gait(bout: Maker) -> None:
    assert set(found(steady(bout, sport="walking")).values()) == {None}
    assert set(found(steady(bout, speed=1.9)).values()) == {None}


def test_a_sudden_change_of_speed_is_left_out(bout: Maker) -> None:
    speed = np.repeat([2.5, 4.5], 300)
    seconds = found(steady(bout, distance_m=np.cumsum(speed)))["gait_seconds"]
    assert SECONDS - 40 < seconds.sum() < SECONDS - 8


def test_values_no_runner_has_are_no_values(bout: Maker) -> None:
    balance = np.full(SECONDS, 50.0)
    balance[::2] = 0.0
    row = found(steady(bout, balance_left_pct=balance))
    assert row["gait_balance_left_pct"].tolist() == [50.0]
    assert row["gait_seconds"][0] == pytest.approx(SECONDS / 2, abs=10)
    assert set(found(steady(bout, balance_left_pct=np.zeros(SECONDS))).values()) == {None}


def test_a_measure_that_is_missing_is_none_and_a_bin_without_it_is_nan(bout: Maker) -> None:
    speed = np.repeat([2.6, 3.6], 300)
    contact = np.repeat([250.0, NAN], 300)
    row = found(steady(bout, distance_m=np.cumsum(speed), contact_time_ms=contact))
    assert row["gait_step_rate_spm"] is None
    assert np.isnan(row["gait_contact_time_ms"][-1])
    assert row["gait_balance_left_pct"][-1] == 50.5


def test_nothing_recorded_is_unknown(bout: Maker) -> None:
    assert set(found(bout([])).values()) == {None}
    assert set(found(bout([0], balance_left_pct=[50.0])).values()) == {None}
    assert set(found(bout(range(9), balance_left_pct=[50.0] * 9)).values()) == {None}


@given(st.lists(st.floats(45, 55), min_size=60, max_size=60))
def test_a_mean_lies_within_what_was_measured(bout: Maker, shares: list[float]) -> None:
    row = found(steady(bout, seconds=60, balance_left_pct=shares))
    for mean in row["gait_balance_left_pct"]:
        assert min(shares) - 0.01 <= mean <= max(shares) + 0.01
