"""Numbers in a story: age, kilometres a week, pain scores, days, shares of ground."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.story.context import Context

MILE_KM = 1.609344
WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "other": 2,
}  # fmt: skip
UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "wk": 7, "yr": 365, "mo": 30}
NUMBER = r"\d+(?:[.,]\d+)?"
WORDED = rf"(?:{NUMBER}|{'|'.join(WORDS)})"
RANGE = rf"(?P<low>{WORDED})(?:\s*(?:-|to|or|and)\s*(?P<high>{WORDED}))?"
DISTANCE = r"(?P<unit>miles?|mi|km|kms|kilometers?|kilometres?|k|ks|kilos)"
WEEKLY = [
    rf"{RANGE}\s*{DISTANCE}\s*(?:in total |total |or so |on average )?(?:/|per|a|each|every|in a)\s*(?:week|wk|w)\b",
    rf"{RANGE}\s*(?P<unit>mpw|kpw|km/w(?:ee)?k)\b",
    rf"{RANGE}\s*{DISTANCE}\s*(?:weeks\b|weekly)",
    (
        rf"(?:weekly|week's|a week's)\s+(?:mileage|volume|distance|total|average)\s*(?:is|was|of|"
        rf"at|:|around|about|has been|sits at)*\s*(?:around|about|roughly|"
        rf"~)?\s*{RANGE}\s*{DISTANCE}\b"
    ),
    (
        rf"(?:mileage|volume)\s*(?:is|was|of|at|:|had been|has been)+\s*(?:around|about|roughly|"
        rf"~)?\s*{RANGE}\s*{DISTANCE}\b"
    ),
]
AGES = [
    r"\b(?P<age>\d{1,2})\s*-?\s*(?:years?|yrs?)\s*-?\s*old\b",
    r"\b(?P<age>\d{1,2})\s*-?\s*(?:yo|y/o|yr old|y\.o\.)(?!\w)",
    r"\b(?P<age>\d{2})\s*/?\s*(?:f|m|female|male)\b(?!\w)",
    r"(?<![\w])(?:f|m)\s*/?\s*(?P<age>\d{2})\b(?!\s*(?:km|mi|min|k\b|%))",
    (
        r"\b(?:i'?m|i am|aged|age:?|turned|just turned|turning)\s+(?P<age>\d{2})\b(?!\s*(?:km|mi|"
        r"min|k\b|weeks?|days?|months?|hours?|%|lb|kg|pounds|miles|minutes|cm|into|in\b|out|/))"
    ),
    r"\bi have (?P<age>\d{2}) years\b",
    r"[,.(]\s*(?P<age>[1-8]\d),\s*(?:and\s+)?[a-z]",
    r"\b(?P<age>\d{2}),\s*(?:f|m|female|male|woman|man)\b",
]
SEXES = [
    (r"\b\d{2}\s*/?\s*f(?:emale)?\b|(?<!\w)f\s*/?\s*\d{2}\b", "female"),
    (r"\b\d{2}\s*/?\s*m(?:ale)?\b|(?<![\w'])m\s*/?\s*\d{2}\b(?!\s*(?:k|x))", "male"),
    (r"(?:^|[,.(]\s*)(?:an?\s+)?(?:woman|female)\s*(?=[,.)]|$)", "female"),
    (r"(?:^|[,.(]\s*)(?:an?\s+)?(?:man|male)\s*(?=[,.)]|$)", "male"),
    (r"\b\d{2},?\s*(?:f|female|woman)\b", "female"),
    (r"\b\d{2},?\s*(?:m|male|man)\b", "male"),
    (r"^(?:[\w-]+\s+){0,3}?(?:bloke|guy|dude)\b", "male"),
    (r"\bi'?m pregnant\b|\bi am pregnant\b|\bmenopaus\w*", "female"),
    (
        r"\b(?:i'?m|i am|as)\s+an?\s+(?:[\w-]+\s+){0,4}?(?:woman|female|girl|mum|mom|mother|lady|gal)\b",
        "female",
    ),
    (
        r"\b(?:i'?m|i am|as)\s+(?:a|an)\s+(?:[\w-]+\s+){0,4}?(?:man|male|guy|bloke|dad|father|lad|dude)\b",
        "male",
    ),
    (r"^\W*(?:female|woman)\b", "female"),
    (r"^\W*(?:male|man)\b", "male"),
    (r"\b(?:old|yo|y/o)\s+(?:[\w-]+\s+){0,2}?(?:woman|female|girl|lady|mum|mom)\b", "female"),
    (r"\b(?:old|yo|y/o)\s+(?:[\w-]+\s+){0,2}?(?:man|male|guy|bloke|dad)\b", "male"),
    (r"\bmy (?:last )?periods?\b", "female"),
]
DOWN = (
    rf"(?:down|easy|easier|recovery|cutback|cut-back|deload|rest|lighter|"
    rf"light)\s*-?\s*weeks?\s*(?:is\s|are\s|comes\s)?(?:every|each|about every)\s*{RANGE}(?:st|"
    rf"nd|rd|th)?\b"
)
DOWN_BACK = (
    rf"every\s*{RANGE}(?:st|nd|rd|th)?\s*weeks?\s*(?:is|was|as|i take|i do|i have)?\s*(?:a|"
    rf"an)?\s*(?:down|easy|easier|recovery|cutback|cut-back|deload|lighter)\b"
)
GROUNDS = {
    "pavement": r"pavements?|roads?|asphalt|tarmac|concrete|sidewalks?|street|streets|paved",
    "trail": r"trails?|dirt|off-?road|forest|paths?|fells?|mountains?",
    "treadmill": r"treadmill|tready|dreadmill",
    "track": r"track",
    "grass": r"grass",
    "gravel": r"gravel",
}
SCORE = rf"(?<![\w/])(?P<low>{NUMBER})(?:\s*-\s*(?P<high>{NUMBER}))?\s*(?:/\s*10\b|out of (?:10|ten)\b)"
BARE_SCORE = (
    r"\b(?:pain (?:is|was|of|at|level)|hurts? (?:at )?|a solid|about a|maybe a|is a|was a|"
    r"to a)\s*(?:a|an|about|"
    r"around)?\s*(?P<low>\d{1,2})(?:\s*-\s*(?P<high>\d{1,2}))?\b(?!\s*(?:/|%|k\b|km|mi|min|"
    r"day|week|month|year|hour|out|:|\.\d|st|nd|rd|th))"
)
MOMENTS = [
    ("pain.worst", r"worst|peak|max(?:imum)?|at its|when it flares"),
    ("pain.night", r"night|in bed|sleep"),
    (
        "pain.rest",
        r"(?:at|when|while)\s+(?:rest|resting|i rest|i sit)|rest\b|sitting|lying|daily|desk",
    ),
    ("pain.walking", r"walk"),
    ("pain.running", r"\bruns?\b|\bran\b|running|jog|miles?\b|\bkm\b|strides?"),
]


@dataclass(frozen=True)
class Value:
    """A value read from the story, with its characters."""

    field: str
    value: Any
    start: int
    end: int


def number(word: str) -> float:
    """Return a number written in digits or as a word.

    Examples
    --------
    >>> number("four"), number("7,5"), number("a")
    (4.0, 7.5, 1.0)
    """
    return float(WORDS[word]) if word in WORDS else float(word.replace(",", "."))


def quantities(text: str, context: Context) -> Iterator[Value]:
    """Yield age, sex, kilometres a week, down weeks, shares of ground and pain scores of a story.

    Parameters
    ----------
    text : str
        In small letters, as long as the story.
    """
    yield from _age_and_sex(text, context)
    yield from _weekly(text, context)
    yield from _down_weeks(text, context)
    yield from _grounds(text, context)
    yield from _scores(text, context)


def mine(context: Context, start: int, end: int) -> bool:
    """Tell whether the characters speak of the runner, and of now."""
    span = context.doc.char_span(start, end, alignment_mode="expand")
    return span is not None and context.status(span.start, span.end) == "yes"


def _age_and_sex(text: str, context: Context) -> Iterator[Value]:
    for pattern in AGES:
        for found in re.finditer(pattern, text):
            if (
                5 <= int(found["age"]) <= 110
                and _not_others(context, found)
                and "ago" not in text[found.end() :][:5]
            ):
                yield Value("age", int(found["age"]), *found.span())
                break
        else:
            continue
        break
    for pattern, sex in SEXES:
        found_sex = next((f for f in re.finditer(pattern, text) if _not_others(context, f)), None)
        if found_sex:
            yield Value("sex", sex, *found_sex.span())
            return


def _not_others(context: Context, found: re.Match[str]) -> bool:
    span = context.doc.char_span(*found.span(), alignment_mode="expand")
    return span is not None and context.status(span.start, span.end) not in {"other", "past", "no"}


def _weekly(text: str, context: Context) -> Iterator[Value]:
    for pattern in WEEKLY:
        for found in re.finditer(pattern, text):
            before = text[max(found.start() - 28, 0) : found.start()]
            if re.search(
                r"used to|goal|target|aim|plan|want|build(?:ing)? (?:up )?to|hop(?:e|ing)|from$|only|back to|by ",
                before,
            ):
                continue
            if not mine(context, *found.span()):
                continue
            miles = found["unit"].startswith("m")
            low = number(found["low"])
            high = number(found["high"]) if found["high"] else low
            scale = MILE_KM if miles else 1.0
            span = sorted((round(low * scale), round(high * scale)))
            if 0 < span[1] <= 500:
                yield Value("training.km_per_week", tuple(span), *found.span())
                return


def _down_weeks(text: str, context: Context) -> Iterator[Value]:
    for pattern in (DOWN, DOWN_BACK):
        found = re.search(pattern, text)
        if found and _not_others(context, found):
            low = number(found["low"])
            high = number(found["high"]) if found["high"] else low
            yield Value(
                "training.down_week_every_weeks", (int(min(low, high)), int(max(low, high))), *found.span()
            )
            return


def _grounds(text: str, context: Context) -> Iterator[Value]:
    one = "|".join(f"(?P<{{side}}_{name}>{words})" for name, words in GROUNDS.items())
    first, second = one.replace("{side}", "a"), one.replace("{side}", "b")
    joint = r"\s*(?:/|,|and|&|vs|-|to)?\s*"
    shapes = [
        (
            rf"(?P<p>\d{{1,3}})\s*%?\s*/\s*(?P<q>\d{{1,3}})\s*%?\s*(?:split|mix|between|on|"
            rf"of)?\s*(?:{first}){joint}(?:{second})"
        ),
        (
            rf"(?P<p>\d{{1,3}})\s*%\s*(?:on |"
            rf"of )?(?:the )?(?:{first}){joint}(?P<q>\d{{1,3}})\s*%\s*(?:on |of )?(?:the )?(?:{second})"
        ),
        rf"half\s*(?:of it )?(?:on )?(?:the )?(?:{first}){joint}half\s*(?:on )?(?:the )?(?:{second})",
        rf"half\s*(?:and|&)\s*half\s*(?:on |between )?(?:{first}){joint}(?:{second})",
    ]
    for shape in shapes:
        found = re.search(shape, text)
        if not found or not _not_others(context, found):
            continue
        groups = found.groupdict()
        names = [
            next(name for name in GROUNDS if groups.get(f"{side}_{name}") is not None) for side in ("a", "b")
        ]
        shares = [int(groups["p"]) / 100, int(groups["q"]) / 100] if groups.get("p") else [0.5, 0.5]
        if names[0] != names[1] and sum(shares) <= 1.001:
            yield Value("training.surfaces", dict(zip(names, shares, strict=True)), *found.span())
            return
    only = re.search(
        rf"(?:all|only|exclusively|100 ?%|entirely)\s*(?:on |of it on )?(?:the )?(?:{first})\b", text
    )
    if only and mine(context, *only.span()):
        name = next(name for name in GROUNDS if only.groupdict().get(f"a_{name}") is not None)
        yield Value("training.surfaces", {name: 1.0}, *only.span())


def _scores(text: str, context: Context) -> Iterator[Value]:
    seen: set[str] = set()
    for pattern in (SCORE, BARE_SCORE):
        for found in re.finditer(pattern, text):
            high = float((found["high"] or found["low"]).replace(",", "."))
            moment = _moment(text, context, found)
            if high > 10 or moment is None or moment in seen or not _not_others(context, found):
                continue
            seen.add(moment)
            yield Value(moment, int(high) if high == int(high) else high, *found.span())


def _moment(text: str, context: Context, found: re.Match[str]) -> str | None:
    """Return which pain a score is: by the nearest word of its sentence."""
    span = context.doc.char_span(*found.span(), alignment_mode="expand")
    if span is None:
        return None
    sentence = span.sent
    first, last = sentence.start_char, sentence.end_char
    near: list[tuple[int, str]] = []
    for field, words in MOMENTS:
        for word in re.finditer(words, text[first:last]):
            start, end = word.start() + first, word.end() + first
            gap = start - found.end() if start >= found.end() else found.start() - end
            between = text[min(end, found.end()) : max(start, found.start())]
            # A comma or another score between parts them: 2/10 walking, 7/10 running.
            cost = 40 * len(re.findall(r"[,;]|\bbut\b|\band\b|/\s*10", between))
            near.append((gap + cost, field))
    return min(near)[1] if near else None
