"""When it began and for how long it has lasted."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from evengait.analysis.story.quantities import UNIT_DAYS, WORDED, Value, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.story.context import Context

UNITS = "|".join(f"{unit}s?" for unit in UNIT_DAYS)
SOME = rf"(?P<count>{WORDED}|a couple of|a couple|couple of|several|a few|few)"
AGO = rf"{SOME}(?:\s*(?:-|to|or)\s*(?P<high>{WORDED}))?\s*(?P<unit>{UNITS})\s*ago"
LASTING = [
    (
        rf"\b(?:for|over|during)\s+(?:about|around|roughly|the past|the last|past|last|almost|"
        rf"nearly|over|well over|at least|more than|\s)*\s*{SOME}(?:\s*(?:-|to|"
        rf"or)\s*(?P<high>{WORDED}))?\s*(?P<unit>{UNITS})\b"
    ),
    rf"\b(?:the past|the last|these past)\s+{SOME}\s*(?P<unit>{UNITS})\b",
    rf"\b{SOME}\s*(?P<unit>{UNITS})\s+(?:now|of (?:pain|this|it)|into this|in\b)",
]
PAIN = (
    r"pain|hurt|sore|ache|aching|achy|twinge|tight|niggl|problem|symptom|injur|numb|tender|"
    r"stiff|issue|limp|swollen|swelling|snap|pop|crack|worse|strain|back|knee|shin|calf|calves|achilles|ankle|foot|"
    r"heel|hip|groin|hamstring|thigh|leg|glute|buttock|it\b|this\b"
)
START = (
    r"start|began|begin|begun|notic|first felt|came on|appear|felt|flare|popp|pull|twist|roll|"
    r"fell|tripp|since|onset|showed up|hurt|went|tore|snapp|developed|crept|kicked in|got|"
    r"happened|injured|did something|tweaked|strain|whack|knock|kick|woke|been like"
)
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
DATES = [
    r"\b\d{4}-\d{2}-\d{2}\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\b(?:,?\s+\d{{4}})?",
    rf"\b(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?",
    rf"\b(?:last|on|since|this|this past)\s+(?:{WEEKDAYS})\b",
    r"\byesterday\b|\bthis morning\b|\btoday\b|\blast night\b",
]
VAGUE = {"a couple of": 2, "a couple": 2, "couple of": 2}
NOT_ONSET = (
    r"off|rest|race|marathon|appointment|saw|seen|physio|doctor|scan|x-?ray|mri|born|baby|"
    r"surgery|operation|antibiotic|training block|exercise for|days of|did not|didn't|stopped|"
    r"took|flew|flown|flight|injection|injected"
)


def onset_values(text: str, context: Context, told: date) -> Iterator[Value]:
    """Yield the onset's date and how many days it has lasted.

    Parameters
    ----------
    text : str
        In small letters.
    told : date
        The day the story was told. Counts such as *several weeks* are not turned into numbers.
    """
    # Of several dates the earliest is the beginning: it began on Monday, since yesterday there is more.
    dated = [*_ago(text, context), *_dated(text, context, told)]
    found = max(dated, key=lambda one: one[0], default=None) or _lasting(text, context)
    if found is None:
        return
    days, start, end, exact = found
    if days < 0:
        return
    yield Value("duration_days", days, start, end)
    if exact:
        yield Value("onset.date", told - timedelta(days=days), start, end)


def _count(found: re.Match[str]) -> float | None:
    word = found["count"].strip()
    if word in VAGUE:
        return float(VAGUE[word])
    if word in {"several", "a few", "few"}:
        return None
    low = number(word)
    high = found.groupdict().get("high")
    return (low + number(high)) / 2 if high else low


def _days(found: re.Match[str]) -> int | None:
    count = _count(found)
    unit = found["unit"].rstrip("s") if found["unit"] not in UNIT_DAYS else found["unit"]
    return None if count is None else round(count * UNIT_DAYS[unit])


def _clause(text: str, context: Context, found: re.Match[str]) -> tuple[str, bool]:
    """Return the sentence around, and whether it speaks of the runner."""
    span = context.doc.char_span(*found.span(), alignment_mode="expand")
    if span is None:
        return "", False
    status = context.status(span.start, span.end, past_counts=True)
    return text[span.sent.start_char : span.sent.end_char], status not in {"other", "maybe", "no"}


def _ago(text: str, context: Context) -> Iterator[tuple[int, int, int, bool]]:
    for found in re.finditer(AGO, text):
        sentence, own = _clause(text, context, found)
        days = _days(found)
        if not own or days is None or not re.search(START, sentence):
            continue
        near = text[max(found.start() - 40, 0) : found.end() + 40]
        if re.search(NOT_ONSET, near) and not re.search(r"start|began|pain", near):
            continue
        if days > 2 * 365 and not re.search(r"start|began|since|pain|hurt", near):
            continue
        yield days, *found.span(), days <= 60


def _dated(text: str, context: Context, told: date) -> Iterator[tuple[int, int, int, bool]]:
    import dateparser

    base = datetime.combine(told, datetime.min.time())
    for pattern in DATES:
        for found in re.finditer(pattern, text):
            sentence, own = _clause(text, context, found)
            if not own or not re.search(START, sentence) or not re.search(PAIN, sentence):
                continue
            near = text[max(found.start() - 30, 0) : found.end() + 12]
            if re.search(NOT_ONSET, near) and "since" not in near:
                continue
            words = re.sub(r"^(?:last|on|since|this past|this)\s+(?=[a-z])", "", found.group())
            words = {"this morning": "today", "last night": "yesterday"}.get(found.group(), words)
            when = dateparser.parse(
                words, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
            )
            if when is not None and when.date() <= told:
                yield (told - when.date()).days, *found.span(), True


def _lasting(text: str, context: Context) -> tuple[int, int, int, bool] | None:
    for pattern in LASTING:
        for found in re.finditer(pattern, text):
            sentence, own = _clause(text, context, found)
            days = _days(found)
            near = text[max(found.start() - 45, 0) : found.end() + 25]
            if own and days is not None and re.search(PAIN, sentence) and not re.search(NOT_ONSET, near):
                return days, *found.span(), False
    return None
