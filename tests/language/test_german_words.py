"""The words of the German catalogue: a training log's, as the English ones are; never a verdict on a body."""

from __future__ import annotations

import re

import pytest
from test_catalogues import _tool

FORBIDDEN = re.compile(
    r"risiko|gefährd|\bdiagnos|sicher zu laufen|ungefährlich|verursacht durch"
    r"|\d+\s?% (?:wahrscheinlich|chance)|wahrscheinlichkeit|du hast eine \w*verletzung|\bgarantiert|geheilt",
    re.IGNORECASE,
)
ALLOWED = re.compile(
    r"(?:keine|stellt keine) Diagnose|Diagnosis of acute compartment|Clinical diagnosis of acute compartment"
)


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    catalogue = _tool().catalogue("de")
    found = {}
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        found |= {one: text for one, text in zip(ids, texts, strict=False) if one}
    return found


def test_no_sentence_diagnoses_predicts_or_clears(said: dict[str, str]) -> None:
    denied = re.compile(r"\b(?:not|never|no)\b", re.IGNORECASE)  # a sentence that says what this is not
    wrong = [
        text
        for one, text in said.items()
        if FORBIDDEN.search(ALLOWED.sub("", text))
        and not (denied.search(one) and re.search("diagnos|risk", one))
    ]
    assert wrong == []


def test_what_no_clinician_has_reviewed_says_so_in_german_too(said: dict[str, str]) -> None:
    told = [(one, text) for one, text in said.items() if re.search(r"[Nn]ot reviewed by a clinician", one)]
    assert told
    assert [one for one, text in told if "icht von einer Fachperson geprüft" not in text] == []


def test_where_english_says_stop_or_an_emergency_german_does(said: dict[str, str]) -> None:
    pairs = {
        "emergency number": "Notruf", "emergency department": "Notaufnahme", "Do not run": r"[Ll]auf(?:en)?\b",
        "the same day": r"selben Tag", "hopping": r"Hüpfen", "Call now": r"Ruf jetzt an",
    }  # fmt: skip
    wrong = [
        (one, word)
        for english, word in pairs.items()
        for one, text in said.items()
        if english in one and not re.search(word, text)
    ]
    assert wrong == []


def test_numbers_of_a_clinical_sentence_are_the_same_in_both(said: dict[str, str]) -> None:
    def numbers(text: str) -> list[str]:
        return sorted(re.findall(r"\d+", re.sub(r"\{[^{}]*\}|(?<=\d)[.,](?=\d)", "", text)))

    whole = {one: text for one, text in said.items() if len(one) > 60 and "{%" not in one}
    wrong = [one for one, text in whole.items() if set(numbers(one)) != set(numbers(text))]
    assert wrong == []
