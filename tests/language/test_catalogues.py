"""The catalogues: what programs load is what people keep, and a language on offer lacks nothing."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from evengait.core.language import LANGUAGES, OFFERED

ROOT = Path(__file__).parents[2]
OTHERS = [name for name in LANGUAGES if name != "en"]
_VALUE = re.compile(r"\{\{\s*([\w.]+)|(?<!\{)\{(?!%)(\w*)[^{}]*\}(?!\})")
_ELEMENT = re.compile(r"<(/?[a-z]+(?:\.\d+)?/?)>")


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("words_tool", ROOT / "tools" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@pytest.fixture(scope="module", params=OTHERS)
def known(request: pytest.FixtureRequest) -> tuple[Any, Any, str]:
    tool = _tool()
    return tool, tool.catalogue(request.param), request.param


def test_what_programs_load_is_what_people_keep(known: tuple[Any, Any, str]) -> None:
    tool, _, language = known
    assert tool.is_built(language), "run `make words`"


def test_a_language_on_offer_lacks_nothing(known: tuple[Any, Any, str]) -> None:
    tool, catalogue, language = known
    lacking = tool.missing(catalogue)
    assert language not in OFFERED or lacking == [], "run `make words`, then translate"


def test_a_translation_names_no_value_and_no_element_that_its_english_has_not(
    known: tuple[Any, Any, str],
) -> None:
    _, catalogue, _ = known
    wrong = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in filter(None, said if message.id else ()):
            values = {a or b for one in ids for a, b in _VALUE.findall(one)}
            strange = {a or b for a, b in _VALUE.findall(text)} - values
            elements = {e for one in ids for e in _ELEMENT.findall(one)}
            if strange or set(_ELEMENT.findall(text)) != elements:
                wrong.append((text, strange))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_says_in_our_words_only_what_it_says(language: str) -> None:
    import allauth
    from babel.messages.pofile import read_po

    tool = _tool()
    file = tool.SIGN_IN / language / "LC_MESSAGES" / "django.po"
    assert tool.built_of(file, language), "run `make words`"
    theirs = Path(allauth.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po"
    with theirs.open("rb") as one, file.open("rb") as other:
        known = {message.id for message in read_po(one)}
        ours = {message.id: message.string for message in read_po(other) if message.id}
    assert set(ours) <= known, "the sign-in says this otherwise now"
    value = re.compile(r"%\(\w+\)s")
    assert [text for text, said in ours.items() if set(value.findall(text)) != set(value.findall(said))] == []
