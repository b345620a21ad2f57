"""Made-up cohorts have the size that was asked for."""

from __future__ import annotations

from evengait.simulation.cohort import simulate_cohort


def test_the_study_is_made_up_in_its_size() -> None:
    made = simulate_cohort(seed=1)
    assert len(made.runners) == 5_205
    assert len(made.sessions) == 588_071
    assert 0.33 < made.runners["injured"].mean() < 0.37
    span = made.runners["ended"].max() - made.runners["entered"].min()
    assert 540 <= span.days < 548


def test_the_same_seed_makes_the_same_cohort_and_another_another() -> None:
    one, same, other = (simulate_cohort(50, seed=seed) for seed in (1, 1, 2))
    assert one.sessions.equals(same.sessions)
    assert not one.sessions.equals(other.sessions)
