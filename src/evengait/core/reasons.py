"""Reasons that are kept: English wherever they lie, said in another language when somebody reads them.

Why a file was not taken in stands in the archive for years and is read by people of several languages. What is kept is
the English sentence, so that an archive means the same everywhere; the catalogue has its pattern, and the values are
found again in it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from evengait.core.language import catalogue_says, figures, in_context, spoken

CONTEXT = "kept"
"""Under which the catalogues have the patterns of such sentences."""

_VALUE = re.compile(r"\{(\w+)[^{}]*\}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_END = re.compile(r"(?<=[.!?])\s+")


def kept(text: str, /, **values: Any) -> str:
    """Return a sentence in English with its values put in; ``reason_in_words`` says it to people.

    Examples
    --------
    >>> kept("{n:,} samples were left out.", n=1234)
    '1,234 samples were left out.'
    """
    return text.format(**values) if values else text


def reason_in_words(text: str) -> str:
    """Return what was kept in the language that is spoken, sentence by sentence; what is not known stays English.

    Examples
    --------
    >>> from evengait.core.language import speaking
    >>> reason_in_words("It is empty. Nobody knows this.")
    'It is empty. Nobody knows this.'
    >>> with speaking("de"):
    ...     reason_in_words("It is empty. Nobody knows this.")
    'Sie ist leer. Nobody knows this.'
    """
    language = spoken()
    if language == "en" or not text:
        return text
    whole = catalogue_says(language, text)
    if whole is not None:
        return whole
    said, rest = [], text
    while rest:
        sentence, rest = _next(rest, language)
        said.append(sentence)
    found = " ".join(said)
    return text if found.split() == text.split() else found


def _next(text: str, language: str) -> tuple[str, str]:
    """Return the first sentence in words, and what follows it."""
    for pattern, translation in _patterns(language):
        match = pattern.match(text)
        if match:
            return _filled(translation, match, language), text[match.end() :].lstrip()
    first, *more = _END.split(text, maxsplit=1)
    return catalogue_says(language, first) or first, more[0] if more else ""


def _filled(translation: str, values: re.Match[str], language: str) -> str:
    return _VALUE.sub(lambda place: _value(values[place[1]], language), translation)


def _value(text: str, language: str) -> str:
    if _NUMBER.fullmatch(text):
        return figures(text)
    return in_context(language, CONTEXT).get(text) or catalogue_says(language, text) or text


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the pattern of each kept sentence with its translation, the most telling first."""
    known = sorted(
        in_context(language, CONTEXT).items(), key=lambda pair: (-len(_VALUE.sub("", pair[0])), pair[0])
    )
    return tuple((_pattern(english), said) for english, said in known)


def _pattern(english: str) -> re.Pattern[str]:
    pieces, place, seen = [], 0, set()
    for value in _VALUE.finditer(english):
        again = value[1] in seen
        seen.add(value[1])
        pieces += [
            re.escape(english[place : value.start()]),
            f"(?P={value[1]})" if again else rf"(?P<{value[1]}>(?:(?![.!?]\s).)+?)",
        ]
        place = value.end()
    return re.compile("".join([*pieces, re.escape(english[place:])]) + r"(?=\s|$)", re.DOTALL)
