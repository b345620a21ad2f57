"""A page never tells to type a command."""

from __future__ import annotations

import re

from evengait.knowledge.progression_book import progression, progression_names, progression_versions
from evengait.report.desk_words import behind, without_command


def test_no_gate_of_any_way_back_names_a_command_on_a_page() -> None:
    for name in progression_names():
        for version in progression_versions(name):
            for gate in progression(name, version).gates:
                said = without_command(gate.ask)
                assert not re.search(r"evengait|--|: *$", said), gate.id
                assert said[-1] in ".?!"
                assert len(said) > 20, gate.id


def test_a_sentence_without_a_command_stays_as_it_is() -> None:
    for text in ("Every gate is met: the first runs may begin.", "So it holds.", ""):
        assert without_command(text) == text


def test_what_stands_behind_a_rule_is_told_with_source_and_grade() -> None:
    ids = progression().rules["advance-gates"].evidence
    for one in behind(ids):
        assert one["source"]
        assert one["grade"] in "ABCD"
    assert behind(["no-such-number"]) == []
