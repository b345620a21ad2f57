"""What it feels like, what makes it worse or better, how it began, what was tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evengait.analysis.story.german_dates import UNIT_DAYS as GERMAN_DAYS
from evengait.analysis.story.german_numbers import COUNT
from evengait.analysis.story.german_numbers import number as german_number
from evengait.analysis.story.quantities import UNIT_DAYS, WORDED, Value, mine, number
from evengait.analysis.story.text import matcher, phrases_in
from evengait.core.intake_form import intake_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.story.context import Context
    from evengait.core.story import Lexicon

PAIN = re.compile(
    r"pain|hurt|sore|ache|aching|twinge|sensation|feel|sharp|stab|burn|throb|it's|it is|discomfort|shoot|cramp|tight|"
    r"dull|stiff"
)
NOT_QUALITY = re.compile(r"^(?:hot|snap|deep|tight|sore)$")
WORSE = re.compile(
    r"(?:worse|worst|aches?|aching|worsens?|aggravat\w*|flares?(?: up)?|painful|hurts?|hurting|sore|pain\w*|kills?|bad|"
    r"sharp|unbearable)[^.!?;\n]{0,28}?\b(?:with|when(?:ever)?|on|if|by|to|while|during|after|as|every time|going|"
    r"doing|first|at|in)\b(?P<what>[^.!?;\n]{0,70})"
)
WORSE_BACK = re.compile(
    r"(?P<what>[^.!?;\n,]{2,50}?)\s(?:hurts?|makes? it worse|aggravates?|is (?:the worst|painful|agony)|"
    r"are (?:the worst|painful)|sets? it off|kills?|brings? it on|flares? it|triggers? it)\b"
)
RETURNED = re.compile(
    r"(?P<what>\b(?:run|ran|jog|jogged|running|jogging|shake ?out)\b)[^.!?;\n]{0,60}?\bpain\s+(?:has |had )?"
    r"(?:returned|came back|was back|is back|started again|kicked in)"
)
BETTER = re.compile(
    r"(?:better|eases?(?: off| up)?|relie(?:f|ved?s?)|goes away|settles?|improves?|loosens?(?: up)?|feels? good|"
    r"less pain\w*)[^.!?;\n]{0,14}?\b(?:with|when|by|after|if|from|once|on)\b(?P<what>[^.!?;\n]{0,50})"
)
BETTER_BACK = re.compile(
    r"(?P<what>[^.!?;\n,]{2,40}?)\s(?:helps?|eases? it|makes it (?:better|feel better)|takes the edge off|relieves)\b"
)
STEMS = {
    "landed": "landing", "land": "landing", "walked": "walking", "ran": "running", "sat": "sitting",
    "stood": "standing", "bent": "bending", "jogged": "running", "squatted": "squatting", "jumped": "landing",
    "hopped": "landing",    "sneezed": "coughing", "coughed": "coughing", "shakeout": "running",
}  # fmt: skip
"""Forms of the words of the form that it does not list itself."""
CUT = re.compile(
    r",(?=\s*(?:rest|it|i|then|now|\d))|"
    r"\b(?:but|however|although|though|and (?:i|it|then|now)|so|because|not)\b|,\s*(?:but|i|it)\b"
)
NEGATED = re.compile(r"\b(?:not|n't|no|never|without|doesn't|does not|don't|didn't|isn't)\b[^.!?;\n,]{0,18}$")


def feeling_values(text: str, context: Context, lexicon: Lexicon) -> Iterator[Value]:
    """Yield quality, what makes it worse or better, how it began, and what was tried."""
    yield from _quality(text, context)
    yield from _modifiers("worse_with", (WORSE, WORSE_BACK, RETURNED), text, context)
    yield from _modifiers("better_with", (BETTER, BETTER_BACK), text, context)
    yield from said_and_tried(text, context, lexicon)


def said_and_tried(text: str, context: Context, lexicon: Lexicon) -> Iterator[Value]:
    """Yield how it began and what was tried, by the phrases of the lexicon's language."""
    yield from _mode(context, lexicon)
    yield from _tried(text, context, lexicon)


def _quality(text: str, context: Context) -> Iterator[Value]:
    for word, others in intake_fields()["quality"].words.items():
        for name in (word, *others):
            for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?:ly)?\b", text):
                sentence = _sentence(text, context, found)
                near = text[max(found.start() - 40, 0) : found.end() + 40]
                if not PAIN.search(near) or not sentence or not mine(context, *found.span()):
                    continue
                if NOT_QUALITY.match(name) and not re.search(r"pain|feels?|ache|aching|hurt|it's", near):
                    continue
                if NEGATED.search(text[: found.start()][-22:]):
                    continue
                yield Value("quality", word, *found.span())
                break
            else:
                continue
            break


def _sentence(text: str, context: Context, found: re.Match[str]) -> str:
    span = context.doc.char_span(*found.span(), alignment_mode="expand")
    return "" if span is None else text[span.sent.start_char : span.sent.end_char]


def _modifiers(
    field: str, patterns: tuple[re.Pattern[str], ...], text: str, context: Context
) -> Iterator[Value]:
    words = {
        word: re.compile(
            r"\b(?:"
            + "|".join(
                map(re.escape, (word.replace("_", " "), *others, *(s for s, w in STEMS.items() if w == word)))
            )
            + r")\b"
        )
        for word, others in intake_fields()[field].words.items()
    }
    seen: set[str] = set()
    for pattern in patterns:
        for found in pattern.finditer(text):
            what, start = found["what"], found.start("what")
            # Not: no pain when walking, pain 3/10 when running.
            if field == "worse_with" and (
                NEGATED.search(text[: found.start()][-22:]) or re.search(r"\d\s*/\s*10", found.group())
            ):
                continue
            cut = CUT.search(what)
            if cut and pattern in (WORSE, BETTER):
                what = what[: cut.start()]
            for word, named in words.items():
                said = named.search(what)
                if said is None or word in seen:
                    continue
                at = (start + said.start(), start + said.end())
                if not mine(context, *at) or not mine(context, found.start(), found.start() + 4):
                    continue
                seen.add(word)
                yield Value(field, word, *at)


def _mode(context: Context, lexicon: Lexicon) -> Iterator[Value]:
    found: dict[str, Value] = {}
    for phrase in phrases_in(context.doc, matcher(lexicon, "mode")):
        if context.status(phrase.start, phrase.end) != "yes" and phrase.name != "gradual":
            continue
        if context.status(phrase.start, phrase.end) in {"other", "past", "maybe"}:
            continue
        span = context.doc[phrase.start : phrase.end]
        found.setdefault(phrase.name, Value("onset.mode", phrase.name, span.start_char, span.end_char))
    for mode in ("trauma", "gradual", "sudden"):
        if mode in found and not (mode == "trauma" and "gradual" in found):
            yield found[mode]
            return


def _tried(text: str, context: Context, lexicon: Lexicon) -> Iterator[Value]:
    doc = context.doc
    helped = list(phrases_in(doc, matcher(lexicon, "helped")))
    phrases = sorted(phrases_in(doc, matcher(lexicon, "tries")), key=lambda f: (f.start - f.end, f.start))
    taken: set[int] = set()
    kept: dict[str, tuple[int, int]] = {}
    for phrase in phrases:
        place = set(range(phrase.start, phrase.end))
        if taken & place:
            continue
        status = context.status(phrase.start, phrase.end)
        avoided = (phrase.name == "rest" and status == "no") or context.denied_behind(
            phrase.end, at_once=True
        )
        if not (status == "yes" or avoided) or not _done(doc, phrase.start, phrase.end, phrase.name):
            continue
        taken |= place
        if phrase.name not in kept or phrase.start < kept[phrase.name][0]:
            kept[phrase.name] = (phrase.start, phrase.end)
    for name, (start, end) in sorted(kept.items(), key=lambda item: item[1]):
        span = doc[start:end]
        others = [place for other, place in kept.items() if other != name]
        verdict = _verdict(doc, start, end, helped, others)
        if verdict is None and name == "rest":
            verdict = _returned(text, span.end_char)
        days = _days_of(text, span.start_char, span.end_char)
        entry: dict[str, Any] = {"what": name, "days": days, "helped": verdict}
        yield Value("tried", entry, span.start_char, span.end_char)


def _returned(text: str, end: int) -> bool | None:
    """Return that rest did not help, where the pain is said to have come back after it."""
    return False if RETURNED.search(text[end:]) or CAME_BACK.search(text[end:]) else None


CAME_BACK = re.compile(
    r"\b(?:pain|it)\s+(?:has |had )?(?:returned|came (?:right )?back|was (?:right )?back)\b"
)
DONE = re.compile(
    r"\b(?:tried|try|trying|took|taken|taking|did|doing|done|used|using|started|have been|i've been|been|rested|"
    r"iced|icing|stretched|rolled|rolling|got|bought|wore|wearing|saw|seen|went|with|had|have|stopped|quit|changed|"
    r"swapped|switched|off|popped|popping|days|weeks|didn't|haven't|not|helps|helped|no relief|added|daily|"
    r"gemacht|probiert|versucht|ausprobiert|genommen|bekommen|gehabt|habe|hatte|nehme|mache|war|trage|geholfen|hilft|"
    r"brachte|bringt|bringen|gebracht|tage|wochen|seitdem|mit|ohne erfolg|nichts|nix|besser|bisher|"
    r"ge\w{2,}t|massiert|pausiert)\b|n't"
)
ASKED = re.compile(
    r"\b(?:should|recommend|recommendations?|advice|suggest|would|could|any|wondering|thinking of|plan to|going to|"
    r"will|soll|sollte|empfehlt|empfehlung|überlege|würdet|würde|könnte)\b"
)


def _done(doc: Any, start: int, end: int, name: str) -> bool:
    """Tell whether it was done, and not asked about or planned."""
    sent = doc[start].sent
    before = doc[max(sent.start, start - 12) : start].text.lower()
    around = doc[max(sent.start, start - 12) : min(sent.end, end + 8)].text.lower()
    if ASKED.search(before):
        return False
    return bool(DONE.search(around)) or name == "rest"


def _verdict(doc: Any, start: int, end: int, helped: list[Any], others: list[tuple[int, int]]) -> bool | None:
    """Return whether it helped: by the nearest word of help in its sentence or the next, no other try between."""
    sent = doc[start].sent
    following = doc[sent.end].sent.end if sent.end < len(doc) else sent.end
    near = []
    for word in helped:
        if not sent.start <= word.start < following:
            continue
        gap = word.start - end if word.start >= end else start - word.end
        first, last = (end, word.start) if word.start >= end else (word.end, start)
        parted = any(first <= other < last for other, _ in others)
        listed = (
            parted
            and doc[first:last].text.lower().count(",")
            + doc[first:last].text.lower().count(" and ")
            + doc[first:last].text.lower().count(" und ")
            > 0
        )
        if parted and not listed:
            continue
        if gap < 0 and not (word.start < end and start < word.end):
            continue
        near.append((gap + (0 if word.start >= end else 6), word.name != "no", word.name))
    return min(near)[2] == "yes" if near and min(near)[0] <= 22 else None


def _days_of(text: str, start: int, end: int) -> int | None:
    """Return for how many days: three days off, rested for two weeks."""
    units = "|".join(f"{unit}s?" for unit in UNIT_DAYS)
    around = text[max(start - 28, 0) : end + 30]
    if found_german := re.search(rf"(?P<low>{COUNT}) (?P<unit>tag|woche|monat)(?:e|en|n)?\b", around):
        return round(german_number(found_german["low"]) * GERMAN_DAYS[found_german["unit"]])
    found = re.search(
        rf"(?P<count>{WORDED}|a couple of|couple of)\s*(?P<unit>{units})\b(?!\s*ago)(?!\s*(?:later|before|after))",
        around,
    )
    if found is None:
        return None
    count = 2.0 if "couple" in found["count"] else number(found["count"])
    unit = found["unit"] if found["unit"] in UNIT_DAYS else found["unit"].rstrip("s")
    return round(count * UNIT_DAYS[unit])
