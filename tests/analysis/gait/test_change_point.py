from __future__ import annotations

import importlib.util
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.gait.change_point import GaitChange, balance_change
from evengait.core.unknown import Unknown

ONSET = date(2026, 6, 1)


def dates(runs: int, every: int = 2) -> list[date]:
    """Runs every so many days, the last on the onset."""
    return [ONSET - timedelta(days=every * (runs - 1 - n)) for n in range(runs)]


def noise(runs: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(50.5, 0.3, runs)


def look(shares: Any, sensors: list[str | None] | None = None, every: int = 2) -> GaitChange | Unknown:
    values = [None if s != s else float(s) for s in shares]
    return balance_change(dates(len(values), every), values, sensors or ["strap"] * len(values), ONSET)


def test_a_fall_of_the_left_share_is_the_left_sides_change() -> None:
    shares = noise(150)
    shares[140:] -= 1.5
    found = look(shares)
    assert isinstance(found, GaitChange)
    assert found.side == "left"
    assert found.changed_on == dates(150)[140]
    assert found.interval is not None
    assert found.interval[0] <= dates(150)[140] <= found.interval[1]
    assert found.size == pytest.approx(1.5, abs=0.3)
    assert found.detectable < 0.8


def test_a_rise_of_the_left_share_is_the_right_sides_change() -> None:
    shares = noise(150)
    shares[145:] += 1.5
    found = look(shares)
    assert isinstance(found, GaitChange)
    assert found.side == "right"


def test_no_change_says_what_could_have_been_seen() -> None:
    found = look(noise(150))
    assert isinstance(found, GaitChange)
    assert (found.side, found.changed_on, found.interval) == (None, None, None)
    assert found.size < found.detectable
    assert 0.3 < found.detectable < 0.8


def test_one_odd_run_or_two_are_no_change() -> None:
    shares = noise(150)
    shares[148:] -= 3.0
    found = look(shares)
    assert isinstance(found, GaitChange)
    assert found.side is None


def test_a_change_long_before_the_window_is_the_new_usual() -> None:
    shares = noise(180)
    shares[60:] -= 2.0
    found = look(shares)
    assert isinstance(found, GaitChange)
    assert found.side is None
    assert found.size < 0.3


def test_a_change_just_before_the_window_leaves_too_few_runs_to_know() -> None:
    shares = noise(60)
    shares[40:] -= 3.0
    found = look(shares, every=5)
    assert isinstance(found, Unknown)
    assert "too few" in found.reason


def test_another_sensor_is_another_number() -> None:
    shares = noise(150)
    shares[:70] += 3.0
    found = look(shares, ["watch"] * 70 + ["strap"] * 80)
    assert isinstance(found, GaitChange)
    assert found.side is None


def test_a_new_sensor_in_the_window_cannot_tell() -> None:
    found = look(noise(150), ["watch"] * 140 + ["strap"] * 10)
    assert isinstance(found, Unknown)
    assert "20 runs" in found.reason


def test_nulls_are_left_out_and_none_at_all_is_unknown() -> None:
    shares = noise(150)
    shares[::3] = np.nan
    assert isinstance(look(shares), GaitChange)
    assert isinstance(look([float("nan")] * 150), Unknown)
    assert isinstance(balance_change([], [], [], ONSET), Unknown)


def test_fewer_than_three_runs_in_the_window_cannot_tell() -> None:
    shares = noise(150)
    shares[107:148] = np.nan
    found = look(shares)
    assert isinstance(found, Unknown)
    assert "twelve weeks" in found.reason


def test_days_after_the_onset_are_left_out() -> None:
    shares = list(noise(150))
    later = [ONSET + timedelta(days=n) for n in range(1, 20)]
    found = balance_change([*dates(150), *later], [*shares, *[45.0] * 19], ["strap"] * 169, ONSET)
    assert found == look(shares)


def test_a_sensor_that_never_varies_is_no_change() -> None:
    found = look([50.0] * 150)
    assert isinstance(found, GaitChange)
    assert found.side is None


@settings(max_examples=25)
@given(st.integers(0, 1000), st.floats(0.8, 4.0), st.integers(4, 30))
def test_swapping_the_feet_swaps_the_side_alone(seed: int, size: float, runs: int) -> None:
    shares = noise(150, seed)
    shares[-runs:] -= size
    one, other = look(shares), look(100 - shares)
    assert isinstance(one, GaitChange)
    assert isinstance(other, GaitChange)
    assert (one.side, other.side) in {("left", "right"), ("right", "left"), (None, None)}
    assert one.changed_on == other.changed_on
    assert one.size == pytest.approx(other.size)


def study() -> Any:
    path = Path(__file__).parents[3] / "benchmarks" / "gait_change_study.py"
    spec = importlib.util.spec_from_file_location("gait_change_study", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gait_change_study"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("rho", [0.0, 0.4])
@pytest.mark.parametrize("tail", [0, 4])
def test_at_most_one_in_twenty_cries_out_at_nothing(rho: float, tail: int) -> None:
    lab = study()
    assert lab.simulate_gait_change(lab.Runner(rho=rho, tail=tail), runners=150).called <= 0.05


@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_an_obvious_change_is_found_and_dated(rho: float) -> None:
    lab = study()
    found = lab.simulate_gait_change(lab.Runner(rho=rho, tail=5, shift=-1.2), runners=100)
    assert found.called >= 0.95
    assert found.covered >= 0.9
    assert found.right_side == 1.0
    assert found.width_days <= 14
