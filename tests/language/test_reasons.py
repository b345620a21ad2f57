"""Reasons are kept in English and said in German: every pattern is found again, with its values."""

from __future__ import annotations

import re

from evengait.core.language import in_context, speaking
from evengait.core.reasons import CONTEXT, kept, reason_in_words

_VALUE = re.compile(r"\{(\w+)([^{}]*)\}")
FOR_THE_TERMINAL = re.compile(r"^(Error: \{message\}|Usage: |\{name\} is|\{place\})")


def _filled(text: str, values: dict[str, str]) -> str:
    return _VALUE.sub(lambda match: values[match[1]], text)


def test_every_kept_sentence_is_found_again_with_its_values() -> None:
    patterns = in_context("de", CONTEXT)
    assert len(patterns) > 150
    wrong = []
    for english, german in patterns.items():
        values = {match[1]: f"wort{place}" for place, match in enumerate(_VALUE.finditer(english))}
        with speaking("de"):
            said = reason_in_words(_filled(english, values))
        if said != _filled(german, values) and not FOR_THE_TERMINAL.match(english):
            wrong.append((english, said))
    assert wrong == []


def test_several_sentences_and_numbers_are_said_in_their_order() -> None:
    text = (
        f"{kept('{lost} samples without a usable time were left out.', lost=3)} "
        f"{kept('The last message is cut short and was left out.')}"
    )
    with speaking("de"):
        assert reason_in_words(text) == (
            "3 Messpunkte ohne brauchbare Zeit blieben weg. Die letzte Meldung ist abgeschnitten und blieb weg."
        )
        said = reason_in_words(
            "More than 100,000 files were given at once; the rest was left alone. Import it in parts."
        )
    assert said.startswith("Es kamen mehr als 100.000 Dateien")
    assert reason_in_words(text) == text


def test_what_the_file_holds_is_said_too() -> None:
    with speaking("de"):
        assert reason_in_words("A FIT file that holds the device's settings.") == (
            "Eine FIT-Datei; sie enthält die Einstellungen des Geräts."
        )


def test_words_that_nobody_knows_stay_as_they_are() -> None:
    for text in ("Nobody knows this.\nNor that.", "", "wort"):
        with speaking("de"):
            assert reason_in_words(text) == text
