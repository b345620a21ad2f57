"""What is read in a story, and which of its words each value came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evengait.core.intake import Intake


@dataclass(frozen=True)
class FlagPhrases:
    """Phrases for one yes-or-no field: those that say yes, those that say no, those that count only where denied."""

    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    past: bool = False
    kin: bool = False


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The phrases by which stories are read; from a dated file of ``knowledge/story``. One is only like itself.

    Attributes
    ----------
    flags : mapping of path to FlagPhrases
        By path of the intake form.
    cues : mapping of str to phrases
        What turns a phrase round (negation), away from the runner (others), into the past or into a maybe.
    places : tuple of (site, phrases)
        More exact places first.
    tries, helped, mode : mapping of str to phrases
    language : str
        Whose words they are: en or de.
    quality, worse_with, better_with : mapping of str to phrases
        By the form's word; empty where the reader of the language has patterns of its own.
    """

    version: str
    status: str
    flags: Mapping[str, FlagPhrases]
    cues: Mapping[str, tuple[str, ...]]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    tries: Mapping[str, tuple[str, ...]]
    helped: Mapping[str, tuple[str, ...]]
    mode: Mapping[str, tuple[str, ...]]
    language: str = "en"
    quality: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    worse_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    better_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """One value and the words it came from.

    Attributes
    ----------
    field : str
        Path in the intake form.
    value : JSON value
    start, end : int
        Characters of the story, end exclusive.
    words : str
        Those characters.
    """

    field: str
    value: Any
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class StoryReading:
    """A story as it was read; nothing of it may be used before the runner has confirmed it.

    Attributes
    ----------
    intake : Intake
        Only what the story says; the rest is unknown.
    marks : tuple of Mark
        In the order of the story.
    """

    intake: Intake
    marks: tuple[Mark, ...] = field(default=())
