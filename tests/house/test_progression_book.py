"""The ways back to running: dated, complete, sourced, and never asking for more after pain."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from evengait.core.errors import RuleError
from evengait.core.progression import RULES
from evengait.core.sites import SITES
from evengait.knowledge.progression_book import (
    progression,
    progression_names,
    progression_versions,
    read_progression,
)
from evengait.simulation.returning import KINDS

FOLDER = files("evengait.knowledge").joinpath("progressions")
EVERY = [(name, version) for name in progression_names() for version in progression_versions(name)]


@pytest.mark.parametrize(("name", "version"), EVERY)
def test_a_progression_is_dated_and_names_sources_and_review_state(name: str, version: str) -> None:
    data = tomllib.loads(FOLDER.joinpath(f"{name}/{version}.toml").read_text("utf-8"))
    assert data["id"] == name
    assert str(data["version"]) == version
    assert data["status"] in {"draft", "reviewed", "retired"}
    assert (data["status"] == "reviewed") == bool(data["reviewed_by"])
    assert data["review_due"] > data["version"]
    assert data["source"]


@pytest.mark.parametrize(("name", "version"), EVERY)
def test_every_number_has_a_source_and_every_decision_words(name: str, version: str) -> None:
    read = progression(name, version)
    for one in (*read.profiles.values(), *read.gates, read.ladder, read.build, read.reading, read.judging):
        assert one.evidence
    for rule in read.rules.values():
        assert rule.id.startswith(f"{rule.decision}-")
        assert rule.says.endswith(".")
        assert rule.decision in {"hold", "advance"} or rule.evidence or rule.id in {"refer-night", "refer-nerve",
            "refer-rest", "regress-during", "regress-after"}  # fmt: skip


@pytest.mark.parametrize(("name", "version"), EVERY)
def test_every_site_has_a_profile_and_every_profile_gates(name: str, version: str) -> None:
    read = progression(name, version)
    for site in SITES:
        assert site in read.profile_of(site).sites
    for profile in read.profiles.values():
        needed = [gate for gate in read.gates_of(profile) if gate.needed]
        assert {gate.kind for gate in needed} == {"word", "diary", "walk"}
        assert not profile.bone or any(gate.by == "clinician" for gate in needed)


@pytest.mark.parametrize(("name", "version"), EVERY)
def test_where_a_bone_may_be_concerned_no_hop_is_suggested(name: str, version: str) -> None:
    read = progression(name, version)
    for profile in read.profiles.values():
        if profile.bone:
            assert profile.during_max == profile.after_max == profile.night_max == 0
            for gate in read.gates_of(profile):
                assert "hop" not in gate.ask.lower()
                assert "jog" not in gate.ask.lower()


def test_a_suspected_bone_outranks_the_site() -> None:
    read = progression()
    assert read.profile_of("sacroiliac").id == "unspecified"
    assert (
        read.profile_of("sacroiliac", ("sacroiliac_joint_pain", "sacral_bone_stress_injury")).id
        == "bone_high"
    )
    assert read.profile_of("shin", ("tibial_bone_stress_injury",)).id == "bone_low"
    assert read.profile_of("achilles").during_max == 5


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('sites = ["knee"]', 'sites = ["kneecap"]', "kneecap"),
        ('sites = ["knee"]', 'sites = ["calf"]', "'knee' is missing"),
        ('id = "hold-spike"', 'id = "hold-spoke"', "hold-spoke"),
        ('id = "hold-spike"', 'id = "hold-more"', "twice"),
        ('profiles = ["bone_low", "bone_high"]', 'profiles = ["bones"]', "bones"),
        ('finding = "pain_daily_nprs"', 'finding = "mood"', "mood"),
        ('kind = "walk"', 'kind = "swim"', "swim"),
        ('decision = "refer"', 'decision = "cure"', "cure"),
        ('evidence = ["walk-run-cadence", "rtr-own-design"]', 'evidence = ["my-belief"]', "my-belief"),
        ("was {pain}, above", "was {secret}, above", "secret"),
        ("longest_rise = 1.10", "longest_rise = 1.25", "tenth"),
        ("speed_from = 0.8", "speed_from = 0.5", "hills come back before speed"),
        ("run_s = 180", "run_s = 90", "each stage"),
        ("calm = 0.0", "calm = 3.0", "calm"),
        ("[judging]", "[judgement]", "judging"),
        ("stand_speed_m_s = 0.5", "", "stand_speed_m_s"),
    ],
)  # fmt: skip
def test_a_wrong_progression_is_a_sentence(tmp_path: Path, was: str, now: str, says: str) -> None:
    text = FOLDER.joinpath(f"walk_run/{progression_versions()[-1]}.toml").read_text("utf-8")
    assert was in text
    file = tmp_path / "progression.toml"
    file.write_text(text.replace(was, now, 1), "utf-8")
    with pytest.raises(RuleError, match=says):
        read_progression(file)


def test_the_published_study_broke_no_promise_and_everybody_without_a_setback_came_back() -> None:
    page = (Path(__file__).parents[2] / "docs" / "return-to-running.md").read_text("utf-8")
    rows = re.findall(r"^\| \*([a-z ]+)\*: .* \| (\d+) \| .* \| (\d+) \|$", page, re.MULTILINE)
    assert {kind for kind, _, _ in rows} == set(KINDS)
    assert {broken for _, _, broken in rows} == {"0"}
    assert {kind: back for kind, back, _ in rows}["steady"] == "100"
    counted = re.findall(r"(\d+) of (\d+)", page.split("back in the former week")[1].split("\n")[0])
    assert counted
    assert all(back == whole for back, whole in counted)


def test_an_unknown_progression_or_version_is_a_sentence() -> None:
    with pytest.raises(RuleError, match="no progression"):
        progression("couch_to_moon")
    with pytest.raises(RuleError, match="no progression"):
        progression("walk_run", "1999-01-01")


def test_the_engine_and_the_files_speak_of_the_same_rules() -> None:
    assert set(progression().rules) == set(RULES)
