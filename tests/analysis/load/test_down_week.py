from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evengait.analysis.load.down_week import weeks_since_down


def weekly(*km: float) -> np.ndarray:
    """Days of weeks of so many kilometres, the same every day."""
    return np.repeat(np.array(km) / 7, 7)


def since(daily: np.ndarray, covered: np.ndarray | None = None) -> list[float]:
    """Weeks since a down week at the end of each calendar week."""
    found = weeks_since_down(daily, np.ones(len(daily), bool) if covered is None else covered)
    return found[6::7].round(2).tolist()


def test_a_down_week_every_fourth_week_is_seen_every_time() -> None:
    found = since(weekly(70, 70, 70, 70, 50, 70, 70, 70, 50, 70))
    assert np.isnan(found[:4]).all()
    assert found[4] == 0.0
    assert found[8] == 0.0
    assert 2 < found[7] < 3


def test_without_a_down_week_it_counts_from_the_first_day_once_five_weeks_are_over() -> None:
    found = since(weekly(*[70] * 8))
    assert np.isnan(found[:4]).all()
    assert found[4:] == [4.86, 5.86, 6.86, 7.86]


def test_a_slow_build_is_never_a_down_week() -> None:
    assert since(weekly(*[50 * 1.03**n for n in range(20)]))[-1] == 19.86


def test_a_week_at_nine_tenths_is_not_down() -> None:
    assert since(weekly(70, 70, 70, 70, 63, 70))[-1] == 5.86


def test_weeks_off_are_down_to_their_last_day() -> None:
    found = since(weekly(70, 70, 70, 70, 70, 0, 0, 0, 0, 0, 0, 60))
    assert found[5:11] == [0.0] * 6
    assert found[11] == 1.0


def test_a_race_week_after_a_taper_does_not_hide_the_taper() -> None:
    found = since(weekly(80, 80, 80, 80, 50, 75, 80))
    assert found[4] == 0.0
    assert 1 < found[6] < 2


def test_a_gap_in_coverage_starts_the_count_anew() -> None:
    daily = weekly(70, 70, 70, 70, 50, *[70] * 10)
    covered = np.ones(len(daily), bool)
    daily[42:70], covered[42:70] = np.nan, False
    found = weeks_since_down(daily, covered)
    assert np.isnan(found[42:104]).all()
    assert found[104] == 34 / 7


def test_an_unknown_day_is_in_doubt_until_the_next_certain_down_week() -> None:
    daily = weekly(70, 70, 70, 70, 50, *[70] * 8, 40, 70)
    daily[50] = np.nan
    found = weeks_since_down(daily, np.ones(len(daily), bool))
    assert not np.isnan(found[49])
    assert np.isnan(found[50:91]).all()
    assert found[97] == 0.0


def test_an_empty_series_stays_empty() -> None:
    assert weeks_since_down(np.array([]), np.zeros(0, bool)).tolist() == []


@given(st.lists(st.floats(0, 40), min_size=36, max_size=120))
def test_known_counts_grow_by_a_day_or_fall_back_to_zero(daily: list[float]) -> None:
    found = weeks_since_down(np.array(daily), np.ones(len(daily), bool))[34:] * 7
    assert not np.isnan(found).any()
    for before, after in pairwise(found):
        assert after == 0 or abs(after - before - 1) < 1e-9
