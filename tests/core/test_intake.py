"""The intake form: what was not asked stays not asked, what does not fit is refused by name."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.core.errors import UsageError
from evengait.core.intake import Intake, Tried, read_intake
from evengait.core.intake_form import IntakeField, ask_name, intake_fields, known_words, path_of
from evengait.core.sites import SIDES, SITES

FINDINGS = [
    "limp", "bony_tenderness", "night_pain", "cannot_bear_weight", "morning_stiffness_min",
    "saddle_numbness", "bladder_change", "bowel_change", "sexual_numbness", "leg_weakness", "both_legs",
    "progressive_weakness", "leg_numbness", "fever", "unwell", "weight_loss", "unremitting", "major_trauma",
    "minor_trauma", "calf_swelling", "chest_pain", "breathless", "pop_felt", "pale_cold_foot",
    "tense_swelling", "pain_out_of_proportion", "improves_with_exercise", "not_improved_by_rest",
    "insidious", "centralises",
]  # fmt: skip
HISTORY = [
    "cancer", "steroids", "osteoporosis", "immunosuppressed", "recent_infection", "iv_drugs",
    "bone_stress_injury", "low_energy", "missed_periods", "weight_drop", "psoriasis_uveitis_ibd",
    "family_spondyloarthritis", "anticoagulants", "recent_surgery_or_immobility", "pregnant",
]  # fmt: skip
TESTS = [
    "thigh_thrust", "distraction", "compression", "sacral_thrust", "gaenslen_left", "gaenslen_right",
]  # fmt: skip
CONTRACT = {
    "age", "sex", "site", "side", "onset.date", "onset.mode", "quality", "pain.rest", "pain.walking", "pain.running",
    "pain.night", "pain.worst", "worse_with", "better_with", "duration_days", "training.km_per_week",
    "training.surfaces", "training.down_week_every_weeks", "tried",
    *(f"findings.{name}" for name in FINDINGS), *(f"history.{name}" for name in HISTORY),
    *(f"tests.{name}" for name in TESTS),
}  # fmt: skip


def answers(spec: IntakeField) -> st.SearchStrategy[object]:
    """Values that fit a field, as they stand in JSON."""
    low, high = spec.range or (0, 0)
    numbers = st.integers(int(low), int(high))
    return {
        "flag": st.booleans(), "whole": numbers, "number": numbers, "score": numbers,
        "choice": st.sampled_from(spec.choices or ("",)), "result": st.sampled_from(spec.choices or ("",)),
        "words": st.lists(st.sampled_from([*spec.words, "something else"]), min_size=1, max_size=3),
        "date": st.dates(date(2000, 1, 1), date(2040, 1, 1)).map(date.isoformat),
        "span": st.tuples(numbers, numbers).map(sorted),
        "shares": st.dictionaries(st.sampled_from(["pavement", "trail"]), st.floats(0, 1), min_size=1),
        "tries": st.lists(
            st.builds(
                lambda w, d, h: {"what": w, "days": d, "helped": h},
                st.sampled_from(["rest", "belt"]), st.none() | st.integers(0, 90), st.none() | st.booleans(),
            ),
            min_size=1, max_size=2,
        ),
    }[spec.kind]  # fmt: skip


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    """Any intake: any fields answered, any left open."""
    intake = Intake()
    for spec in intake_fields().values():
        if draw(st.booleans()):
            data = draw(answers(spec))
            nested = {spec.group: {spec.name: data}} if spec.group else {spec.name: data}
            intake = Intake({**intake.values, **read_intake(nested).intake.values})
    return intake


def test_every_field_of_the_contract_is_in_the_form() -> None:
    assert set(intake_fields()) >= CONTRACT


def test_sites_and_sides_are_the_houses() -> None:
    assert intake_fields()["site"].choices == SITES
    assert set(intake_fields()["side"].choices) >= set(SIDES)
    assert all(set(spec.sites) <= set(SITES) for spec in intake_fields().values())


@pytest.mark.parametrize("spec", intake_fields().values(), ids=lambda s: s.path)
def test_every_field_asks_in_plain_words(spec: IntakeField) -> None:
    assert spec.question.endswith("?")
    assert spec.help.endswith((".", "?"))
    assert spec.label
    assert (spec.kind == "flag") == bool(spec.says)
    assert not spec.says or spec.says.endswith(".")
    assert (spec.kind in {"whole", "number", "score", "span"}) == bool(spec.range)
    assert (spec.kind in {"choice", "result"}) == bool(spec.choices)


def test_names_of_findings_history_and_tests_stand_once() -> None:
    names = [s.name for s in intake_fields().values() if s.group in {"findings", "history", "tests"}]
    assert len(names) == len(set(names))
    assert all(path_of(ask_name(path)) == path for path in intake_fields())


def test_absent_and_null_both_mean_not_asked() -> None:
    assert (
        read_intake({}).intake == read_intake({"age": None, "findings": {"limp": None}, "pain": None}).intake
    )
    assert read_intake({}).intake.get("findings.limp") is None


@given(intakes())
def test_what_is_written_is_read_back_the_same(intake: Intake) -> None:
    again = read_intake(json.loads(json.dumps(intake.to_json())))
    assert again.intake == intake
    assert again.ignored == ()


def test_an_unknown_key_is_left_out_and_named() -> None:
    read = read_intake({"shoe": 1, "findings": {"limpp": True, "limp": True}, "note": {"a": 1}})
    assert read.ignored == ("shoe", "findings.limpp", "note")
    assert read.intake.get("findings.limp") is True


@pytest.mark.parametrize(
    "data",
    [
        {"findings": {"limp": "yes"}}, {"findings": {"limp": 1}}, {"age": 400}, {"age": True}, {"age": 30.5},
        {"site": "elbow"}, {"pain": {"rest": 11}}, {"pain": 3}, {"onset": {"date": "yesterday"}}, {"onset": "gradual"},
        {"tests": {"thigh_thrust": True}}, {"worse_with": [1]}, {"tried": [{"days": 3}]}, {"tried": "rest"},
        {"training": {"km_per_week": [90, 50]}}, {"training": {"surfaces": {"trail": 2}}}, {"duration_days": -1},
        {"pain": {"rest": float("nan")}}, [], "text", None,
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_without_naming_the_value(data: object) -> None:
    with pytest.raises(UsageError) as error:
        read_intake(data)
    assert not any(value in str(error.value) for value in ("400", "30.5", "elbow", "yesterday"))
    assert str(error.value).endswith(".")


def test_one_number_is_a_span_and_one_word_a_list() -> None:
    intake = read_intake({"training": {"km_per_week": 40}, "worse_with": "stairs", "tried": ["rest"]}).intake
    assert intake.get("training.km_per_week") == (40, 40)
    assert intake.words("worse_with") == {"stairs"}
    assert intake.tried == (Tried("rest"),)


def test_an_empty_list_was_not_asked() -> None:
    assert read_intake({"worse_with": [], "tried": [], "training": {"surfaces": {}}}).intake == Intake()


def test_an_answer_can_be_given_and_taken_back() -> None:
    intake = Intake().with_answer("findings.limp", False).with_answer("onset.date", date(2026, 11, 8))
    assert intake.get("findings.limp") is False
    assert intake.with_answer("findings.limp", None).get("findings.limp") is None
    with pytest.raises(UsageError):
        intake.with_answer("pain.rest", 12)
    with pytest.raises(KeyError):
        intake.get("findings.limpp")


def test_words_are_found_whole_and_by_their_synonyms() -> None:
    assert known_words("worse_with", ("Hopping on it", "the hills")) == {"landing", "uphill"}
    assert known_words("worse_with", ("brunch",)) == frozenset()


def test_a_question_concerns_a_site_and_a_sex_unless_excluded() -> None:
    periods, saddle = intake_fields()["history.missed_periods"], intake_fields()["findings.saddle_numbness"]
    assert periods.concerns("foot", None)
    assert not periods.concerns("foot", "male")
    assert saddle.concerns(None, None)
    assert not saddle.concerns("foot", None)


def test_the_shared_vignettes_are_read_whole() -> None:
    folder = os.environ.get("EVENGAIT_SHARED")
    if not folder or not (file := Path(folder) / "vignettes" / "vignettes.json").exists():
        pytest.skip("no shared vignettes here")
    for vignette in json.loads(file.read_text("utf-8")):
        assert read_intake(vignette["intake"]).ignored == ()
