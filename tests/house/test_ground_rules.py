"""The rules for a map's tags: dated, complete, and refused with a sentence where they are not."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from evengait.core.errors import RuleError
from evengait.core.ground import GROUNDS
from evengait.knowledge.ground_rules import ground_rules, read_rules

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = files("evengait.knowledge").joinpath("surfaces")


def test_every_file_is_dated_and_names_its_source_and_reviewers() -> None:
    for file in FOLDER.iterdir():
        data = tomllib.loads(file.read_text("utf-8"))
        assert file.name == f"{data['version']}.toml"
        assert data["status"] in {"draft", "reviewed", "retired"}
        assert data["review_due"] > data["version"]
        assert (data["status"] == "reviewed") == bool(data["reviewed_by"])
        assert data["source"]


def test_each_ground_is_said_by_some_tag() -> None:
    assert {rule.ground for rule in ground_rules().surface} == set(GROUNDS)


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('ground = "trail"', 'ground = "mud"', "not known"),
        ("sure = 0.97", "sure = 1.5", "share"),
        ('values = ["grade2"]', 'values = ["grade1"]', "twice"),
        ("aside_m = 8.0\n", "", "aside_m"),
        ("liked = 0.1", "likes = 0.1", "not complete"),
        ("[[leisure]]", "[[leisures]]", "not complete"),
        ("version = ", "version = version = ", "not valid"),
    ],
)
def test_a_wrong_rule_is_a_sentence(tmp_path: Path, was: str, now: str, says: str) -> None:
    text = FOLDER.joinpath(f"{ground_rules().version}.toml").read_text("utf-8")
    assert was in text
    file = tmp_path / "rules.toml"
    file.write_text(text.replace(was, now, 1), "utf-8")
    with pytest.raises(RuleError, match=says):
        read_rules(file)
