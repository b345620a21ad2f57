"""Where it hurts, and on which side."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from evengait.analysis.story.quantities import Value
from evengait.analysis.story.text import matcher, phrases_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.story.context import Context
    from evengait.core.story import Lexicon

HURTS = re.compile(
    r"pain|hurt|sore|ache|aching|achy|twinge|tight|niggl|injur|tender|sharp|problem|issue|"
    r"stiff|swollen|numb|pull|strain|"
    r"stress|burn|stab|snap|pop|flare|angry|grumbl|tweak|roll|twist|trouble|limp"
)
FINE = re.compile(
    r"\b(?:fine|ok|okay|good|healthy|no (?:pain|issues?|problems?)|other (?:leg|side|foot|one)|unaffected)\b"
)
TREATED = re.compile(
    r"mobility|stretch|exercis|flexor stretch|strength|rais(?:e|ing)|rolling|massage|thrust|bridge"
)
LANDED = re.compile(
    r"\b(?:land(?:ed|ing|s)?|hop(?:ped|ping|s)?|stand(?:ing|s)?|stood|weight)\s+(?:on|onto)\s+(?:\w+\s+){0,2}$"
)
"""What she stood or landed on: where it hurts only if nothing else is named."""
EXACT = {
    "lower_back": ("sacroiliac",),
    "thigh_front": ("hamstring",),
    "calf": ("achilles",),
    "foot": ("achilles",),
}
"""A place gives way to a more exact one that the story names too."""
PART = (
    r"(?:low(?:er)?|upper|outer|inner|sided?|leg|foot|feet|heel|knee|kneecap|hip|groin|shin|"
    r"tibia|calf|calves|achilles|"
    r"ankle|one|hamstring|hammy|glute|butt|buttock|cheek|thigh|quad|back|si|sij|sacr\w*|toe|arch|forefoot|arm|it band|"
    r"itb?s?|adductor|plantar|patella|metatarsal|midfoot|big toe|piriformis|sit|hamstring|lateral|medial|peroneal)"
)
SIDE = re.compile(
    rf"\b(?P<side>left|right|both|l|r)\b(?:[\s-]*(?:hand|sided?))?(?=[\s-]+(?:\w+[\s-]+){{0,1}}{PART}s?\b)"
    r"|\b(?:on|to|in)\s+(?:the|my)\s+(?P<at>left|right)\b(?!\s+(?:way|time|track|shoe|moment|"
    r"direction))(?:\s+side)?"
    r"|\b(?P<only>left|right)[\s-]+sided?\b|\bboth sides\b|\bbilateral(?:ly)?\b|\bmy (?P<own>left|right)\b"
)


def place_values(text: str, context: Context, lexicon: Lexicon) -> Iterator[Value]:
    """Yield the site and the side that hurt most, by how often and in what company they are named."""
    doc = context.doc
    where = matcher(lexicon, "places")
    score: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    taken: set[int] = set()
    order = {site: i for i, (site, _) in enumerate(lexicon.places)}
    found = sorted(phrases_in(doc, where), key=lambda f: (f.start - f.end, order[f.name]))
    for phrase in found:
        span = doc[phrase.start : phrase.end]
        if taken & set(range(phrase.start, phrase.end)):
            continue
        taken |= set(range(phrase.start, phrase.end))
        status = context.status(phrase.start, phrase.end)
        around = text[max(span.start_char - 45, 0) : span.end_char + 45]
        if status in {"other", "past", "no"} or TREATED.search(text[span.end_char : span.end_char + 16]):
            continue
        if FINE.search(text[span.end_char : span.end_char + 18]):
            continue
        weight = 3 if HURTS.search(around) else 1
        if LANDED.search(text[max(span.start_char - 45, 0) : span.start_char].lower()):
            score[phrase.name] += 0
        else:
            score[phrase.name] += weight + (2 if phrase.name not in first and not score.total() else 0)
        first.setdefault(phrase.name, (span.start_char, span.end_char))
        if span.start_char < first[phrase.name][0]:
            first[phrase.name] = (span.start_char, span.end_char)
    if not score:
        return
    best = max(score, key=lambda site: (score[site], -first[site][0]))
    for exact in EXACT.get(best, ()):
        if score[exact] >= 3:
            best = exact
    yield Value("site", best, *first[best])
    yield from _side(text, context)


def _side(text: str, context: Context) -> Iterator[Value]:
    sides: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for found in SIDE.finditer(text):
        word = found["side"] or found["at"] or found["only"] or found["own"] or "both"
        side = {"l": "left", "r": "right"}.get(word, word)
        span = context.doc.char_span(*found.span(), alignment_mode="expand")
        if span is None or context.status(span.start, span.end) in {"other", "past", "no"}:
            continue
        if FINE.search(text[found.end() : found.end() + 24]):
            continue
        if side == "both" and text[: found.start()].rstrip().endswith(("down", "into", "in")):
            continue
        if side == "both" and not HURTS.search(text[max(found.start() - 40, 0) : found.end() + 40]):
            continue
        sides[side] += 2 if HURTS.search(text[max(found.start() - 40, 0) : found.end() + 40]) else 1
        first.setdefault(side, found.span())
    if not sides:
        return
    ranked = sides.most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        return
    yield Value("side", ranked[0][0], *first[ranked[0][0]])
