"""Take a story in: read it into the intake form, each value with the words it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.analysis.story.reader import LONGEST, read_story
from evengait.analysis.story.tongue import tongue_of
from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.knowledge.story_lexicon import lexicon

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.story import StoryReading


def take_story(data: bytes, *, told: date) -> StoryReading:
    """Read a story's bytes.

    Parameters
    ----------
    data : bytes
        Plain text in UTF-8.
    told : date
        The day it was told: *a week ago* counts from it.

    Raises
    ------
    UsageError
        No text, no words, or more than a story.
    """
    try:
        story = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise UsageError("The story is no plain text in UTF-8. Save it as text and try again.") from None
    if "\x00" in story or not any(letter.isalpha() for letter in story):
        raise UsageError(
            "The story holds no words. Write a few sentences: where it hurts, since when, when it hurts."
        )
    if len(story) > LONGEST:
        raise UsageError(
            say(
                "The story is longer than {LONGEST:,} characters. Keep to what matters for this pain.",
                LONGEST=LONGEST,
            )
        )
    return read_story(story, lexicon(tongue_of(story)), told=told)


def intake_document(reading: StoryReading, *, confirmed: bool) -> dict[str, Any]:
    """Return what ``intake --json`` prints: the form, the words behind each value, and whether it was confirmed."""
    marks = [
        {"field": mark.field, "value": mark.value, "words": mark.words, "start": mark.start, "end": mark.end}
        for mark in reading.marks
    ]
    return {**reading.intake.to_json(), "marks": marks, "confirmed": confirmed}
