from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.recording import Bout

    Maker = Callable[..., Bout]

NAN = float("nan")
METRES_A_DEGREE = 6_371_008.8 * np.pi / 180


def semicircles(degrees: object) -> np.ndarray:
    return np.round(np.asarray(degrees, float) * 2**31 / 180)


def metres(bout: Bout) -> list[float] | None:
    found = Stretches(bout).metres
    return None if found is None else found.round(3).tolist()


def test_the_devices_distance_comes_first(bout: Maker) -> None:
    run = bout([0, 1, 2], distance_m=[10.0, 13.0, 16.5], speed_m_s=[9.0, 9.0, 9.0])
    assert metres(run) == [3.0, 3.5]


def test_a_counter_that_falls_adds_nothing(bout: Maker) -> None:
    assert metres(bout([0, 1, 2, 3], distance_m=[100.0, 103.0, 0.0, 3.0])) == [3.0, 0.0, 3.0]


def test_a_null_distance_is_bridged(bout: Maker) -> None:
    assert metres(bout([0, 1, 2, 4], distance_m=[0.0, NAN, NAN, 12.0])) == [3.0, 3.0, 6.0]


def test_a_jump_is_cut_to_the_top_speed(bout: Maker) -> None:
    assert metres(bout([0, 1, 2, 3], distance_m=[0.0, 3.0, 5003.0, 5006.0])) == [3.0, 25.0, 3.0]


def test_metres_that_arrive_at_once_after_a_tunnel_are_kept(bout: Maker) -> None:
    counter = [3.0 * t for t in range(10)] + [27.0] * 60 + [27.0 + 183.0]
    found = metres(bout(range(71), distance_m=counter))
    assert found is not None
    assert sum(found) == pytest.approx(210.0)


def test_positions_count_where_there_is_no_distance(bout: Maker) -> None:
    t = np.arange(0, 601)
    lat = semicircles(47 + t * 3.0 / METRES_A_DEGREE)
    found = metres(bout(t, lat_semicircles=lat, lon_semicircles=semicircles(np.full(601, 8.0))))
    assert found is not None
    assert sum(found) == pytest.approx(1800.0, rel=1e-4)


def test_the_date_line_is_no_jump(bout: Maker) -> None:
    t = np.arange(0, 61)
    lon = 179.999 + t * 3.0 / METRES_A_DEGREE
    lon = np.where(lon >= 180, lon - 360, lon)
    found = metres(bout(t, lat_semicircles=np.zeros(61), lon_semicircles=semicircles(lon)))
    assert found is not None
    assert sum(found) == pytest.approx(180.0, rel=1e-3)


def test_positions_moved_while_the_timer_stood_do_not_count(bout: Maker) -> None:
    t = np.concatenate((np.arange(0, 60), np.arange(660, 720)))
    north = np.concatenate((np.arange(60) * 3.0, 2000.0 + np.arange(60) * 3.0))
    run = bout(
        t,
        lat_semicircles=semicircles(47 + north / METRES_A_DEGREE),
        lon_semicircles=np.zeros(120),
        pauses_us=((59_000_000, 660_000_000),),
    )
    found = metres(run)
    assert found is not None
    assert sum(found) == pytest.approx(2 * 59 * 3.0, rel=0.05)


def test_jitter_of_a_resting_runner_is_little(bout: Maker) -> None:
    rng = np.random.default_rng(0)
    t = np.arange(0, 600)
    lat = semicircles(47 + np.cumsum(rng.normal(0, 0.05, 600)) / METRES_A_DEGREE)
    found = Stretches(bout(t, lat_semicircles=lat, lon_semicircles=np.zeros(600)))
    assert found.moving_s.sum() < 30


def test_speed_is_the_last_witness_and_silence_adds_nothing(bout: Maker) -> None:
    assert metres(bout([0, 1, 2, 3, 100], speed_m_s=[3.0, 3.0, NAN, 4.0, 4.0])) == [3.0, 3.5, 4.0, 0.0]


def test_speed_known_for_half_of_the_samples_is_no_witness(bout: Maker) -> None:
    assert metres(bout(range(4), speed_m_s=[3.0, NAN, NAN, 4.0])) is None


def test_a_counter_that_stands_gives_way_to_speed(bout: Maker) -> None:
    assert metres(bout([0, 1, 2], distance_m=[0.0, 0.0, 0.0], speed_m_s=[3.0, 3.0, 3.0])) == [3.0, 3.0]
    assert metres(bout([0, 1, 2], distance_m=[0.0, 0.0, 0.0])) == [0.0, 0.0]


def test_no_witness_is_unknown(bout: Maker) -> None:
    assert metres(bout([0, 1, 2], heart_rate_bpm=[90, 91, 92])) is None
    assert metres(bout([0, 1, 2], distance_m=[NAN, 5.0, NAN])) is None
    nowhere = np.full(3, NAN)
    assert metres(bout([0, 1, 2], lat_semicircles=nowhere, lon_semicircles=nowhere)) is None
    assert metres(bout([0, 1, 2], speed_m_s=nowhere)) is None


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(-500_000, 500_000)), min_size=2, max_size=40))
def test_no_stretch_is_negative_or_faster_than_a_runner(bout: Maker, rows: list[tuple[int, int]]) -> None:
    clock = np.cumsum([gap for gap, _ in rows])
    counter = np.maximum(np.cumsum([cm for _, cm in rows]), 0) / 100
    found = Stretches(bout(clock, distance_m=counter)).metres
    assert found is not None
    assert (found >= 0).all()
    assert found.sum() <= 12.5 * (clock[-1] - clock[0]) + 25.0 * len(rows)
