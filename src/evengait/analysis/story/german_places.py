"""Where a German story says that it hurts, and on which side."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from evengait.analysis.story.german_dates import HURTS
from evengait.analysis.story.german_numbers import status
from evengait.analysis.story.places import EXACT
from evengait.analysis.story.quantities import Value
from evengait.analysis.story.text import matcher, phrases_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.story.context import Context
    from evengait.core.story import Lexicon

FINE = re.compile(
    r"\b(?:in ordnung|ok|okay|schmerzfrei|gesund|unauffällig|kein(?:e|en)? (?:problem|schmerz)\w*)\b"
)
TREATED = re.compile(r"mobil|übung|dehn|gurt|training|heben|kräftig")
"""In a joined word: what is done for the place, not where it hurts."""
LANDED = re.compile(
    r"\b(?:land\w*|aufkomm\w*|aufsetz\w*|auftret\w*|hüpf\w*|steh\w*|belast\w*)\s+(?:auf|mit|an)\s+(?:\w+\s+){0,3}$"
)
"""What she stood or landed on: where it hurts only if nothing else is named."""
REACHES = re.compile(r"\b(?:bis|ins|runter|hinunter|strahlt)\b[^.!?]{0,24}$")
"""Where it only reaches to."""
PART = (
    r"\w{0,20}(?:isg|iliosakral\w*|kreuzdarmbein\w*|becken\w*|knie\w*|hüft\w*|huefte|fuß\w*|fuss|füße|fuesse|ferse\w*|wade\w*|"
    r"schienbein\w*|achilles\w*|oberschenkel\w*|unterschenkel\w*|gesäß\w*|gesaess|pobacke|po|leiste\w*|rücken\w*|"
    r"sprunggelenk\w*|knöchel|knoechel|bein|beine|seite|zeh\w*|sohle|sehne|mittelfuß|tractus|ischias|lws|sitzbein\w*|"
    r"hüftbeuger|plantar\w*)"
)
NERVES = re.compile(r"kribbel|taub|schwach|schwäch|pelzig|gefühl")
DOT = r"(?:[.\"]|\b)"
SIDE = re.compile(
    rf"\b(?P<side>linke|rechte|beide)[nmrs]?\s+(?:\w+\s+)?{PART}\b"
    rf"|\b(?P<short>li|re){DOT}\s*(?:\w+\s+)?{PART}\b|\b{PART}\s+(?P<behind>li|re){DOT}"
    r"|\b(?P<at>links|rechts|beidseits|beidseitig|bds\b|linksseitig\w*|rechtsseitig\w*)\b"
    r"|(?P<all>(?<=, )beide)(?=[,.!?])"
)


def place_values(text: str, context: Context, lexicon: Lexicon) -> Iterator[Value]:
    """Yield the site and the side that hurt most, by how often and in what company they are named."""
    yield from _place(text, context, lexicon)
    yield from _side(text, context)


def _place(text: str, context: Context, lexicon: Lexicon) -> Iterator[Value]:
    score: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    taken: set[int] = set()
    order = [site for site, _ in lexicon.places]
    phrases = phrases_in(context.doc, matcher(lexicon, "places"))
    for phrase in sorted(phrases, key=lambda one: (one.start - one.end, order.index(one.name))):
        words = set(range(phrase.start, phrase.end))
        if taken & words:
            continue
        taken |= words
        span = context.doc[phrase.start : phrase.end]
        if context.status(phrase.start, phrase.end) in {"other", "past", "no"}:
            continue
        if FINE.search(text[span.end_char : span.end_char + 24]) or TREATED.search(span.text.lower()):
            continue
        before = text[max(span.start_char - 45, 0) : span.start_char]
        after = text[span.end_char : min(span.end_char + 24, span.sent.end_char)]
        aside = LANDED.search(before) or REACHES.search(before) or NERVES.search(after)
        hurts = HURTS.search(text[max(span.start_char - 45, 0) : span.end_char + 45])
        score[phrase.name] += 0 if aside else 3 if hurts else 1
        here = (span.start_char, span.end_char)
        first[phrase.name] = min(first.get(phrase.name, here), here)
    if not score:
        return
    score[min(score, key=lambda site: first[site])] += 2  # what is named first is mostly what it is about
    best = max(score, key=lambda site: (score[site], -order.index(site)))
    for exact in EXACT.get(best, ()):
        best = exact if score.get(exact) else best
    yield Value("site", best, *first[best])


def _side(text: str, context: Context) -> Iterator[Value]:
    sides: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for found in SIDE.finditer(text):
        word = found.group(found.lastgroup or 0)
        side = "left" if word.startswith("li") else "right" if word.startswith("re") else "both"
        around = text[max(found.start() - 40, 0) : found.end() + 40]
        if status(context, *found.span()) in {"other", "past", "no"} or FINE.search(text[found.end() :][:28]):
            continue
        if side == "both" and NERVES.search(text[found.end() :][:24]):
            continue  # both legs tingle: no side of the pain
        sides[side] += 2 if HURTS.search(around) else 1
        first.setdefault(side, found.span())
    ranked = sides.most_common(2)
    if ranked and not (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        yield Value("side", ranked[0][0], *first[ranked[0][0]])
