"""The exercise library and the blocks: complete, dated, sourced, and the same on both sides."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from garmin_fit_sdk import Profile

from evengait.core.errors import RuleError
from evengait.core.exercise import KITS, Exercise
from evengait.core.sites import SITES
from evengait.knowledge.strength_book import (
    block_versions,
    exercises,
    read_block,
    read_exercises,
    strength_block,
)

if TYPE_CHECKING:
    from pathlib import Path

    from evengait.core.strength_block import StrengthBlock

FOLDER = files("evengait.knowledge").joinpath("strength")
BLOCKS = [("six_week", version) for version in block_versions("six_week")]
TYPES = Profile["types"]


def every() -> list[Exercise]:
    return list(exercises().values())


@pytest.mark.parametrize("exercise", every(), ids=lambda e: e.id)
def test_an_exercise_says_how_it_is_done_and_what_the_watch_calls_it(exercise: Exercise) -> None:
    assert len(exercise.how) >= 3
    assert all(step.endswith(".") for step in exercise.how)
    assert exercise.muscles
    category, name = exercise.watch
    assert category in TYPES["exercise_category"].values()
    assert name in TYPES[f"{category}_exercise_name"].values()


def test_no_other_name_belongs_to_two_exercises() -> None:
    names = [n for e in every() for n in {x.casefold() for x in (e.id, e.name, *e.other_names)}]
    assert len(names) == len(set(names))


def test_a_one_leg_variant_is_done_on_each_side() -> None:
    for exercise in every():
        if exercise.one_leg:
            variant = exercises()[exercise.one_leg]
            assert variant.each_side
            assert "one_leg" in variant.demands
            assert variant.movement == exercise.movement


def test_nothing_in_the_library_or_a_block_can_work_one_side_alone() -> None:
    for file in [*FOLDER.joinpath("exercises").iterdir(), *FOLDER.joinpath("six_week").iterdir()]:
        text = file.read_text("utf-8")
        assert "\nside =" not in text
        assert "left" not in text.split("each_side")[0].split()


def test_origins_are_entries_of_the_public_set(shared: Path) -> None:
    set_file = shared / "data" / "yuhonas+free-exercise-db" / "dist" / "exercises.json"
    known = {entry["id"] for entry in json.loads(set_file.read_text("utf-8"))}
    named = {e.origin for e in every() if e.origin}
    assert len(named) >= 25
    assert named <= known


@pytest.mark.parametrize(("name", "version"), BLOCKS)
def test_a_block_is_dated_and_names_sources_and_review_state(name: str, version: str) -> None:
    data = tomllib.loads(FOLDER.joinpath(f"{name}/{version}.toml").read_text("utf-8"))
    assert str(data["version"]) == version
    assert data["status"] in {"draft", "reviewed", "retired"}
    assert (data["status"] == "reviewed") == bool(data["reviewed_by"])
    assert data["review_due"] > data["version"]
    assert data["source"]


@pytest.mark.parametrize(("name", "version"), BLOCKS)
def test_reserve_falls_sets_rise_and_repetitions_fall_over_the_weeks(name: str, version: str) -> None:
    weeks = strength_block(name, version).weeks
    assert [w.rir for w in weeks] == sorted((w.rir for w in weeks), reverse=True)
    assert [w.sets for w in weeks] == sorted(w.sets for w in weeks)
    assert [w.reps[1] for w in weeks] == sorted((w.reps[1] for w in weeks), reverse=True)


@pytest.mark.parametrize("kit", sorted(KITS))
@pytest.mark.parametrize("site", [None, *SITES])
def test_every_heavy_and_trunk_slot_can_be_filled_with_any_kit_whatever_hurts(
    kit: str, site: str | None
) -> None:
    block: StrengthBlock = strength_block()
    spared = set(block.spare.get(site or "", ()))
    for slot in block.slots:
        if slot.role != "carry":
            fits = [exercises()[c] for c in slot.choices if exercises()[c].possible(KITS[kit])]
            assert any(not spared & set(e.demands) for e in fits), (slot.id, kit, site)


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('choices = ["bird_dog"]', 'choices = ["bird_cat"]', "bird_cat"),
        ('site = "knee"', 'site = "kneecap"', "kneecap"),
        ('id = "tendon-intensity"', 'id = "my-belief"', "my-belief"),
        ("number = 3", "number = 4", "numbered"),
        ("memory_days = 28", "", "memory_days"),
        ("cut_pct = 10.0", "cut_percent = 10.0", "cut_percent"),
        ("[apart]", "[asunder]", "apart"),
    ],
)
def test_a_wrong_block_is_a_sentence(tmp_path: Path, was: str, now: str, says: str) -> None:
    text = FOLDER.joinpath(f"six_week/{block_versions()[-1]}.toml").read_text("utf-8")
    assert was in text
    file = tmp_path / "block.toml"
    file.write_text(text.replace(was, now, 1), "utf-8")
    with pytest.raises(RuleError, match=says):
        read_block(file, exercises())


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('movement = "calf"', 'movement = "cow"', "cow"),
        ('one_leg = "one_leg_calf_raise"', 'one_leg = "hop"', "hop"),
        ('id = "one_leg_calf_raise"', 'id = "calf_raise"', "twice"),
        ('demands = ["calf_push"]', 'demands = ["pain"]', "pain"),
    ],
)
def test_a_wrong_exercise_is_a_sentence(tmp_path: Path, was: str, now: str, says: str) -> None:
    text = FOLDER.joinpath("exercises/calf.toml").read_text("utf-8")
    assert was in text
    file = tmp_path / "calf.toml"
    file.write_text(text.replace(was, now, 1), "utf-8")
    with pytest.raises(RuleError, match=says):
        read_exercises([file])


def test_an_unknown_block_or_version_is_a_sentence() -> None:
    with pytest.raises(RuleError, match="no strength block"):
        strength_block("nine_lives")
    with pytest.raises(RuleError, match="no strength block"):
        strength_block("six_week", "1999-01-01")
