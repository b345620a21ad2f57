from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.exposures import exposures_by_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import polars as pl

    Sessions = Callable[[list[dict[str, Any]]], pl.DataFrame]
    Day = Callable[[int], date]


def run(day: int, speed_bin: int = 12, sensor: str | None = "strap", **given: Any) -> dict[str, Any]:
    """Half an hour of level running in one speed bin and the one above."""
    bins = [speed_bin, speed_bin + 1]
    row: dict[str, Any] = {
        "day": day,
        "km": 10.0,
        "gait_sensor": sensor,
        "gait_speed_bin": bins,
        "gait_seconds": [900.0, 900.0],
        "gait_step_rate_spm": None,
        "gait_contact_time_ms": None,
        "gait_balance_left_pct": [50.0, 50.0],
    }
    return row | given


def contact(bin_: int) -> float:
    """Contact time that falls by 100 ms with each factor e of speed."""
    return float(250 - 100 * np.log((bin_ + 0.5) / 4 / 3.0))


def test_contact_time_is_told_at_the_usual_speed(sessions: Sessions, day: Day) -> None:
    rows = []
    for number in range(60):
        bin_ = 10 + number % 4
        rows.append(run(number, bin_, gait_contact_time_ms=[contact(bin_), contact(bin_ + 1)]))
    found = exposures_by_day(sessions(rows), day(59))["contact_time_ms"].to_numpy()
    assert found.std() < 1.0
    raw = [np.mean(row["gait_contact_time_ms"]) for row in rows]
    assert np.std(raw) > 8.0


def test_a_lasting_change_is_not_taken_for_an_effect_of_speed(sessions: Sessions, day: Day) -> None:
    rows = []
    for number in range(80):
        late = number >= 60
        bin_ = (10 if late else 12) + number % 2
        share = 49.0 if late else 50.5
        rows.append(run(number, bin_, gait_balance_left_pct=[share, share]))
    found = exposures_by_day(sessions(rows), day(79))["balance_left_pct"].to_numpy()
    assert found[60:].mean() - found[:60].mean() == pytest.approx(-1.5, abs=0.2)


def test_a_dates_values_are_of_one_sensor(sessions: Sessions, day: Day) -> None:
    rows = [
        run(0, sensor="strap", gait_balance_left_pct=[50.0, 50.0]),
        run(0, sensor="pod", gait_seconds=[100.0, 100.0], gait_balance_left_pct=[52.0, 52.0]),
        run(1, sensor="pod", gait_balance_left_pct=[52.0, 52.0]),
    ]
    table = exposures_by_day(sessions(rows), day(1))
    assert table["gait_sensor"].to_list() == ["strap", "pod"]
    assert table["balance_left_pct"].to_list() == [50.0, 52.0]


def test_the_watch_stands_in_for_an_unnamed_sensor_and_nobody_for_none(sessions: Sessions, day: Day) -> None:
    rows = [run(0, sensor=None, device="watch"), run(1, sensor=None)]
    table = exposures_by_day(sessions(rows), day(1))
    assert table["gait_sensor"].to_list() == ["watch", None]
    assert table["balance_left_pct"].to_list() == [50.0, None]


def test_two_minutes_are_too_little(sessions: Sessions, day: Day) -> None:
    rows = [run(0, gait_seconds=[50.0, 60.0]), run(1, gait_seconds=[60.0, 60.0])]
    table = exposures_by_day(sessions(rows), day(1))
    assert table["balance_left_pct"].to_list() == [None, 50.0]
    assert table["gait_sensor"].to_list() == [None, "strap"]


def test_a_bin_without_a_measure_and_a_session_without_gait_change_nothing(
    sessions: Sessions, day: Day
) -> None:
    rows = [
        run(0, gait_step_rate_spm=[180.0, None]),
        {"day": 1, "km": 9.0, "gait_sensor": "strap"},
        run(2, gait_balance_left_pct=None, gait_step_rate_spm=[180.0, 180.0]),
    ]
    table = exposures_by_day(sessions(rows), day(2))
    assert table["step_rate_spm"].to_list() == pytest.approx([180.0, None, 180.0], nan_ok=True)
    assert table["balance_left_pct"].to_list() == [50.0, None, None]
    assert table["gait_sensor"].to_list() == ["strap", None, "strap"]


def test_no_gait_at_all_is_unknown(sessions: Sessions, day: Day) -> None:
    table = exposures_by_day(sessions([{"day": 0, "km": 9.0}, {"day": 1, "sport": "strength"}]), day(1))
    assert table.select("step_rate_spm", "balance_left_pct", "gait_sensor").null_count().row(0) == (2, 2, 2)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(9, 16), st.floats(46, 54)), min_size=1, max_size=25), st.floats(-2, 2))
def test_moving_every_value_moves_the_adjusted_ones_alike(
    sessions: Sessions, day: Day, runs: list[tuple[int, float]], shift: float
) -> None:
    def adjusted(by: float) -> np.ndarray:
        rows = [run(n, b, gait_balance_left_pct=[s + by, s + by]) for n, (b, s) in enumerate(runs)]
        return exposures_by_day(sessions(rows), day(len(runs) - 1))["balance_left_pct"].to_numpy()

    assert adjusted(shift) == pytest.approx(adjusted(0.0) + shift, abs=1e-4)
