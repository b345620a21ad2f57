"""The language that people read: which one is spoken now, and a sentence of the catalogue in it.

Sentences are written in English, in code and in knowledge; ``locale/<language>/LC_MESSAGES/django.po`` has them in
another language. English needs no catalogue, and what a catalogue lacks is said in English. Which language is spoken
belongs to the thread or task that speaks: a desk serves people of several languages at once.
"""

from __future__ import annotations

import gettext
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

CATALOGUES = Path(__file__).parent.parent / "locale"
DOMAIN = "django"
"""The catalogues' name: the one that Django looks for too, so that there is one a language."""

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "de": "Deutsch"})
"""Every language there is a catalogue for, by its own name."""

OFFERED: tuple[str, ...] = ("en", "de")
"""The languages that people can choose: those whose catalogue lacks nothing."""

P = ParamSpec("P")
R = TypeVar("R")

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


def in_every_language(text: str) -> tuple[str, ...]:
    """Return a sentence in each language there is: to find again what was kept in one of them."""
    return (text, *(catalogue_says(language, text) or text for language in LANGUAGES if language != "en"))


def marked(text: str) -> str:
    """Return the text as it is: it belongs in the catalogue, and whoever shows it says it."""
    return text


class Said(Mapping[Any, str]):
    """Sentences by key, each said when it is read.

    Parameters
    ----------
    words : mapping of str
    context : str
        Where one English word has several meanings: which one these have.

    Examples
    --------
    >>> words = Said({"yes": "Yes", "no": "No"})
    >>> words["yes"], list(words)
    ('Yes', ['yes', 'no'])
    """

    def __init__(self, words: Mapping[Any, str], context: str = "") -> None:
        self._words = dict(words)
        self._context = context

    def __getitem__(self, key: Any) -> str:
        """Return the sentence in the language that is spoken."""
        text, language = self._words[key], _SPOKEN.get()
        if self._context and language != "en":
            return _catalogue(language).pgettext(self._context, text)
        return say(text)

    def __iter__(self) -> Iterator[Any]:
        """Yield the keys."""
        return iter(self._words)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._words)


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


def data_in_words(data: Any, *keys: str) -> Any:
    """Return knowledge as it was read from its file, with what people read said in the language that is spoken.

    Parameters
    ----------
    data : Any
        Tables, lists and values of TOML; left as it is.
    *keys : str
        Whose values, texts or lists of texts, people read.
    """
    if spoken() == "en":
        return data
    if isinstance(data, dict):
        return {
            key: _said(value) if key in keys else data_in_words(value, *keys) for key, value in data.items()
        }
    return [data_in_words(value, *keys) for value in data] if isinstance(data, list) else data


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return [_said(one) for one in value]
    return say(value) if isinstance(value, str) else value


def kept_by_language(load: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function returns, as ``functools.cache`` does, for each language by itself."""
    kept: dict[tuple[Any, ...], R] = {}

    @wraps(load)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (spoken(), args, tuple(kwargs.items()))
        if key not in kept:
            kept[key] = load(*args, **kwargs)
        return kept[key]

    return found


def listed(parts: Sequence[str]) -> str:
    """Return parts as one list for people.

    Examples
    --------
    >>> listed(["one", "two", "three"]), listed(["one"])
    ('one, two and three', 'one')
    """
    if len(parts) < 2:
        return "".join(parts)
    return say("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


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


@cache
def in_context(language: str, context: str) -> Mapping[str, str]:
    """Return the texts that the catalogue has under a context, each with what it says for it."""
    lead = f"{context}\x04"
    known: Mapping[str, str] = _catalogue(language)._catalog  # type: ignore[attr-defined] # as the standard library keeps it
    return MappingProxyType({
        text.removeprefix(lead): said for text, said in known.items()
        if isinstance(text, str) and text.startswith(lead)
    })  # fmt: skip


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
