"""The search: what it finds, what it leaves alone, when it cannot tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from days import LAST, steady

from evengait.analysis.change.explain import Explanation, explain
from evengait.knowledge import factor_book

if TYPE_CHECKING:
    from evengait.core.factor import FactorBook


@pytest.fixture(scope="module")
def book() -> FactorBook:
    return factor_book()


def balance(size: float, days: int = 760, seed: int = 5) -> np.ndarray:
    left = np.random.default_rng(seed).normal(50, 0.3, days)
    left[-10:] -= size
    return left


def judged(found: Explanation, factor: str):  # type: ignore[no-untyped-def]
    return next(j for j in found.found.judged if j.factor.id == factor)


def test_a_clear_shift_of_balance_comes_first_and_stands_out(book: FactorBook) -> None:
    found = explain(steady(balance_left_pct=balance(2)), LAST, book)
    assert found.verdict == "stands_out"
    assert found.found.judged[0].factor.id == "balance"
    assert found.stands_out(found.found.judged[0], book.search.alpha)
    assert judged(found, "balance").extreme == 0


def test_a_shift_the_other_way_is_as_unusual(book: FactorBook) -> None:
    assert explain(steady(balance_left_pct=balance(-2)), LAST, book).found.judged[0].factor.id == "balance"


def test_p_any_counts_the_onset_in_and_is_never_zero(book: FactorBook) -> None:
    found = explain(steady(balance_left_pct=balance(9)), LAST, book)
    assert found.found.p_any == pytest.approx(1 / (len(found.found.dates) + 1))


def test_what_comes_after_the_onset_changes_nothing(book: FactorBook) -> None:
    onset = LAST - timedelta(days=30)
    quiet = explain(steady(), onset, book)
    loud = explain(steady(balance_left_pct=balance(9)).with_columns(), onset, book)
    quiet_same = explain(steady(balance_left_pct=balance(0)), onset, book)
    assert loud.found.p_any == quiet_same.found.p_any
    assert quiet.onset == onset


def test_a_factor_without_data_is_never_searched_and_never_usual(book: FactorBook) -> None:
    found = explain(steady(), LAST, book)
    shoe = judged(found, "shoe_age")
    assert not shoe.searched
    assert np.isnan(shoe.value)
    assert np.isnan(shoe.p_search)
    assert not found.stands_out(shoe, book.search.alpha)


def test_a_short_history_cannot_tell(book: FactorBook) -> None:
    found = explain(steady(days=300), LAST, book)
    assert found.verdict == "cannot_tell"
    assert "300 days with a run" in found.why_not


def test_three_runs_in_all_cannot_tell(book: FactorBook) -> None:
    assert explain(steady(days=3), LAST, book).verdict == "cannot_tell"


def test_no_run_in_the_last_30_days_cannot_tell(book: FactorBook) -> None:
    runs = np.ones(760, dtype=int)
    runs[-31:] = 0
    found = explain(steady(runs=runs), LAST, book)
    assert found.verdict == "cannot_tell"
    assert "no run in the 30 days" in found.why_not


def test_an_onset_outside_the_table_is_refused(book: FactorBook) -> None:
    with pytest.raises(ValueError, match="outside"):
        explain(steady(), date(2030, 1, 1), book)


def test_windows_end_on_the_last_run_at_most_two_days_before_the_onset(book: FactorBook) -> None:
    runs = np.ones(760, dtype=int)
    runs[-1] = 0
    assert explain(steady(runs=runs), LAST, book).ends_on == LAST - timedelta(days=1)
    runs[-3:] = 0
    assert explain(steady(runs=runs), LAST, book).ends_on == LAST


def test_an_earlier_problem_and_four_weeks_after_are_no_comparison(book: FactorBook) -> None:
    problem = (LAST - timedelta(days=200), LAST - timedelta(days=150))
    free = explain(steady(), LAST, book)
    hurt = explain(steady(), LAST, book, earlier_problems=[problem])
    lost = len(judged(free, "week_distance").controls) - len(judged(hurt, "week_distance").controls)
    assert lost == pytest.approx((50 + 28) / 7, abs=1)
    assert len(hurt.found.dates) < len(free.found.dates)


def test_another_watch_is_not_compared(book: FactorBook) -> None:
    sensor = ["old"] * 560 + ["new"] * 200
    left = np.concatenate([np.full(560, 48.0), np.random.default_rng(1).normal(51, 0.3, 200)])
    found = judged(explain(steady(balance_left_pct=left, gait_sensor=sensor), LAST, book), "balance")
    assert (found.controls > 50).all()


def test_the_newest_comparison_ends_four_weeks_before(book: FactorBook) -> None:
    left = np.random.default_rng(2).normal(50, 0.3, 760)
    left[-35:-28] = 80
    with_it = judged(explain(steady(balance_left_pct=left), LAST, book), "balance").controls
    left[-35:] = 80
    assert np.max(with_it) > 79
    assert np.max(judged(explain(steady(balance_left_pct=left), LAST, book), "balance").controls) > 79
    left[-35:-28] = 50
    assert np.max(judged(explain(steady(balance_left_pct=left), LAST, book), "balance").controls) < 52


def test_a_difference_too_small_for_words_is_small_however_steady_the_runner(book: FactorBook) -> None:
    left = np.full(760, 50.0)
    left[-10:] = 50.05
    found = judged(explain(steady(balance_left_pct=left), LAST, book), "balance")
    assert found.score < 0.5


def worn_pairs(days: int, life: int, last: int) -> np.ndarray:
    """Kilometres of one pair after another, 4 a day: each goes after ``life`` days, the last is ``last`` days old."""
    age = 4.0 * ((np.arange(days) - (days - 1 - last)) % life)
    age[-last - 1 :] = 4.0 * np.arange(last + 1)
    return age


def test_a_long_excursion_is_not_the_yardstick_of_itself(book: FactorBook) -> None:
    exposures = steady(days=900, shoe_age_km=worn_pairs(900, 180, 420))
    one = replace(book.search, excursion_spreads=np.inf)
    found = judged(explain(exposures, LAST, book), "shoe_age")
    against_itself = judged(explain(exposures, LAST, replace(book, search=one)), "shoe_age")
    assert found.score == against_itself.score
    assert found.calibrated > 1.5 * against_itself.calibrated


def test_an_excursion_that_came_before_is_still_the_yardstick(book: FactorBook) -> None:
    left = np.random.default_rng(3).normal(50, 0.3, 760)
    left[-10:] -= 2
    left[-300:-290] -= 2
    found = judged(explain(steady(balance_left_pct=left), LAST, book), "balance")
    assert found.calibrated < 1.3
