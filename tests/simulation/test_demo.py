from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from evengait.core.columns import polars_schema
from evengait.simulation.demo import DAYS, ONSET, PLANTED, SEED, demo_history
from evengait.simulation.history import simulate_history
from evengait.simulation.runners import story_runner


@pytest.fixture(scope="module")
def history():
    return demo_history()


def test_the_pain_begins_on_a_sunday_in_a_medium_long_run(history, runs):
    assert history.onset == date(2026, 11, 8)
    assert history.onset.weekday() == 6
    late = runs(history).filter(pl.col("local_date").is_between(ONSET - timedelta(days=30), ONSET))
    longest = late["distance_m"].max()
    here = late.filter(pl.col("local_date") == ONSET)["distance_m"].max()
    assert 16_000 < here < longest


def test_after_the_onset_come_a_run_cut_short_days_off_and_five_minutes(history, runs):
    after = history.sessions.filter(pl.col("local_date") > ONSET)
    assert [(day - ONSET).days for day in after["local_date"]] == [1, 5, 6, 7]
    last = runs(history).row(-1, named=True)
    assert last["moving_s"] == pytest.approx(300, abs=20)
    assert max(last["gait_balance_left_pct"]) < 48


def test_her_weeks_are_70_to_80_miles_with_a_down_week_every_fourth_or_fifth(history, daily):
    metres = daily(history)[: (ONSET - history.first).days + 1]
    weeks = metres[-13 * 7 :].reshape(13, 7).sum(axis=1) / 1000
    down = weeks < 95
    assert 1 < down.sum() < 5
    assert ((weeks[~down] > 108) & (weeks[~down] < 132)).all()


def test_one_thing_is_planted_and_before_it_nothing_differs(history):
    plain = simulate_history(SEED, days=DAYS, last=ONSET, profile=story_runner(), onset=ONSET)
    before = pl.col("local_date") < history.differs_from
    assert history.planted == PLANTED
    assert history.sessions.filter(before).equals(plain.sessions.filter(before))
    distance = history.sessions.filter(pl.col("local_date") <= ONSET)["distance_m"]
    np.testing.assert_array_equal(distance.to_numpy(), plain.sessions["distance_m"].to_numpy())


def test_the_demo_is_a_table_of_sessions_of_26_months(history):
    assert dict(history.sessions.schema) == polars_schema("sessions")
    assert history.sessions["start"].is_sorted()
    assert 600 < history.sessions.height < 850
