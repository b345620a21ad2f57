"""The book of advice: every topic has a name and needs a word, and stands on evidence that is there, or on none."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evengait.core.errors import RuleError
from evengait.knowledge import evidence
from evengait.knowledge.advice_book import LANGUAGES, advice_book, read_advice_book

if TYPE_CHECKING:
    from evengait.core.advice_topic import AdviceTopic

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("topic", advice_book().topics.values(), ids=lambda topic: topic.id)
def test_a_topic_has_words_for_people_and_known_evidence(topic: AdviceTopic) -> None:
    assert topic.title[0].isupper()
    assert topic.phrases
    assert all(key in evidence() for key in topic.evidence)
    assert topic.grade == (evidence()[topic.evidence[0]].shown_grade if topic.evidence else "")


def test_every_phrase_needs_at_least_one_word() -> None:
    book = advice_book()
    every = [phrase for topic in book.topics.values() for phrase in topic.phrases]
    every += [phrase for words in book.cues.values() for phrase in words]
    for words_of in book.words.values():
        every += [
            phrase
            for table in (words_of.phrases, words_of.cues)
            for words in table.values()
            for phrase in words
        ]
    for phrase in every:
        needed = [part for part in _bare(phrase).split() if part != ".."]
        assert needed, phrase


def _newest(language: str) -> str:
    folder = files("evengait.knowledge").joinpath("advice", language)
    return max((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name).read_text(
        "utf-8"
    )


def _bare(phrase: str) -> str:
    kept = phrase
    while "(" in kept:
        head, _, rest = kept.partition("(")
        kept = head + rest.partition(")")[2].lstrip("?")
    return kept


@pytest.mark.parametrize("language", [".", *LANGUAGES])
def test_the_newest_file_names_its_state_and_reviewers(language: str) -> None:
    data = tomllib.loads(_newest(language))
    assert data["status"] in {"draft", "reviewed", "retired"}
    assert data["review_due"] > data["version"]
    assert (data["status"] == "reviewed") == bool(data["reviewed_by"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("version = ", "not valid TOML"),
        ("version = 1", "not complete"),
        (
            'version = 1\nstatus = "draft"\n[cues]\nfor = []\n[[topic]]\nid = "a"\ntitle = "A"\nphrases = ["a"]',
            "'against'",
        ),
        ('[cues]\n[[topic]]\nid = "a"\ntitle = "A"\nphrases = ["a"]\nevidence = ["none-such"]', "none-such"),
    ],
)
def test_a_file_that_is_wrong_says_how(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "book.toml"
    file.write_text(text)
    with pytest.raises(RuleError, match=why):
        read_advice_book(file)


def test_a_topic_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = _newest(".")
    file = tmp_path / "book.toml"
    file.write_text(text + '\n[[topic]]\nid = "belt"\ntitle = "Belt"\nphrases = ["belt"]\n')
    with pytest.raises(RuleError, match="stands twice"):
        read_advice_book(file)
