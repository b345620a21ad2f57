"""The language that people read: which one is spoken now, and a sentence of the catalogue in it.

Sentences are written in English, in code and in knowledge; ``locale/<language>/LC_MESSAGES/django.po`` has them in
another language. English needs no catalogue, and what a catalogue lacks is said in English. Which language is spoken
belongs to the thread or task that speaks: a desk serves people of several languages at once.
"""

from __future__ import annotations

import gettext
import string
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CATALOGUES = Path(__file__).parent.parent / "locale"
DOMAIN = "django"
"""The catalogues' name: the one that Django looks for too, so that there is one a language."""

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "de": "Deutsch"})
"""Every language there is a catalogue for, by its own name."""

OFFERED: tuple[str, ...] = ("en",)
"""The languages that people can choose: those whose catalogue lacks nothing."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")


def spoken() -> str:
    """Return the language that is spoken now, a key of ``LANGUAGES``."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while; one that is not known is English.

    Examples
    --------
    >>> with speaking("de"):
    ...     spoken()
    'de'
    >>> spoken()
    'en'
    """
    token = _SPOKEN.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def offered(wanted: str) -> str:
    """Return the first language on offer among those wanted, as browsers and systems write them; else English.

    Examples
    --------
    >>> offered("en-GB,en;q=0.9"), offered("xx"), offered("")
    ('en', 'en', 'en')
    """
    weighed = []
    for place, part in enumerate(wanted.split(",")):
        name, _, weight = part.strip().partition(";q=")
        tag = name.replace("_", "-").partition(".")[0].partition("-")[0].lower()
        try:
            weighed.append((-float(weight or 1), place, tag))
        except ValueError:
            continue
    return next((tag for weight, _, tag in sorted(weighed) if weight < 0 and tag in OFFERED), "en")


def marked(text: str) -> str:
    """Return the text as it is: it belongs in the catalogue, and whoever shows it says it."""
    return text


def say(text: str, /, **values: Any) -> str:
    """Return a sentence in the language that is spoken, with its values put in.

    Parameters
    ----------
    text : str
        English, in the catalogue; ``{name}`` stands for a value, with a format as in ``str.format``.
    **values
        What is put in. A number that has a format is written as the language writes numbers.

    Examples
    --------
    >>> say("{n} of {all}", n=3, all=10)
    '3 of 10'
    >>> with speaking("de"):
    ...     say("{n:,.1f}", n=1234.5)
    '1.234,5'
    """
    language = _SPOKEN.get()
    if language != "en":
        text = _catalogue(language).gettext(text) if text else text
    return _Sentence().vformat(text, (), values) if values else text


def say_many(one: str, many: str, n: float, /, **values: Any) -> str:
    """Return a sentence in its form for one or for many, with ``n`` and the other values put in.

    Examples
    --------
    >>> say_many("{n} day", "{n} days", 1), say_many("{n} day", "{n} days", 4)
    ('1 day', '4 days')
    """
    language = _SPOKEN.get()
    if language == "en":
        text = one if n == 1 else many
    else:
        text = _catalogue(language).ngettext(one, many, 1 if n == 1 else 2)
    return _Sentence().vformat(text, (), {"n": n, **values})


def figures(text: str) -> str:
    """Return numbers that are written the English way as the spoken language writes them.

    Examples
    --------
    >>> figures("1,234.5")
    '1,234.5'
    >>> with speaking("de"):
    ...     figures("1,234.5")
    '1.234,5'
    """
    return text if _SPOKEN.get() == "en" else text.translate(_signs(_SPOKEN.get()))


def catalogue_says(language: str, text: str) -> str | None:
    """Return a text of the catalogue in one language, None where the catalogue lacks it."""
    found = _catalogue(language).gettext(text)
    return None if found == text and not _catalogue(language).has(text) else found


class _Sentence(string.Formatter):
    """Fills in values; numbers as the spoken language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        plain = isinstance(value, bool) or not isinstance(value, int | float)
        return text if plain else figures(text)


class _Catalogue(gettext.GNUTranslations):
    """A catalogue that can tell whether it has a text."""

    def has(self, text: str) -> bool:
        return text in self._catalog  # type: ignore[attr-defined] # as the standard library keeps it


@cache
def _catalogue(language: str) -> _Catalogue:
    with (CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return _Catalogue(file)


@cache
def _signs(language: str) -> dict[int, str]:
    """Return what the language writes for the point and the comma of a number."""
    said = _catalogue(language)
    signs = {".": said.pgettext("decimal sign", "."), ",": said.pgettext("thousands sign", ",")}
    return str.maketrans(signs)
