"""A German story: how it feels and what makes it worse or better; numbers, days and places stand beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from evengait.analysis.story.german_dates import HURTS, onset_values
from evengait.analysis.story.german_numbers import number_values
from evengait.analysis.story.german_places import place_values
from evengait.analysis.story.quantities import Value
from evengait.analysis.story.text import matcher, phrases_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from evengait.analysis.story.context import Context
    from evengait.core.story import Lexicon

NEVER = (
    r"(?:(?:geht|gehen|ging)\b.{0,40}?\b(?:gar|überhaupt) nicht|(?:geht|gehen|ging) nicht\s*$|"
    r"(?:kann|können|komme)\b.{0,40}?\bnicht mal(?: mehr)?)"
)
WORSE = re.compile(
    rf"schlimmer|schlimmsten|stärker|verstärk|\bweh\b|schmerz(?!frei)|sticht|stech|zwickt|zieht|brennt|provozier|auslös|"
    rf"zunimmt|nimmt .{{0,12}}\bzu\b|die hölle|"
    rf"unangenehm|ist gift|eine qual|schlimm\b|am ärgsten|nervt|macht probleme|schießt|{NEVER}"
)
BETTER = re.compile(
    r"besser|am besten|"
    r"ist es weg|geht es weg|lindert|hilft|lässt nach|geht weg|verschwindet|leichter|weniger|tut (?:mir )?(?:sehr )?gut"
)
FEELS = re.compile(rf"{HURTS.pattern}|fühlt sich|gefühl|muskelkater|dumpf")
MORNING = re.compile(r"schritt|anlauf")
"""What is named with the first steps is worse there."""
GOES_ON = re.compile(r"\s*(?:wenn|sobald|immer wenn|besonders|vor allem|v\.a\.|beim?|nach|das|der|die)\b")
"""What a clause goes on with behind a comma."""
TOO = re.compile(r"\b(?:auch|ebenso|genauso)\s*$")
"""A clause that ends so says what the one before it says."""
CLAUSE = re.compile(r"[,;.!?\n]|\b(?:aber|während|dafür|jedoch)\b")
DENIED = re.compile(r"\b(?:kein\w*|nicht|nichts|nix|ohne)\b")


def german_values(text: str, context: Context, lexicon: Lexicon, told: date) -> Iterator[Value]:
    """Yield what a German story says beside its flags, mode and tries.

    Parameters
    ----------
    text : str
        In small letters, as long as the story.
    told : date
        The day it was told.
    """
    yield from number_values(text, context)
    yield from place_values(text, context, lexicon)
    yield from onset_values(text, context, lexicon, told)
    yield from _named("quality", context, lexicon, text)
    yield from _named("worse_with", context, lexicon, text)
    yield from _named("better_with", context, lexicon, text)


def _named(
    field: Literal["quality", "worse_with", "better_with"], context: Context, lexicon: Lexicon, text: str
) -> Iterator[Value]:
    """Yield words of a list of the form, where the clause they stand in says so."""
    seen: set[str] = set()
    for phrase in phrases_in(context.doc, matcher(lexicon, field)):
        span = context.doc[phrase.start : phrase.end]
        sentence = (span.sent.start_char, span.sent.end_char)
        first, last = _clause(text, span.start_char, span.end_char, *sentence)
        if TOO.search(text[first:last]) and first > sentence[0]:
            first, _ = _clause(text, first - 2, first - 1, *sentence)
        clause = text[first:last]
        around = text[slice(*sentence)] if field == "quality" else clause
        if any(never.start() == span.start_char - first for never in re.finditer(NEVER, clause)):
            continue  # sitting and driving *gehen gar nicht*: that is no walking
        if phrase.name in seen or not _says(field, phrase.name, around):
            continue
        plain = re.sub(NEVER, "", clause)
        status = context.status(phrase.start, phrase.end)
        if not (status == "yes" or (status == "no" and plain != clause)) or DENIED.search(plain):
            continue
        seen.add(phrase.name)
        yield Value(field, phrase.name, span.start_char, span.end_char)


def _says(field: str, name: str, words: str) -> bool:
    """Tell whether words speak of what a field asks: of how it feels, or that it is worse or better so."""
    if field == "quality":
        return FEELS.search(words) is not None
    if field == "better_with":
        return BETTER.search(words) is not None
    if BETTER.search(words):
        return False
    return bool(WORSE.search(words) or (name in {"morning", "first_steps"} and MORNING.search(words)))


def _clause(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Return where the clause around begins and ends; *weh, wenn ich lande* is one."""
    before = [cut.end() for cut in CLAUSE.finditer(text, first, start) if not _goes_on(text, cut.end())]
    after = [cut.start() for cut in CLAUSE.finditer(text, end, last) if not _goes_on(text, cut.end())]
    return max(before, default=first), min(after, default=last)


def _goes_on(text: str, place: int) -> bool:
    found = GOES_ON.match(text, place)
    if found is None:
        return False
    cut = CLAUSE.search(text, found.end())
    # "steif, nach 15 Minuten ist es weg" is two.
    return found.group().strip() != "nach" or not BETTER.search(text[place : cut.start() if cut else None])
