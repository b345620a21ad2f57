"""What a page says of a plan names no command of a terminal, in no language, and leaves nothing half said."""

from __future__ import annotations

import re

import pytest
from test_catalogues import _tool

from evengait.core.language import LANGUAGES, speaking
from evengait.report.desk_words import without_command

ON_PAGES = re.compile(
    r"knowledge/progressions/|analysis/progression/|analysis/strength/|actions/(?:plan_asks|begin_plan|start_strength|"
    r"log_day|keep_trial|log_sets|_exercise_names)"
)
"""Where the sentences come from that pages show, by what the catalogue says of their places."""
COMMAND = re.compile(r"\bevengait [a-z]+|(?<![\w-])--[a-z]")
HALF_SAID = re.compile(
    r"\b(?:with|then say|or say|then|add|under|as|mit|sag|dann|füg|unter|etwa|oder|or)\W*$", re.IGNORECASE
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_a_page_names_a_command_or_stops_half_way(language: str) -> None:
    wrong, count = [], 0
    for message in _tool().catalogue("de"):
        if not message.id or not any(ON_PAGES.search(place) for place, _ in message.locations):
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in ids if language == "en" else said:
            if not COMMAND.search(text):
                continue
            count += 1
            with speaking(language):
                short = without_command(text)
            if COMMAND.search(short) or HALF_SAID.search(short):
                wrong.append((text, short))
    assert count > 15
    assert wrong == []
