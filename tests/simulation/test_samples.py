from __future__ import annotations

import zlib

import numpy as np
import polars as pl
import pytest

from evengait.analysis.session import summarise
from evengait.core.columns import table
from evengait.simulation.history import simulate_history
from evengait.simulation.runners import story_runner
from evengait.simulation.samples import simulate_bout


@pytest.fixture(scope="module")
def rows():
    history = simulate_history(1, days=300, profile=story_runner())
    return list(history.sessions.filter(pl.col("sport") == "running").tail(25).iter_rows(named=True))


def by_weight(metrics, name):
    return np.average(np.asarray(metrics[name], float), weights=np.asarray(metrics["gait_seconds"], float))


def test_the_metrics_of_a_recording_give_its_row_again(rows):
    for row in rows:
        found = summarise(simulate_bout(row, 1))
        assert found["distance_m"] == pytest.approx(row["distance_m"], abs=0.1)
        assert found["moving_s"] == pytest.approx(row["moving_s"], rel=0.01)
        assert found["elapsed_s"] == pytest.approx(row["elapsed_s"], abs=16)
        assert found["ascent_m"] == pytest.approx(row["ascent_m"], rel=0.12, abs=4)
        assert found["descent_m"] == pytest.approx(row["descent_m"], rel=0.12, abs=4)
        assert found["steps"] == pytest.approx(row["steps"], rel=0.01)
        assert found["heart_rate_bpm"] == pytest.approx(row["heart_rate_bpm"], abs=1)
        moved = np.abs(np.subtract(found["speed_hist_m"], row["speed_hist_m"])).sum()
        assert moved < 0.2 * row["distance_m"]


def test_balance_on_level_ground_is_the_rows_within_a_quarter_of_a_point(rows):
    for row in rows:
        if row["gait_balance_left_pct"] and sum(row["gait_seconds"]) > 600:
            found = summarise(simulate_bout(row, 1))
            assert by_weight(found, "gait_balance_left_pct") == pytest.approx(
                by_weight(row, "gait_balance_left_pct"), abs=0.25
            )


def test_samples_come_every_second_rise_and_lie_in_range(rows):
    for row in rows:
        bout = simulate_bout(row, 1)
        steps = np.diff(bout.samples.timestamp_us)
        assert set(steps[steps <= 1_000_000]) == {1_000_000}
        assert (steps > 1_000_000).sum() == len(bout.pauses_us)
        assert (np.diff(bout.samples.floats("distance_m_x100")) >= 0).all()
        for name in bout.samples.columns:
            column, values = table("samples")[name], bout.samples.floats(name)
            assert len(values) == len(bout.samples)
            if column.range:
                assert np.nanmin(values) >= column.range[0], name
                assert np.nanmax(values) <= column.range[1], name


def test_the_same_seed_gives_the_same_samples_and_each_session_its_own(rows):
    first, again, other = (
        simulate_bout(row, seed) for row, seed in ((rows[0], 1), (rows[0], 1), (rows[0], 2))
    )
    for name, (values, _valid) in first.samples.columns.items():
        assert (again.samples.columns[name][0] == values).all()
    assert (other.samples.columns["heart_rate_bpm"][0] != first.samples.columns["heart_rate_bpm"][0]).any()


def test_what_the_row_does_not_have_its_recording_does_not_have():
    lacking = set()
    for seed in range(25):
        frame = simulate_history(seed, days=180).sessions
        for row in frame.tail(3).iter_rows(named=True):
            columns = simulate_bout(row, seed).samples.columns
            if row["sport"] != "running":
                assert "distance_m_x100" not in columns
                continue
            for name, column in (
                ("heart_rate_bpm", "heart_rate_bpm"),
                ("ascent_m", "altitude_m_x5"),
                ("gait_sensor", "contact_time_ms_x10"),
            ):
                assert (row[name] is None) == (column not in columns)
                lacking |= {name} if row[name] is None else set()
            assert (row["gait_balance_left_pct"] is None) == ("balance_left_pct_x100" not in columns)
            assert (row["sub_sport"] == "treadmill") == ("lat_semicircles" not in columns)
    assert lacking == {"heart_rate_bpm", "ascent_m", "gait_sensor"}


def test_every_run_is_on_the_lake_bed_nobody_lives_on(rows):
    for row in rows:
        samples = simulate_bout(row, 3).samples
        lat, lon = (samples.floats(f"{axis}_semicircles") * 180 / 2**31 for axis in ("lat", "lon"))
        assert np.nanmax(np.abs(lat - 40.87)) < 0.15
        assert np.nanmax(np.abs(lon + 119.08)) < 0.15


def test_sparse_recording_keeps_every_fifth_sample_and_the_last(rows):
    whole, sparse = simulate_bout(rows[0], 1), simulate_bout(rows[0], 1, every_s=5)
    clock = whole.samples.timestamp_us
    assert set(sparse.samples.timestamp_us) == {*clock[::5], clock[-1]}
    assert len(sparse.samples) <= len(clock) // 5 + 2


def test_samples_are_as_hard_to_compress_as_real_ones(rows):
    size = seconds = 0
    for row in rows[:8]:
        samples = simulate_bout(row, 1).samples
        seconds += len(samples)
        size += sum(
            len(zlib.compress(np.diff(values).astype(np.int16).tobytes()))
            for values, _ in samples.columns.values()
        )
    assert 25_000 < size / seconds * 3600 < 80_000


def test_a_short_jog_of_five_minutes_can_be_made_up(rows):
    short = rows[0] | {
        "distance_m": 900.0,
        "moving_s": 300.0,
        "elapsed_s": 420.0,
        "ascent_m": 4.0,
        "descent_m": 4.0,
    }
    bout = simulate_bout(short, 1)
    assert bout.samples.floats("distance_m_x100")[-1] == 900.0
    assert len(bout.samples) == 300
