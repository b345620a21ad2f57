"""A recording's word for its sport, in the words of the house."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def sport_words(word: str | None) -> tuple[str, str | None]:
    """Return the house's word and the finer one (None = none given); ``other`` for a word that is not known.

    Examples
    --------
    >>> sport_words("Trail_Running"), sport_words("Biking"), sport_words(None)
    (('running', 'trail'), ('cycling', None), ('other', None))
    """
    plain = re.sub(r"[\s_/-]+", " ", (word or "").strip()).casefold()
    sport, finer = _words().get(plain, ("other", ""))
    return sport, finer or None


@cache
def _words() -> dict[str, tuple[str, str]]:
    text = files("evengait.ingest.xml").joinpath("sports.toml").read_text("utf-8")
    return {word: (pair[0], pair[1]) for word, pair in tomllib.loads(text).items()}


def sport_in_title(title: str | None) -> tuple[str, str | None]:
    """Return the one sport that a title names; ``other`` where it names none, or several.

    For recordings whose sport is not said: most apps title them "Morning Run" and the like.

    Examples
    --------
    >>> sport_in_title("Friday Evening Run"), sport_in_title("Run to the swim")
    (('running', None), ('other', None))
    """
    found = {
        _words()[word] for word in re.findall(r"[^\W\d_]+", (title or "").casefold()) if word in _words()
    }
    if len({sport for sport, _ in found}) != 1:
        return "other", None
    sport, finer = max(found, key=lambda pair: len(pair[1]))
    return sport, finer or None
