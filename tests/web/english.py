"""Finds English that is left in a page of another language: sentences of the catalogue, and English's little words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from english_words import LITTLE
from evengait.core.language import catalogue_says

READ = ("aria-label", "title", "alt", "placeholder", "data-sure")
SKIPPED = frozenset({"script", "style", "code"})
KEYS = frozenset({
    "above", "advance", "below", "blocked", "clinician", "closed", "creator", "done", "first", "gradual", "hold",
    "left", "participant", "refer", "regress", "reps", "right", "run", "runner", "somebody", "strength", "sudden",
    "walk", "with", "without", "yes",
})  # fmt: skip
"""The program's own words for sorts and states, none of them a German word: one is enough."""
NAMED = re.compile(r"`[^`]*`|\w+(?: \| \w+)+|\S*[-_:@]\w\S*")
"""Names of rules, scopes and addresses, and values that programs send."""


class _Words(HTMLParser):
    """Gathers what people read or hear of a page, by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.pieces: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "html":
            self.lang = known.get("lang") or ""
        if tag in SKIPPED:
            self._inside.append(tag)
        self.pieces += [known[name] or "" for name in READ if name in known]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.pieces.append(" ".join(data.split()))


def language_of(page: str) -> str:
    """Return the language a page says it is in."""
    return _read(page).lang


def english_left(page: str, language: str, own_words: Any = ()) -> list[str]:
    """Return the pieces of a page that are English.

    Parameters
    ----------
    own_words : collection of str
        What people wrote themselves: pieces that hold one of them are left out.
    """
    found = []
    for piece in dict.fromkeys(_read(page).pieces):
        if not piece or any(word in piece for word in own_words):
            continue
        said = catalogue_says(language, piece)
        words = set(re.findall(r"[^\W\d_]+", NAMED.sub("", piece.lower())))
        if (said is not None and said != piece) or len(LITTLE & words) > 1 or KEYS & words:
            found.append(piece)
    return found


def _read(page: str) -> _Words:
    words = _Words()
    words.feed(page)
    return words
