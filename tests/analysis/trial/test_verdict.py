"""The judgement: four verdicts, each with its reason; what is missing, chosen or begun at the worst is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.trial import words
from evengait.analysis.trial.days import scheduled
from evengait.analysis.trial.noise import Noise, noise_of
from evengait.analysis.trial.power import lengths, shortest
from evengait.analysis.trial.randomisation import RandomisationTest, randomisation_test
from evengait.analysis.trial.schedule import draw_schedule, orders
from evengait.analysis.trial.verdict import Judgement, judge_trial
from evengait.core.errors import TableError
from evengait.core.trial import Schedule, TrialDay
from evengait.core.unknown import Unknown
from evengait.knowledge import trial_rules
from evengait.simulation.trial import MadeUpPain, made_up_trial

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES = trial_rules()
FIRST = date(2026, 1, 1)


def plan(seed: int = 3, blocks: int = 8) -> Schedule:
    return draw_schedule("belt", "aid", FIRST, blocks, RULES, seed=seed)


def diary(pain: MadeUpPain, schedule: Schedule | None = None, seed: int = 1) -> list[TrialDay]:
    drawn = schedule or plan()
    on = [bool(drawn.assigned(FIRST + timedelta(days=i))) for i in range(drawn.days)]
    return made_up_trial(pain, on, FIRST, np.random.default_rng(seed))


def said(told: Judgement, *, drawn: bool = True) -> str:
    return " ".join([words.why(told, RULES), *words.caveats(told, RULES, drawn=drawn)])


def test_a_large_effect_in_drawn_blocks_helped() -> None:
    told = judge_trial(diary(MadeUpPain(effect=-3.5)), RULES, plan())
    assert told.verdict == "helped"
    assert told.fit is not None
    assert told.fit.estimate < -2
    assert told.days_more == 0
    assert told.test is not None
    assert told.test.p == pytest.approx(2 / 62)
    assert "points less on days with it" in words.why(told, RULES)


def test_the_mirror_image_of_help_is_worse() -> None:
    days = diary(MadeUpPain(effect=-3.5))
    turned = [replace(day, pain=None if day.pain is None else 10 - day.pain) for day in days]
    told = judge_trial(turned, RULES, plan())
    assert told.verdict == "worse"


def test_nothing_in_a_calm_diary_is_no_reliable_change() -> None:
    told = judge_trial(diary(MadeUpPain(sd=1.0, autocorrelation=0.2)), RULES, plan())
    assert told.verdict == "no_reliable_change"
    assert told.interval is not None
    assert told.interval[0] < 0 < told.interval[1]


def test_a_change_that_is_sure_but_small_is_no_reliable_change_and_says_so() -> None:
    told = judge_trial(diary(MadeUpPain(sd=0.6, autocorrelation=0.1, effect=-1.2)), RULES, plan())
    assert told.verdict == "no_reliable_change"
    assert told.interval is not None
    assert told.interval[1] < 0
    assert "not by what people notice" in said(told)


def test_more_than_thirty_in_a_hundred_missing_is_not_enough_whatever_the_effect() -> None:
    days = diary(MadeUpPain(effect=-4))
    some = [replace(day, pain=None) if i % 3 == 0 else day for i, day in enumerate(days)]
    told = judge_trial(some, RULES, plan())
    assert (told.verdict, told.lack) == ("not_enough_data", "missing")
    assert "missing" in said(told)


def test_rows_left_out_of_the_file_are_missing_days_too() -> None:
    days = diary(MadeUpPain(effect=-4))
    told = judge_trial([day for i, day in enumerate(days) if i % 3], RULES, plan(), today=plan().end)
    assert (told.verdict, told.lack) == ("not_enough_data", "missing")


def test_a_wild_diary_asks_for_more_days() -> None:
    told = judge_trial(diary(MadeUpPain(sd=2.0, autocorrelation=0.5), seed=4), RULES, plan())
    assert told.verdict == "not_enough_data"
    assert told.days_more is not None
    assert told.days_more > 0
    assert f"About {told.days_more} days more" in words.more(told, RULES)


def test_a_trial_half_over_asks_for_the_rest_or_more() -> None:
    days = diary(MadeUpPain(effect=-1.5))[:20]
    told = judge_trial(days, RULES, plan(), today=FIRST + timedelta(days=19))
    assert told.verdict == "not_enough_data"
    assert told.days_more is not None
    assert told.days_more >= 44


def test_days_of_one_sort_alone_cannot_be_compared() -> None:
    told = judge_trial([TrialDay(FIRST + timedelta(days=i), 5.0, treated=True) for i in range(60)], RULES)
    assert (told.verdict, told.lack, told.interval) == ("not_enough_data", "one_sided", None)


def test_unknown_treatment_is_not_without_it() -> None:
    days = diary(MadeUpPain(effect=-3))
    some = [replace(day, treated=None) if not day.treated else day for day in days]
    assert judge_trial(some, RULES).lack == "one_sided"


def test_the_same_pain_every_day_is_no_change() -> None:
    days = [TrialDay(FIRST + timedelta(days=i), 3.0, i // 8 % 2 == 1) for i in range(64)]
    told = judge_trial(days, RULES)
    assert told.verdict == "no_reliable_change"
    assert told.fit is not None
    assert told.fit.estimate == pytest.approx(0, abs=1e-9)


def test_begun_at_the_worst_of_the_pain_regression_to_the_mean_is_said() -> None:
    days = [
        TrialDay(FIRST + timedelta(days=i), 9.0 if i == 28 else float(4 + i % 2), treated=i >= 30)
        for i in range(60)
    ]
    told = judge_trial(days, RULES)
    assert told.near_worst
    assert "regression to the mean" in said(told, drawn=False)
    later = [replace(day, treated=day.date >= FIRST + timedelta(days=40)) for day in days]
    assert not judge_trial(later, RULES).near_worst


def test_without_a_schedule_the_answer_says_what_that_costs() -> None:
    days = [replace(day, treated=i >= 32) for i, day in enumerate(diary(MadeUpPain()))]
    told = judge_trial(days, RULES)
    assert told.drawn_detectable is not None
    assert told.detectable is not None
    assert told.detectable > told.drawn_detectable
    assert "Nobody drew the days" in said(told, drawn=False)
    assert "in drawn blocks show" in said(told, drawn=False)


def test_a_belt_put_on_after_bad_days_is_seen() -> None:
    rng = np.random.default_rng(8)
    pain = np.clip(np.round(rng.normal(4, 2, 90)), 0, 10)
    days, on = [], False
    for i, score in enumerate(pain):
        days.append(TrialDay(FIRST + timedelta(days=i), float(score), treated=on))
        on = bool(score >= 6)
    told = judge_trial(days, RULES)
    assert told.leading_pain is not None
    assert told.leading_pain > 2
    assert "chosen the days" in said(told, drawn=False)


def test_low_pain_leaves_no_room_and_that_is_said() -> None:
    told = judge_trial(diary(MadeUpPain(level=0.8, sd=0.8)), RULES, plan())
    assert told.verdict != "helped"
    assert "no room" in said(told)


def test_a_third_of_high_pain_outweighs_two_points() -> None:
    assert RULES.bar(5) == 2.0
    assert RULES.bar(9) == pytest.approx(2.97)


def test_days_are_compared_as_drawn_whatever_was_done() -> None:
    days = diary(MadeUpPain(effect=-3))
    turned = [replace(day, treated=not day.treated) for day in days]
    one, other = judge_trial(days, RULES, plan()), judge_trial(turned, RULES, plan())
    assert one.interval == other.interval
    assert (one.kept_to, other.kept_to) == (1.0, 0.0)
    assert "something else was done" in said(other)


def test_the_order_of_the_rows_does_not_matter() -> None:
    days = diary(MadeUpPain(missing=0.1))
    told, turned = judge_trial(days, RULES), judge_trial(days[::-1], RULES)
    assert told.interval == turned.interval


def test_a_date_twice_is_refused_and_named() -> None:
    days = diary(MadeUpPain())
    with pytest.raises(TableError, match="stands twice"):
        judge_trial([*days, days[5]], RULES)


def test_no_day_at_all_is_refused() -> None:
    with pytest.raises(TableError, match="no day"):
        judge_trial([], RULES)
    with pytest.raises(TableError, match="lies in the trial"):
        judge_trial([TrialDay(date(2020, 1, 1), 3.0)], RULES, plan())


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 10)),
            st.one_of(st.none(), st.booleans()),
            st.one_of(st.none(), st.floats(0, 40)),
        ),
        min_size=1,
        max_size=90,
    )
)
def test_any_diary_gets_a_verdict_with_a_reason(
    rows: Sequence[tuple[int | None, bool | None, float | None]],
) -> None:
    days = [
        TrialDay(FIRST + timedelta(days=i), None if pain is None else float(pain), on, load)
        for i, (pain, on, load) in enumerate(rows)
    ]
    told = judge_trial(days, RULES)
    assert words.why(told, RULES)
    assert "nan" not in said(told, drawn=False)
    if told.verdict == "helped":
        assert told.interval is not None
        assert told.interval[1] < 0


def test_the_randomisation_test_counts_every_order_by_hand() -> None:
    """Four blocks of one day, at most two in a row, no washout: six orders, done one by one."""
    drawn = Schedule("belt", "aid", FIRST, 0, 1, 0, 2, (True, False, True, False), seed=1)
    pain = [1.0, 5.0, 2.0, 6.0]
    days = [TrialDay(FIRST + timedelta(days=i), value) for i, value in enumerate(pain)]
    found = randomisation_test(scheduled(days, drawn), drawn)
    rest = np.array(pain) - np.polyval(np.polyfit(range(4), pain, 1), range(4))
    by_hand = {}
    for order in set(permutations([True, True, False, False])):
        on = np.array(order)
        by_hand[order] = abs(rest[on].mean() - rest[~on].mean())
    true = by_hand[(True, False, True, False)]
    share = sum(value >= true - 1e-9 for value in by_hand.values()) / 6
    assert found == RandomisationTest(share, 6)


def test_under_no_effect_the_randomisation_test_is_as_rare_as_it_says() -> None:
    """Exact whatever the correlation: over every order that could have been drawn, p is at most q for a share q."""
    rng = np.random.default_rng(2)
    pain = np.cumsum(rng.normal(0, 1, 64))
    pain = np.round(10 * (pain - pain.min()) / np.ptp(pain))
    days = [TrialDay(FIRST + timedelta(days=i), float(value)) for i, value in enumerate(pain)]
    found = []
    for order in orders(8, 3):
        drawn = replace(plan(), order=tuple(bool(on) for on in order))
        test = randomisation_test(scheduled(days, drawn), drawn)
        assert isinstance(test, RandomisationTest)
        found.append(test.p)
    for share in (0.05, 0.1, 0.2, 0.5):
        assert np.mean(np.array(found) <= share) <= share + 1e-9


def test_noise_is_that_of_the_days_without_it() -> None:
    rng = np.random.default_rng(1)
    days = made_up_trial(
        MadeUpPain(sd=1.5, autocorrelation=0.4, load=0, whole=False), [False] * 400, FIRST, rng
    )
    noise = noise_of(days, RULES)
    assert isinstance(noise, Noise)
    assert noise.sd_nprs == pytest.approx(1.5, abs=0.2)
    assert noise.autocorrelation == pytest.approx(0.4, abs=0.12)
    few = noise_of(days[:9], RULES)
    assert isinstance(few, Unknown)
    assert "9 days" in few.reason


def test_a_wilder_diary_and_missing_days_ask_for_a_longer_trial() -> None:
    calm = shortest(lengths("aid", Noise(1.2, 0.2, 0), RULES), 2.0)
    wild = shortest(lengths("aid", Noise(2.2, 0.5, 0), RULES), 2.0)
    holes = shortest(lengths("aid", Noise(2.2, 0.5, 0), RULES, missing_share=0.25), 2.0)
    assert calm is not None
    assert wild is not None
    assert holes is not None
    assert calm.days < wild.days <= holes.days
    assert shortest(lengths("aid", Noise(6.0, 0.8, 0), RULES), 2.0) is None
