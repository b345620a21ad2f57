"""The week before the pain: the middle one, known distances only, or not known at all."""

from __future__ import annotations

from datetime import date, timedelta

from evengait.analysis.progression.former import FormerWeek, RunDay, former_week, told_week
from evengait.core.unknown import Unknown
from evengait.knowledge.progression_book import progression

BUILD = progression().build
ONSET = date(2026, 11, 9)  # a Monday


def weeks(*plans: tuple[float, ...]) -> list[RunDay]:
    """Return runs of whole weeks, the last plan in the week before the onset; the last run of a week on its Sunday."""
    out = []
    for back, plan in enumerate(reversed(plans)):
        sunday = ONSET - timedelta(days=1 + 7 * back)
        out += [
            RunDay(sunday - timedelta(days=2 * n), km * 1000, km * 12.0, km * 100.0)
            for n, km in enumerate(plan)
        ]
    return out


def test_the_middle_week_is_the_former_week() -> None:
    found = former_week(weeks((16, 8, 6), (17, 8, 6), (8, 5, 3), (18, 9, 6)), ONSET, BUILD)
    assert isinstance(found, FormerWeek)
    assert found.runs_m == (16_500.0, 8_000.0, 6_000.0)
    assert found.climb_m_per_km == 12.0
    assert found.long_weekday == 6
    assert found.fast_m == 3050.0


def test_weeks_without_a_run_or_a_known_distance_are_left_out() -> None:
    days = weeks((16, 8), (16, 8), (16, 8), (99,), (), (16, 8))
    days = [RunDay(d.date, None) if d.distance_m == 99_000 else d for d in days]
    found = former_week(days, ONSET, BUILD)
    assert isinstance(found, FormerWeek)
    assert found.runs_m == (16_000.0, 8_000.0)


def test_too_few_weeks_are_not_known() -> None:
    found = former_week(weeks((16, 8), (16, 8)), ONSET, BUILD)
    assert isinstance(found, Unknown)
    assert "--former-week" in found.reason
    assert isinstance(former_week([], ONSET, BUILD), Unknown)
    short = former_week(weeks((1,), (1,), (1,)), ONSET, BUILD)
    assert isinstance(short, Unknown)


def test_runs_from_the_onset_on_do_not_count() -> None:
    days = [*weeks((16, 8), (16, 8), (16, 8)), RunDay(ONSET, 50_000.0)]
    found = former_week(days, ONSET, BUILD)
    assert isinstance(found, FormerWeek)
    assert found.runs_m[0] == 16_000.0


def test_climb_and_speed_that_were_not_recorded_are_not_known() -> None:
    days = [RunDay(d.date, d.distance_m) for d in weeks((16, 8), (16, 8), (16, 8))]
    found = former_week(days, ONSET, BUILD)
    assert isinstance(found, FormerWeek)
    assert found.climb_m_per_km is None
    assert found.fast_m is None


def test_a_week_that_is_told_is_shared_out() -> None:
    week = told_week(50_000, 5)
    assert week.distance_m == 50_000
    assert week.runs_m == (15_000.0, 8_750.0, 8_750.0, 8_750.0, 8_750.0)
    assert told_week(9_000, 1).runs_m == (9_000,)
    assert told_week(9_000, 3).runs_m[0] >= told_week(9_000, 3).runs_m[1]
