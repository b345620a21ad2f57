"""What must hold for any intake: no red finding lowers, no answer no raises, unknown is never no."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evengait.analysis.screening.facts import Facts
from evengait.analysis.screening.screen import level_of, screen
from evengait.analysis.screening.truth import rule_truth
from evengait.core.intake import Intake, read_intake
from evengait.core.intake_form import intake_fields, path_of
from evengait.core.red_flag import LEVELS, RUNNING
from evengait.core.sites import SITES
from evengait.knowledge.red_flag_book import red_flag_book

BOOK = red_flag_book()
FLAGS = sorted(path for path, spec in intake_fields().items() if spec.kind == "flag")
SCORES = sorted(path for path, spec in intake_fields().items() if spec.kind == "score")
SOFT = [
    "night_pain", "not_improved_by_rest", "weight_loss", "insidious", "steroids", "osteoporosis", "immunosuppressed",
    "recent_infection", "iv_drugs", "anticoagulants", "family_spondyloarthritis", "psoriasis_uveitis_ibd",
    "bone_stress_injury", "low_energy", "weight_drop", "training.load_rise", "improves_with_exercise",
]  # fmt: skip
"""One of these alone is common in ordinary pain: `lbp-any-red-flag`."""


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    """Return an intake with some flags, scores, words, a site, an age and an onset; much of it left open."""
    values: dict[str, object] = {}
    for path in FLAGS:
        answer = draw(st.sampled_from([None, None, None, False, False, True]))
        if answer is not None:
            values[path] = answer
    for path in SCORES:
        if draw(st.booleans()):
            values[path] = draw(st.integers(0, 10))
    for path, choices in (
        ("site", SITES), ("sex", ("female", "male")), ("side", ("left", "both")), ("age", (15, 30, 55, 75)),
        ("onset.mode", ("gradual", "sudden", "trauma")), ("duration_days", (2, 20, 120, 2000)),
        ("worse_with", (("landing",), ("running", "sitting"), ("first steps",))),
        ("better_with", (("rest",), ("movement",))), ("quality", (("aching",), ("shooting",), ("burning",))),
    ):  # fmt: skip
        if draw(st.booleans()):
            values[path] = draw(st.sampled_from(choices))
    return Intake(values)  # type: ignore[arg-type]


def rank(intake: Intake) -> int:
    return LEVELS.index(level_of(intake, BOOK))


@settings(max_examples=100, deadline=None)
@given(intakes(), st.sampled_from(FLAGS))
def test_adding_a_red_finding_never_lowers_the_level(intake: Intake, flag: str) -> None:
    assert rank(intake.with_answer(flag, True)) <= rank(intake)


@settings(max_examples=100, deadline=None)
@given(intakes(), st.sampled_from(FLAGS))
def test_turning_an_unknown_to_no_never_raises_the_level(intake: Intake, flag: str) -> None:
    unknown = intake.with_answer(flag, None)
    assert rank(unknown.with_answer(flag, False)) >= rank(unknown)


@settings(max_examples=100, deadline=None)
@given(intakes(), st.sampled_from(SCORES), st.integers(0, 10))
def test_more_pain_never_lowers_the_level(intake: Intake, score: str, more: int) -> None:
    less = intake.get(score) or 0
    assert rank(intake.with_answer(score, max(less, more))) <= rank(intake.with_answer(score, less))


@settings(max_examples=100, deadline=None)
@given(intakes(), st.lists(st.sampled_from(FLAGS), min_size=1, max_size=4, unique=True))
def test_unknown_never_acts_as_no(intake: Intake, flags: list[str]) -> None:
    """A rule that is said not to hold does not hold whatever the open answers turn out to be."""
    for flag in flags:
        intake = intake.with_answer(flag, None)
    denied = [rule for rule in BOOK.rules if rule_truth(rule, Facts(intake)) is False]
    for answers in product([True, False], repeat=len(flags)):
        filled = intake
        for flag, answer in zip(flags, answers, strict=True):
            filled = filled.with_answer(flag, answer)
        assert not any(rule_truth(rule, Facts(filled)) for rule in denied)


@settings(max_examples=100, deadline=None)
@given(intakes())
def test_the_most_urgent_rule_and_the_most_careful_word_on_running_win(intake: Intake) -> None:
    verdict = screen(intake, BOOK)
    levels = [fired.rule.level for fired in verdict.fired]
    assert levels == sorted(levels, key=LEVELS.index)
    assert verdict.level == level_of(intake, BOOK)
    assert verdict.level == (levels[0] if verdict.consider else "routine") or levels[0] != "self_care"
    assert RUNNING.index(verdict.running) <= min(
        (RUNNING.index(f.rule.running) for f in verdict.fired), default=2
    )


@settings(max_examples=40, deadline=None)
@given(intakes())
def test_every_question_that_is_asked_could_raise_the_level(intake: Intake) -> None:
    """An answer said to be enough by itself raises the level; the order is by what the answers can reach."""
    verdict = screen(intake, BOOK)
    ranks = [question.rank for question in verdict.questions]
    assert ranks == sorted(ranks)
    for question in verdict.questions:
        assert LEVELS.index(question.level) < LEVELS.index(verdict.level)
        assert intake.get(question.path) is None
        if question.answers == 1 and question.path in FLAGS:
            raised = screen(intake.with_answer(question.path, True), BOOK)
            assert LEVELS.index(raised.level) <= LEVELS.index(question.level)


@settings(max_examples=40, deadline=None)
@given(intakes())
def test_a_verdict_names_findings_that_are_in_the_intake(intake: Intake) -> None:
    for fired in screen(intake, BOOK).fired:
        assert fired.because
        for finding in fired.because:
            assert finding.path == "age_at_onset" or intake.get(finding.path) is not None


@settings(max_examples=100, deadline=None)
@given(intakes())
def test_continue_is_only_said_where_no_open_answer_about_the_place_could_stop_it(intake: Intake) -> None:
    verdict = screen(intake, BOOK)
    if verdict.running == "continue":
        site, sex = intake.get("site"), intake.get("sex")
        for flag in FLAGS:
            if intake.get(flag) is None and intake_fields()[flag].concerns(site, sex):
                assert screen(intake.with_answer(flag, True), BOOK).running != "stop"


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("soft", SOFT)
def test_a_soft_flag_alone_never_fires(site: str, soft: str) -> None:
    for age in (30, 68):
        intake = read_intake(
            {"site": site, "age": age, "onset": {"mode": "gradual"}, "pain": {"rest": 1}}
        ).intake
        flagged = level_of(intake.with_answer(path_of(soft), True), BOOK)
        assert flagged == level_of(intake, BOOK) == ("routine" if site == "other" else "self_care")


@pytest.mark.parametrize("site", SITES)
def test_a_form_in_which_all_is_denied_is_self_care_and_may_run_on(site: str) -> None:
    denied = dict.fromkeys(FLAGS, False)
    scores = dict.fromkeys(SCORES, 1)
    more = {"site": site, "age": 35, "sex": "female", "onset.mode": "gradual", "duration_days": 10,
            "findings.morning_stiffness_min": 0, "worse_with": ("stairs",), "better_with": ("rest",),
            "quality": ("aching",), "side": "left"}  # fmt: skip
    verdict = screen(Intake({**denied, **scores, **more}), BOOK)  # type: ignore[arg-type]
    assert (verdict.level, verdict.questions) == ("routine" if site == "other" else "self_care", ())
    assert verdict.running == ("restrict" if site == "other" else "continue")
