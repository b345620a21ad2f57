from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from evengait.simulation.history import simulate_history
from evengait.simulation.plants import FADING, KINDS, OBVIOUS, Plant
from evengait.simulation.profile import draw_profile

SEEDS = range(6)


def test_every_kind_has_an_obvious_size_from_which_it_fades():
    assert set(OBVIOUS) == set(FADING) == set(KINDS)
    for kind, sizes in FADING.items():
        assert sizes[0] == OBVIOUS[kind]
        assert list(sizes) == sorted(sizes, reverse=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_before_it_begins_a_planted_history_is_the_same_as_without(kind, seed):
    profile = draw_profile(seed, kind)
    without = simulate_history(seed, profile=profile)
    planted = simulate_history(seed, profile=profile, plant=Plant(kind, OBVIOUS[kind]))
    before = pl.col("local_date") < planted.differs_from
    assert planted.onset == without.onset
    assert without.sessions.filter(before).equals(planted.sessions.filter(before))
    assert not without.sessions.equals(planted.sessions)
    assert planted.differs_from <= planted.onset


CHANGED = {
    "descents": {"descent_m"},
    "old_shoe": {"shoe"},
    "balance_shift": {"gait_balance_left_pct"},
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", CHANGED)
def test_a_plant_changes_no_other_column(kind, seed):
    profile = draw_profile(seed, kind)
    without = simulate_history(seed, profile=profile).sessions
    planted = simulate_history(seed, profile=profile, plant=Plant(kind, OBVIOUS[kind])).sessions
    assert {name for name in without.columns if not without[name].equals(planted[name])} == CHANGED[kind]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_spike_is_so_many_times_the_longest_run_of_30_days(seed, daily):
    history = simulate_history(seed, plant=Plant("session_spike", 1.8))
    longest = daily(history, largest=True)
    onset = (history.onset - history.first).days
    ratio = [longest[day] / longest[day - 30 : day].max() for day in (onset, onset - 1)]
    assert max(ratio) == pytest.approx(1.8, abs=0.01)


@pytest.mark.parametrize("size", FADING["no_down_week"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_down_week_lies_so_many_weeks_back(seed, size, daily):
    history = simulate_history(seed, plant=Plant("no_down_week", size))
    metres = daily(history)
    onset = (history.onset - history.first).days
    weeks = np.convolve(metres, np.ones(7))[: onset + 1]
    months = np.convolve(metres, np.ones(28))[: onset + 1]
    down = [day for day in range(40, onset + 1) if weeks[day] <= 0.8 * months[day - 7] / 4]
    assert size - 1 < (onset - down[-1]) / 7 <= size


@pytest.mark.parametrize("size", FADING["all_pavement"])
def test_the_paved_share_moves_by_its_size_towards_one(size, runs):
    profile = draw_profile(4, "all_pavement")
    without = runs(simulate_history(4, profile=profile))
    history = simulate_history(4, profile=profile, plant=Plant("all_pavement", size))
    window = pl.col("local_date").is_between(history.onset - timedelta(days=20), history.onset)
    before = without.filter(window)["paved_share"].to_numpy()
    after = runs(history).filter(window)["paved_share"].to_numpy()
    rounding = 0.06 if profile.surface_source == "label" else 0.002
    np.testing.assert_allclose(after, before + size * (1 - before), atol=rounding)
    assert 0.25 < without["paved_share"].mean() < 0.75


@pytest.mark.parametrize("size", FADING["descents"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_week_holds_so_many_times_the_usual_descent(seed, size, daily):
    history = simulate_history(seed, plant=Plant("descents", size))
    onset = (history.onset - history.first).days
    weekly = np.convolve(daily(history, "descent_m"), np.ones(7))[6:]
    usual = np.median([metres for metres in weekly[onset - 377 : onset - 13] if metres > 0])
    assert weekly[onset - 6] / usual == pytest.approx(size, rel=0.25)


@pytest.mark.parametrize("size", FADING["old_shoe"])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_shoe_of_the_last_weeks_has_so_many_times_the_usual_distance(seed, size, runs):
    history = simulate_history(seed, plant=Plant("old_shoe", size))
    until = runs(history).filter(pl.col("local_date") <= history.onset)
    late = until.filter(pl.col("local_date") > history.onset - timedelta(days=21))
    shoe = late.group_by("shoe").agg(pl.col("distance_m").sum()).sort("distance_m")["shoe"][-1]
    kilometres = until.filter(pl.col("shoe") == shoe)["distance_m"].sum() / 1000
    assert kilometres / history.profile.retire_km == pytest.approx(size, rel=0.06)


@pytest.mark.parametrize("size", FADING["balance_shift"])
def test_the_left_share_is_so_much_higher_from_its_day_on(size, runs):
    profile = draw_profile(2, "balance_shift")
    without = runs(simulate_history(2, profile=profile))
    history = simulate_history(2, profile=profile, plant=Plant("balance_shift", size))
    late = pl.col("local_date") >= history.differs_from
    before, after = (
        frame.filter(late)["gait_balance_left_pct"].explode().to_numpy() for frame in (without, runs(history))
    )
    assert 10 <= (history.onset - history.differs_from).days <= 16
    np.testing.assert_allclose(after - before, size, atol=1e-4)
