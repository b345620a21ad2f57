"""Heavy days: never closer than 48 hours, never on a hard run's day or the day after."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from lifter import MONDAY

from evengait.analysis.strength.spacing import heavy_dates, why_then
from evengait.knowledge.strength_book import strength_block

RULE = strength_block().apart
WEEKDAYS = st.lists(st.integers(0, 6), unique=True, max_size=4)


def at(*days: int) -> list[date]:
    return [MONDAY + timedelta(days=d) for d in days]


@settings(deadline=None, max_examples=150)
@given(
    hard=st.sets(st.integers(-3, 45), max_size=16),
    easy=st.sets(st.integers(-3, 45), max_size=20),
    done=st.sets(st.integers(-10, -1), max_size=3),
    today=st.integers(0, 6),
    a_week=st.integers(1, 3),
    weekdays=WEEKDAYS,
)
def test_the_rules_hold_whatever_is_run_and_preferred(
    hard: set[int], easy: set[int], done: set[int], today: int, a_week: int, weekdays: list[int]
) -> None:
    runs = dict.fromkeys(at(*easy), False) | dict.fromkeys(at(*hard), True)
    before = at(*sorted(done))
    found = heavy_dates(RULE, runs, before, at(today)[0], 12, a_week, weekdays)
    assert len(found) == 12
    for a, b in pairwise([*before[-1:], *found]):
        assert (b - a).days >= 2
    for day in found:
        assert day >= at(today)[0]
        assert not runs.get(day)
        assert not runs.get(day - timedelta(days=1))
    for week in range(-2, 20):
        span = set(at(*range(7 * week, 7 * week + 7)))
        assert sum(day in span for day in found) <= a_week


def test_preferred_days_are_kept() -> None:
    assert heavy_dates(RULE, {}, [], MONDAY, 4, 2, [0, 3]) == at(0, 3, 7, 10)


def test_a_hard_run_moves_a_session_and_the_week_after_is_back_in_step() -> None:
    runs = {at(9)[0]: True}
    found = heavy_dates(RULE, runs, [], MONDAY, 6, 2, [0, 3])
    assert found == at(0, 3, 7, 11, 14, 17)
    assert "because no preferred day" in why_then(RULE, runs, found[3], found[2], [0, 3])


def test_what_is_left_of_a_week_is_not_crammed() -> None:
    assert heavy_dates(RULE, {}, [], at(4)[0], 3, 2, [0, 3]) == at(7, 10, 14)
    assert sum(day < at(7)[0] for day in heavy_dates(RULE, {}, [], at(4)[0], 3, 2)) == 1


def test_after_a_session_on_the_last_preferred_day_the_next_week_follows() -> None:
    assert heavy_dates(RULE, {}, at(3), at(3)[0], 2, 2, [0, 3]) == at(7, 10)


def test_a_session_that_a_hard_run_displaced_stays_in_the_week_as_it_goes_on() -> None:
    runs = dict.fromkeys(at(3, 10, 17), True)
    found = heavy_dates(RULE, runs, at(0), at(1)[0], 3, 2, [0, 3], since=at(0)[0])
    assert found == at(5, 7, 12)
    assert heavy_dates(RULE, runs, at(0), at(5)[0], 1, 2, [0, 3], since=at(0)[0]) == at(5)
    assert heavy_dates(RULE, runs, at(0, 5), at(6)[0], 1, 2, [0, 3], since=at(0)[0]) == at(7)


def test_a_day_before_a_hard_run_is_the_last_choice() -> None:
    found = heavy_dates(RULE, {at(4)[0]: True}, [], MONDAY, 2, 2, [0, 3])
    assert found == at(0, 3)
    assert "hard run follows" in why_then(RULE, {at(4)[0]: True}, at(3)[0], at(0)[0], [0, 3])
    free = heavy_dates(RULE, {at(3)[0]: True}, [], MONDAY, 2, 2)
    assert at(2)[0] not in free


def test_a_daily_hard_runner_has_no_heavy_day() -> None:
    runs = dict.fromkeys(at(*range(-1, 400)), True)
    assert heavy_dates(RULE, runs, [], MONDAY, 3, 2) == []
