"""What is advised in forums, from the newest file in ``advice/``; each topic with the evidence on it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evengait.core.advice_topic import AdviceBook, AdviceTopic, AdviceWords
from evengait.core.errors import RuleError
from evengait.core.language import data_in_words, kept_by_language
from evengait.knowledge import evidence

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CUES = ("against", "against_after", "for", "not_against", "told", "others", "self", "ends", "suggests")
LANGUAGES = ("de",)
"""Languages beside English that have words of their own, each in a folder."""


@kept_by_language
def advice_book() -> AdviceBook:
    """Return the topics in the newest version.

    Raises
    ------
    RuleError
        The file is not valid, a topic stands twice, or it names evidence that has no entry.
    """
    folder = files("evengait.knowledge").joinpath("advice")
    return read_advice_book(_newest(folder), *(_newest(folder.joinpath(name)) for name in LANGUAGES))


def _newest(folder: Traversable) -> Traversable:
    return max((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


def read_advice_book(file: Traversable, *others: Traversable) -> AdviceBook:
    """Return the topics of one file, with the words of other languages in theirs.

    Raises
    ------
    RuleError
        It is not valid TOML, lacks a table, a topic stands twice, or it names evidence that has no entry.
    """
    try:
        data = data_in_words(tomllib.loads(file.read_text("utf-8")), "title")
        cues = {name: tuple(words) for name, words in data["cues"].items()}
        topics = [_topic(entry, file.name) for entry in data["topic"]]
        english = AdviceWords("en", {topic.id: topic.phrases for topic in topics}, cues)
        words = {one.language: one for one in (english, *(_words(other) for other in others))}
        named = {topic.id: topic for topic in topics}
        found = AdviceBook(str(data["version"]), data["status"], named, cues, words)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file.name} is not valid TOML: {error}", file=file.name) from None
    except (KeyError, TypeError, AttributeError) as error:
        raise RuleError(f"{file.name}: a table is not complete: {error}", file=file.name) from None
    for words_of in words.values():
        for name in CUES:
            if name not in words_of.cues:
                raise RuleError(f"{file.name}: the cues {name!r} are missing", file=file.name, key=name)
        for name in words_of.phrases:
            if name not in named:
                raise RuleError(f"{file.name}: there is no topic {name!r}", file=file.name, key=name)
    if len(found.topics) < len(topics):
        raise RuleError(f"{file.name}: a topic stands twice; rename one", file=file.name, key="id")
    return found


def _words(file: Traversable) -> AdviceWords:
    data = tomllib.loads(file.read_text("utf-8"))
    tables = [{name: tuple(words) for name, words in data[table].items()} for table in ("phrases", "cues")]
    return AdviceWords(data["language"], *tables)


def _topic(entry: dict[str, Any], file: str) -> AdviceTopic:
    keys = tuple(entry.get("evidence", ()))
    for key in keys:
        if key not in evidence():
            raise RuleError(
                f"{file}: {entry['id']} names evidence {key!r}, which has no entry; add it or mend the id",
                file=file,
                key=key,
            )
    return AdviceTopic(
        id=entry["id"],
        title=entry["title"],
        phrases=tuple(entry["phrases"]),
        evidence=keys,
        grade=evidence()[keys[0]].shown_grade if keys else "",
    )
