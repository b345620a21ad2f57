"""The intake form as data: every field of ``intake.toml`` with its kind, range, question and help.

The form on the page, the questions in the terminal and the reader of stories are all made from this table.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from evengait.core.language import data_in_words, kept_by_language

Kind = Literal[
    "flag", "whole", "number", "score", "choice", "words", "date", "span", "shares", "tries", "result"
]
RESULTS = ("positive", "negative")


@dataclass(frozen=True)
class IntakeField:
    """One field of the intake form.

    Attributes
    ----------
    path : str
        ``age``, ``pain.rest``, ``findings.limp``: its place in the JSON of an intake.
    kind : str
        ``flag`` true or false; ``whole``, ``number`` and ``score`` within ``range``; ``choice`` one of ``choices``;
        ``words`` an open list, with the known ``words`` and their synonyms; ``date``; ``span`` low and high;
        ``shares`` names with shares of 1; ``tries``; ``result`` positive or negative.
    question, help : str
        For people. ``says``: the answer yes as a sentence (flags only).
    sites : tuple of str
        Where the question is worth asking; empty means everywhere.
    sex : str or None
        Whom it concerns, where not everybody.
    """

    path: str
    kind: Kind
    label: str
    question: str
    help: str
    says: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    sites: tuple[str, ...] = ()
    sex: str | None = None
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """``findings`` of ``findings.limp``; empty for ``age``."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """``limp`` of ``findings.limp``; unique over findings, history and tests."""
        return self.path.rpartition(".")[2]

    def concerns(self, site: str | None, sex: str | None) -> bool:
        """Tell whether the question is worth asking; what is not known yet excludes nothing."""
        here = not self.sites or site is None or site in self.sites
        return here and (self.sex is None or sex is None or sex in (self.sex, "other"))


@kept_by_language
def intake_fields() -> dict[str, IntakeField]:
    """Return every field by path, in the order of the form.

    Examples
    --------
    >>> intake_fields()["findings.saddle_numbness"].question
    'Numbness or tingling between the legs, where a saddle would touch?'
    >>> [f.name for f in intake_fields().values() if f.group == "onset"]
    ['date', 'mode']
    """
    table = tomllib.loads(files("evengait.core").joinpath("intake.toml").read_text("utf-8"))
    data = data_in_words(table, "label", "question", "help", "says")
    return {path: _field(path, entry) for path, entry in _entries(data, "")}


def _entries(data: dict[str, Any], prefix: str) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for key, entry in data.items():
        found += [(prefix + key, entry)] if "kind" in entry else _entries(entry, f"{prefix}{key}.")
    return found


def _field(path: str, entry: dict[str, Any]) -> IntakeField:
    low_high = entry.get("range")
    rest = {k: v for k, v in entry.items() if k not in {"range", "choices", "sites", "words"}}
    return IntakeField(
        path,
        **rest,
        choices=RESULTS if entry["kind"] == "result" else tuple(entry.get("choices", ())),
        range=(low_high[0], low_high[1]) if low_high else None,
        sites=tuple(entry.get("sites", ())),
        words={k: tuple(v) for k, v in entry.get("words", {}).items()},
    )


def path_of(name: str) -> str:
    """Return the path of a finding, history item or test by its bare name, or of any field by its path.

    Examples
    --------
    >>> path_of("night_pain"), path_of("cancer"), path_of("pain.rest")
    ('findings.night_pain', 'history.cancer', 'pain.rest')
    """
    fields = intake_fields()
    for prefix in ("", "findings.", "history.", "tests."):
        if prefix + name in fields:
            return prefix + name
    raise KeyError(name)


def ask_name(path: str) -> str:
    """Return the name by which a question is listed: bare for findings, history and tests, the path for the rest.

    Examples
    --------
    >>> ask_name("findings.night_pain"), ask_name("pain.rest")
    ('night_pain', 'pain.rest')
    """
    spec = intake_fields()[path]
    return spec.name if spec.group in {"findings", "history", "tests"} else path


def known_words(path: str, values: tuple[str, ...]) -> frozenset[str]:
    """Return the form's known words in what somebody wrote, by its synonyms.

    Examples
    --------
    >>> sorted(known_words("worse_with", ("running downhill", "First steps in the morning")))
    ['downhill', 'first_steps', 'morning', 'running']
    """
    text = " | ".join(value.lower().replace("_", " ") for value in values)
    return frozenset(word for word, pattern in _patterns(path).items() if pattern.search(text))


@cache
def _patterns(path: str) -> dict[str, re.Pattern[str]]:
    return {
        word: re.compile(r"\b(?:" + "|".join(map(re.escape, (word.replace("_", " "), *others))) + r")\b")
        for word, others in intake_fields()[path].words.items()
    }
