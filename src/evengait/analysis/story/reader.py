"""Read a story: every value with the words it came from; what is not said stays unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evengait.analysis.story.context import Context, read_context
from evengait.analysis.story.dates import onset_values
from evengait.analysis.story.feelings import feeling_values, said_and_tried
from evengait.analysis.story.german import german_values
from evengait.analysis.story.places import place_values
from evengait.analysis.story.quantities import Value, quantities
from evengait.analysis.story.text import matcher, phrases_in, read_text, reading
from evengait.core.intake import read_intake
from evengait.core.story import Mark, StoryReading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from evengait.core.story import Lexicon

LISTS = ("quality", "worse_with", "better_with", "tried")
LONGEST = 20_000
"""Characters that are read; a story that is longer is not one."""
_ANSWERS = {("yes", "yes"): True, ("yes", "no"): False, ("no", "yes"): False, ("denied", "no"): False}
STIFF = re.compile(
    r"stiff\w*[^.!?\n]{0,40}?(?:for|about|around|lasts?|takes)\s*(?:about|around|a good|at least|nearly)?\s*"
    r"(?P<count>\d+|an|a|half an|one|two|thirty|twenty|ten|fifteen|forty)\s*-?\s*(?P<unit>minutes?|mins?|hours?|hrs?)"
    r"|(?P<count2>\d+)\s*(?P<unit2>minutes?|mins?|hours?)\s*of\s*(?:morning )?stiffness"
)
WORDS = {
    "an": 1, "a": 1, "one": 1, "half an": 0.5, "two": 2, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40,
}  # fmt: skip


@reading()
def read_story(story: str, lexicon: Lexicon, *, told: date) -> StoryReading:
    """Read a story in plain words into the intake form.

    Parameters
    ----------
    story : str
        At most 20,000 characters are read.
    lexicon : Lexicon
    told : date
        The day it was told: *a week ago* counts from it.

    Returns
    -------
    StoryReading
        Negations are read as no, other people's ailments, things long past, fears and questions not at all. Where a
        story says both yes and no, the field stays unknown.
    """
    read = story[:LONGEST]
    doc = read_text(read, lexicon.language)
    context = read_context(doc, lexicon)
    text = doc.text.lower()
    if len(text) != len(read):  # a letter whose small form is longer: offsets would shift
        text = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in doc.text)
    values = [*_values(text, context, lexicon, told), *_flags(context, lexicon)]
    marks = [
        Mark(value.field, _plain(value.value), value.start, value.end, story[value.start : value.end])
        for value in sorted(values, key=lambda value: (value.start, value.field))
    ]
    return StoryReading(read_intake(form_of(marks)).intake, tuple(marks))


def _values(text: str, context: Context, lexicon: Lexicon, told: date) -> Iterator[Value]:
    """Yield what is said beside the flags, by the language's own patterns."""
    if lexicon.language == "de":
        yield from german_values(text, context, lexicon, told)
        yield from said_and_tried(text, context, lexicon)
        return
    yield from quantities(text, context)
    yield from place_values(text, context, lexicon)
    yield from onset_values(text, context, told)
    yield from feeling_values(text, context, lexicon)
    yield from _stiffness(text, context)


def _flags(context: Context, lexicon: Lexicon) -> Iterator[Value]:
    """Yield every flag of which the story says yes or no, but not both."""
    said: dict[str, dict[bool, Value]] = {}
    for table in ("no", "yes", "denied"):
        for phrase in phrases_in(context.doc, matcher(lexicon, table)):
            path = phrase.name.removesuffix("!")
            flag = lexicon.flags[path]
            plain = table == "yes" and path == phrase.name
            status = context.status(
                phrase.start, phrase.end, past_counts=flag.past, kin=flag.kin, plain=plain
            )
            own = path != phrase.name  # a negation that the phrase itself has
            if (
                table == "no"
                and not own
                and lexicon.language == "de"
                and (context.turned(phrase.start, phrase.end) or context.hardly(phrase.start, phrase.end))
            ):
                continue  # the gap of a phrase swallowed a negation: strength is not normal
            if table == "no" and own and status == "no" and context.parted(phrase.start):
                status = "yes"
            answer = _ANSWERS.get((table, status))
            if answer is not None:
                span = context.doc[phrase.start : phrase.end]
                value = Value(path, answer, span.start_char, span.end_char)
                said.setdefault(path, {}).setdefault(answer, value)
    for answers in said.values():
        if len(answers) == 1:
            yield from answers.values()
        elif _inside(answers[True], answers[False]):
            yield answers[False]


def _inside(inner: Value, outer: Value) -> bool:
    """Tell whether the words of one lie in those of the other: *not tender* holds *tender*."""
    return outer.start <= inner.start and inner.end <= outer.end


def _stiffness(text: str, context: Context) -> Iterator[Value]:
    for found in STIFF.finditer(text):
        span = context.doc.char_span(*found.span(), alignment_mode="expand")
        word, unit = found["count"] or found["count2"], found["unit"] or found["unit2"]
        if (
            span is None
            or context.status(span.start, span.end) != "yes"
            or "morning" not in span.sent.text.lower()
        ):
            continue
        count = WORDS.get(word) or float(word)
        minutes = count * (60 if unit.startswith("h") else 1)
        if minutes <= 24 * 60:
            yield Value("findings.morning_stiffness_min", minutes, *found.span())
            return


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def form_of(marks: list[Mark]) -> dict[str, Any]:
    """Return the values as JSON data of an intake; of a field with one value the first mark's."""
    form: dict[str, Any] = {}
    for mark in marks:
        group, _, name = mark.field.rpartition(".")
        place = form.setdefault(group, {}) if group else form
        if mark.field in LISTS:
            place.setdefault(name, []).append(mark.value)
        else:
            place.setdefault(name, mark.value)
    return form
