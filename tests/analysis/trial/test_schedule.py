"""Drawn blocks: as many with as without, bounded runs, the same seed the same order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.trial.schedule import LISTED, draw_schedule, orders
from evengait.core.errors import UsageError
from evengait.core.trial import Schedule
from evengait.knowledge import trial_rules

RULES = trial_rules()


def test_every_order_of_eight_blocks_is_listed_once() -> None:
    """Of the 70 ways to choose four of eight, those with four in a row fall away: 62 are left."""
    every = orders(8, 3)
    assert len({tuple(order) for order in every.tolist()}) == len(every) == 62
    assert len(orders(8, 8)) == 70


@settings(deadline=None)
@given(st.sampled_from([4, 6, 8, 10, 12, 18, 22]), st.integers(2, 4))
def test_orders_are_balanced_and_their_runs_bounded(blocks: int, longest: int) -> None:
    every = orders(blocks, longest)
    assert 0 < len(every) <= max(LISTED, 12_870)
    assert (every.sum(axis=1) == blocks // 2).all()
    for order in every[:: max(len(every) // 50, 1)]:
        assert max(len(list(run)) for _, run in groupby(order)) <= longest


def test_each_order_is_drawn_about_as_often_as_the_next() -> None:
    drawn = [
        draw_schedule("belt", "aid", date(2026, 1, 1), 8, RULES, seed=seed).order for seed in range(6200)
    ]
    counts = np.array(list({order: drawn.count(order) for order in set(drawn)}.values()))
    assert len(counts) == 62
    # Chi-square with 61 degrees of freedom: 112 is passed once in 10,000.
    assert ((counts - 100) ** 2 / 100).sum() < 112


@pytest.mark.parametrize("kind", [kind.id for kind in RULES.kinds])
def test_a_schedule_is_kept_and_read_back_as_it_was(kind: str) -> None:
    plan = draw_schedule("belt", kind, date(2026, 12, 1), 8, RULES, seed=5, baseline_days=14)
    assert Schedule.from_data(plan.as_data()) == plan
    assert plan == draw_schedule("belt", kind, date(2026, 12, 1), 8, RULES, seed=5, baseline_days=14)
    assert plan.first_block == date(2026, 12, 15)
    assert sum((last - first).days + 1 for first, last, _ in plan.blocks()) == plan.days
    assert {plan.assigned(first) for first, _, on in plan.blocks() if on} == {True}
    assert plan.assigned(plan.start) is None
    assert plan.assigned(plan.end + timedelta(days=1)) is None


def test_days_settle_after_a_change_and_only_then() -> None:
    plan = Schedule("belt", "aid", date(2026, 12, 1), 2, 8, 3, 2, (True, True, False, True), seed=1)
    settling = [i for i in range(40) if plan.settling(plan.start + timedelta(days=i))]
    assert settling == [18, 19, 20, 26, 27, 28]


@pytest.mark.parametrize("blocks", [7, 4, 0])
def test_too_few_or_odd_blocks_are_refused_in_a_sentence(blocks: int) -> None:
    with pytest.raises(UsageError, match="even number of blocks"):
        draw_schedule("belt", "aid", date(2026, 1, 1), blocks, RULES, seed=1)


@pytest.mark.parametrize("data", [None, {}, {"treatment": "x"}, [1], "x", {"start": "2026-13-01"}])
def test_what_is_no_design_is_refused_in_a_sentence(data: object) -> None:
    with pytest.raises(UsageError, match="no design of a trial"):
        Schedule.from_data(data)
