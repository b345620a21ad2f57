"""What people advise runners: topics with the phrases they are known by, and advice as it was found in a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Stance = Literal["for", "against"]


@dataclass(frozen=True)
class AdviceTopic:
    """One thing that is advised.

    Attributes
    ----------
    id, title : str
        ``title`` is for people.
    phrases : tuple of str
        Words it is known by, in the small language of ``knowledge/story``.
    evidence : tuple of str
        Keys of ``knowledge/evidence``, the most telling first; empty = no evidence entry.
    grade : str
        The shown grade of the first of them; empty = no evidence entry.
    """

    id: str
    title: str
    phrases: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    grade: str = ""


@dataclass(frozen=True, eq=False)
class AdviceWords:
    """By which words a language's posts are read: phrases by topic, and cues around them. One is only like itself."""

    language: str
    phrases: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class AdviceBook:
    """Every topic and the cues around it; from a dated file of ``knowledge/advice``. One is only like itself.

    Attributes
    ----------
    cues : mapping of str to phrases
        The English ones.
    words : mapping of language to AdviceWords
        English, and every other language that has a file of its own.
    """

    version: str
    status: str
    topics: Mapping[str, AdviceTopic]
    cues: Mapping[str, tuple[str, ...]]
    words: Mapping[str, AdviceWords]


@dataclass(frozen=True)
class Advised:
    """A piece of advice as it was found in a post; it counts only once the runner has confirmed it.

    Attributes
    ----------
    post : int
        Number of the post.
    by : str or None
        Its author's name there.
    topic : AdviceTopic
    stance : {"for", "against"}
        Advised, or advised against (*did nothing for me* is against).
    words : str
        The sentence it stands in.
    start, end : int
        Characters of the post's text that named it, end exclusive.
    """

    post: int
    by: str | None
    topic: AdviceTopic
    stance: Stance
    words: str
    start: int
    end: int
