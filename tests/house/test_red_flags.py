"""Red-flag rules: dated, sourced, held by vignettes that fire them and vignettes that do not."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evengait.core.errors import RuleError
from evengait.core.intake_form import intake_fields
from evengait.knowledge.red_flag_book import read_book, red_flag_book
from vignette_files import GROUPS, Vignette, vignettes

if TYPE_CHECKING:
    from evengait.core.red_flag import RedFlagRule

FOLDER = Path(str(files("evengait.knowledge").joinpath("red_flags")))
BOOK = red_flag_book()
CONTRACT = {
    "cauda_equina_syndrome", "spinal_infection", "malignancy", "vertebral_fracture", "deep_vein_thrombosis",
    "acute_compartment_syndrome", "achilles_rupture", "cardiac_cause", "sacral_bone_stress_injury",
    "pelvic_bone_stress_injury", "femoral_neck_bone_stress_injury", "tibial_bone_stress_injury",
    "metatarsal_bone_stress_injury", "axial_spondyloarthritis", "radiculopathy", "sacroiliac_joint_pain",
    "low_back_pain",
    "patellofemoral_pain", "iliotibial_band_syndrome", "achilles_tendinopathy", "plantar_heel_pain",
    "hamstring_tendinopathy", "medial_tibial_stress_syndrome", "calf_strain", "muscle_soreness",
}  # fmt: skip


def test_every_condition_of_the_contract_is_named_by_a_rule_and_has_words() -> None:
    assert {name for rule in BOOK.rules for name in rule.consider} >= CONTRACT
    assert {name for rule in BOOK.rules for name in rule.consider} == set(BOOK.conditions)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda r: r.id)
def test_a_rule_has_a_vignette_that_fires_it_and_one_in_which_it_stays_silent(rule: RedFlagRule) -> None:
    assert any(rule.id in vignette.fires for vignette in vignettes()), "add a vignette that `fires` it"
    assert any(rule.id in vignette.silent for vignette in vignettes()), "add one with it under `silent`"


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda r: r.id)
def test_a_rule_speaks_to_people_and_says_when_it_is_looked_at_again(rule: RedFlagRule) -> None:
    assert rule.say.endswith(".")
    assert not rule.label.endswith(".")
    assert rule.review_due > rule.version
    assert all(source.supports and not source.supports.endswith(".") for source in rule.sources)
    assert "hop" not in rule.say.lower() or "do not" in rule.say.lower()


def test_vignettes_name_rules_that_are_there() -> None:
    ids = {rule.id for rule in BOOK.rules}
    for vignette in vignettes():
        assert {*vignette.fires, *vignette.silent} <= ids, vignette.name


def test_there_are_enough_vignettes_of_each_kind_at_every_site() -> None:
    before = [v for v in vignettes() if v.written == "before"]
    for group in GROUPS:
        assert sum(v.group == group for v in before) >= 30
    sites = {v.intake.get("site") for v in before}
    assert sites >= set(intake_fields()["site"].choices)
    assert len({v.name for v in vignettes()}) == len(vignettes())


@pytest.mark.parametrize("vignette", vignettes(), ids=lambda v: v.name)
def test_a_vignette_is_read_whole(vignette: Vignette) -> None:
    from evengait.core.intake import read_intake

    assert read_intake(vignette.intake).ignored == ()
    assert vignette.group in GROUPS


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the rules to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "rules"))


@pytest.mark.parametrize(
    ("was", "now", "key", "says"),
    [
        ('level = "emergency"', 'level = "urgent"', "level", "one of emergency"),
        ('running = "stop"', 'running = "no"', "running", "one of stop"),
        ('grade = "C"', 'grade = "A"', "grade", "better than"),
        ("version = 2026-11-25", 'version = "2026-11-25"', "version", "date"),
        ("reviewed_by = []", "reviewed_by = ['Dr Who']", "reviewed_by", "reviewed rule"),
        ('id = "cauda-equina"', 'id = "cauda"', "id", "name of the file"),
        ('say = "', 'says = "', "says", "spelling"),
        ('label = "Signs of', 'lable = "Signs of', "lable", "spelling"),
        ('consider = ["cauda_equina_syndrome"]', 'consider = ["cauda"]', "consider", "no words"),
        ('id = "ces-signs-or"', 'id = "ces-sings"', "source", "no entry"),
        ('supports = "one sign', 'because = "one sign', "source", "supports"),
        ('"saddle_numbness"', '"sadle_numbness"', "when", "no finding"),
        ('"saddle_numbness"', '"morning_stiffness_min"', "when", "yes or no"),
        ('all = ["both_legs"]', 'all = []', "when", "all"),
        ('all = ["both_legs"]', 'al = ["both_legs"]', "when", "all"),
        ('all = ["both_legs"]', 'all = [{ no = "fever" }]', "when", "self_care"),
        ('all = ["both_legs"]', 'all = [{ term = "back" }]', "when", "term"),
        ('all = ["both_legs"]', 'all = [{ eval = "1" }]', "when", "known forms"),
        ('all = ["both_legs"]', 'all = [{ at_least = 3, of = ["both_legs"] }]', "when", "known forms"),
        ('all = ["both_legs"]', 'all = [{ finding = "pain.rest", is = ">", value = "5" }]', "when", "number"),
        ('all = ["both_legs"]', 'all = [{ finding = "pain.rest", is = "about", value = 5 }]', "when", "`is`"),
        ('all = ["both_legs"]', 'all = [{ finding = "site", is = ">", value = 5 }]', "when", "cannot be compared"),
        ('all = ["both_legs"]', 'all = [{ finding = "pain.rest", is = "<", value = 3 }]', "when", "raise"),
        ('"both_legs"', '{ finding = "worse_with", is = "names", value = ["knitting"] }', "when", "no word"),
        ('all = ["both_legs"]', 'all = [{ site = "shin" }]', "when", "known forms"),
        ("unless = [{ site", 'unless = ["fever", { site', "unless", "silence"),
        ("[[when]]", "[[wenn]]", "wenn", "spelling"),
        ('level = "emergency"', 'level = "self_care"', "when", "everyday pattern"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_a_sentence_with_its_file_and_key(
    copied: Path, was: str, now: str, key: str, says: str
) -> None:
    file = copied / "cauda-equina.toml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, now), "utf-8")
    with pytest.raises(RuleError, match=says) as error:
        read_book(copied)
    assert (error.value.file, error.value.key) == ("cauda-equina.toml", key)
    assert str(error.value).startswith("cauda-equina.toml")


def test_a_folder_without_rules_a_stray_file_and_broken_toml_are_refused(
    copied: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError, match="no rule"):
        read_book(tmp_path / "empty")
    (copied / "_words.toml").write_text("", "utf-8")
    with pytest.raises(RuleError, match=r"_words\.toml"):
        read_book(copied)
    (copied / "_words.toml").unlink()
    (copied / "_conditions.toml").write_text("fracture = 1", "utf-8")
    with pytest.raises(RuleError, match="words for people"):
        read_book(copied)
    (copied / "_conditions.toml").write_text("fracture = ", "utf-8")
    with pytest.raises(RuleError, match="not valid TOML"):
        read_book(copied)


def test_a_clinic_can_bring_its_own_rule_with_its_own_source_and_review(tmp_path: Path) -> None:
    rule = (FOLDER / "dark-urine.toml").read_text("utf-8")
    rule = rule.replace('id = "dark-urine"', 'id = "our-rule"').replace("rhabdo-ermd", "our-audit")
    rule = rule.replace('status = "draft"\nreviewed_by = []', 'status = "reviewed"\nreviewed_by = ["Dr Own"]')
    (tmp_path / "our-rule.toml").write_text(rule, "utf-8")
    (tmp_path / "_conditions.toml").write_text('exertional_rhabdomyolysis = "muscle breakdown"', "utf-8")
    (tmp_path / "_evidence.toml").write_text(
        '[[evidence]]\nid = "our-audit"\nsays = "Ours."\nclaim = "c"\nvalues = []\nunit = ""\ninterval = ""\n'
        'population = ""\nsource = "Our audit 2025"\ndoi = ""\nlevel = "V"\ngrade = "C"\n',
        "utf-8",
    )
    book = read_book(tmp_path)
    assert [rule.id for rule in book.rules] == ["our-rule"]
    assert book.reviewed
    assert book.evidence["our-audit"].source == "Our audit 2025"
