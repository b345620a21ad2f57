from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from evengait.core.columns import polars_schema, table
from evengait.core.errors import UsageError
from evengait.simulation.history import simulate_history
from evengait.simulation.profile import draw_profile
from evengait.simulation.runners import story_runner

SEEDS = range(12)


def test_the_table_has_exactly_the_columns_of_the_house():
    assert dict(simulate_history(0).sessions.schema) == polars_schema("sessions")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_value_lies_in_the_range_of_its_column(seed):
    frame = simulate_history(seed).sessions
    for name, column in table("sessions").items():
        if column.range is not None:
            assert frame[name].drop_nulls().is_between(*column.range).all(), name
        if column.values is not None:
            assert set(frame[name].drop_nulls()) <= set(column.values), name


def test_the_same_seed_gives_the_same_history_and_another_seed_another():
    assert simulate_history(5).sessions.equals(simulate_history(5).sessions)
    assert not simulate_history(5).sessions.equals(simulate_history(6).sessions)


@pytest.mark.parametrize("seed", SEEDS)
def test_runs_are_in_order_have_a_distance_and_a_name_of_their_own(seed, runs):
    frame = runs(simulate_history(seed))
    assert (frame["distance_m"] > 0).all()
    assert frame["start"].is_sorted()
    assert frame["session"].is_unique().all()
    assert (frame["elapsed_s"] >= frame["moving_s"]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_speed_bins_hold_the_distance_and_the_time(seed, runs):
    frame = runs(simulate_history(seed))
    metres = np.stack(frame["speed_hist_m"].to_list())
    middle = (np.arange(40) + 0.5) / 4
    np.testing.assert_allclose(metres.sum(axis=1), frame["distance_m"], rtol=1e-4)
    np.testing.assert_allclose((metres / middle).sum(axis=1), frame["moving_s"], rtol=0.01, atol=1)


@pytest.mark.parametrize("seed", SEEDS)
def test_lists_of_gait_are_equally_long_and_lie_where_the_runner_ran(seed, runs):
    frame = runs(simulate_history(seed)).drop_nulls("gait_speed_bin")
    lists = [name for name in frame.columns if name.startswith("gait_") and name != "gait_sensor"]
    for name in lists:
        assert (frame[name].list.len() == frame["gait_speed_bin"].list.len()).all(), name
    assert (frame["gait_speed_bin"].list.min() >= 8).all()
    level = frame["gait_seconds"].list.sum()
    assert (level <= frame["moving_s"] * 1.001 + 1).all()


def test_balance_and_contact_time_are_null_without_a_sensor(runs):
    seen = set()
    for seed in range(30):
        frame = runs(simulate_history(seed))
        bare = frame.filter(pl.col("gait_sensor").is_null())
        assert bare["gait_contact_time_ms"].explode().is_null().all()
        assert bare["gait_balance_left_pct"].explode().is_null().all()
        seen |= {bare.height == 0, bare.height == frame.height}
    assert seen == {True, False}


def test_some_archives_lack_shoes_surfaces_height_or_balance(runs):
    missing = dict.fromkeys(("shoe", "paved_share", "ascent_m", "gait_sensor"), 0)
    for seed in range(60):
        frame = runs(simulate_history(seed, days=200))
        for name in missing:
            missing[name] += frame[name].is_null().all()
    assert all(1 <= count <= 40 for count in missing.values()), missing


@pytest.mark.parametrize("seed", SEEDS)
def test_the_onset_is_a_run_day_near_the_end_and_sessions_stop_soon_after(seed, runs):
    history = simulate_history(seed)
    frame = runs(history)
    assert history.onset in frame["local_date"].to_list()
    assert history.last - history.onset < timedelta(days=21)
    assert frame["local_date"].max() - history.onset <= timedelta(days=2)


def test_onsets_fall_on_run_days_without_regard_to_distance(runs):
    longer = 0
    for seed in range(80):
        history = simulate_history(seed, days=240)
        late = runs(history).filter(pl.col("local_date") > history.last - timedelta(days=60))
        here = late.filter(pl.col("local_date") == history.onset)["distance_m"].max()
        longer += here > late["distance_m"].median()
    assert 25 <= longer <= 55


@pytest.mark.parametrize("seed", SEEDS)
def test_weeks_come_to_what_the_profile_says(seed, daily):
    history = simulate_history(seed)
    last_year = daily(history)[-374:-10]
    weekly = last_year[: 52 * 7].reshape(52, 7).sum(axis=1) / 1000
    assert 0.55 * history.profile.week_km < np.median(weekly) < 1.15 * history.profile.week_km


def test_there_are_down_weeks_breaks_and_single_runs_far_beyond_the_usual(daily):
    breaks, spikes = 0, 0
    for seed in SEEDS:
        history = simulate_history(seed)
        longest = daily(history, largest=True)
        rest = np.diff(np.flatnonzero(longest[:-21] > 0))
        breaks += (rest > 5).any()
        spikes += any(
            longest[day] > 1.3 * longest[day - 30 : day].max() > 0 for day in range(30, len(longest))
        )
    assert breaks >= 8
    assert spikes >= 8


@pytest.mark.parametrize("seed", SEEDS)
def test_shoes_are_retired_near_their_usual_distance_and_overlap(seed, runs):
    history = simulate_history(seed, days=1400, profile=story_runner())
    worn = (
        runs(history)
        .group_by("shoe")
        .agg(pl.col("distance_m").sum() / 1000, pl.col("local_date").min().alias("new"))
    )
    full = worn.filter(
        pl.col("new") > history.first + timedelta(days=40),
        pl.col("new") < history.onset - timedelta(days=500),
    )
    assert full["distance_m"].is_between(500, 1050).all()
    assert full.height > 6


def test_weekday_and_clock_are_local(runs):
    frame = runs(simulate_history(3))
    local = (frame["start"] + pl.Series([timedelta(seconds=offset) for offset in frame["utc_offset_s"]])).dt
    assert (local.date() == frame["local_date"]).all()
    assert set(frame["utc_offset_s"]) == {-25200, -28800}


def test_the_story_runner_runs_113_to_129_km_in_a_plain_week_half_on_trails(daily, runs):
    history = simulate_history(1, profile=story_runner())
    weekly = daily(history)[-210:-14].reshape(28, 7).sum(axis=1) / 1000
    assert 108 < np.quantile(weekly, 0.6) < 132
    frame = runs(history)
    share = (frame["paved_share"] * frame["distance_m"]).sum() / frame["distance_m"].sum()
    assert 0.4 < share < 0.6


def test_a_history_may_be_long_and_end_when_it_should():
    history = simulate_history(
        2, days=3650, last=date(2025, 3, 1), onset=date(2025, 2, 20), profile=draw_profile(2)
    )
    assert history.onset == date(2025, 2, 20)
    assert history.sessions["local_date"].min() < date(2015, 4, 15)


@pytest.mark.parametrize("asked", [{"days": 100}, {"onset": date(2026, 1, 1)}, {"onset": date(2026, 12, 1)}])
def test_what_cannot_be_made_up_is_refused_in_a_sentence(asked):
    with pytest.raises(UsageError, match="ask for"):
        simulate_history(1, **asked)
