from __future__ import annotations

import numpy as np

from evengait.analysis.session import summarise
from evengait.core.columns import table
from evengait.core.recording import Bout, DeviceTotals, Samples

NOT_MADE_HERE = {"rpe_cr10", "paved_share", "surface_source"}


def metric_columns() -> list[str]:
    names = list(table("sessions"))
    wanted = names[names.index("elapsed_s") : names.index("gait_balance_left_pct") + 1]
    return [name for name in wanted if name not in NOT_MADE_HERE]


def test_every_metric_column_of_the_table_is_filled_and_no_other() -> None:
    empty = Bout(0, "running", Samples(np.zeros(0, np.int64), {}))
    assert sorted(summarise(empty)) == sorted(metric_columns())


def test_a_bout_without_samples_knows_only_what_the_device_says() -> None:
    empty = Bout(
        0,
        "running",
        Samples(np.zeros(0, np.int64), {}),
        totals=DeviceTotals(distance_m=5000.0, timer_s=1500.0),
    )
    row = summarise(empty)
    assert row["distance_m"] == 5000.0
    assert row["moving_s"] == 1500.0
    assert row["ascent_m"] is None
    assert row["steps"] is None
    assert row["speed_hist_m"] is None


def test_a_bout_without_samples_or_totals_is_all_unknown() -> None:
    assert set(summarise(Bout(0, "strength", Samples(np.zeros(0, np.int64), {}))).values()) == {None}
