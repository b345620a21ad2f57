"""The numbers of a German story: age and sex, distance and ground, scores of pain, minutes of stiffness."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evengait.analysis.story.quantities import MILE_KM, Value, mine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.story.context import Context

WORDS = {
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "vierzehn": 14, "zwanzig": 20, "dreißig": 30,
    "vierzig": 40, "sechzig": 60, "anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5,
    "halben": 0.5, "halbe": 0.5, "halbes": 0.5, "einer halben": 0.5, "eine halbe": 0.5, "einem halben": 0.5,
    "fuenf": 5, "zwoelf": 12, "dreissig": 30,
}  # fmt: skip
"""Counts such as *ein paar* and *einige* are no numbers."""
NUMBER = r"(?<!\d)\d{1,4}(?:[.,]\d{1,2})?(?!\d)"
COUNT = rf"(?:{NUMBER}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
ABOUT = (
    r"(?:(?:etwa|ca[.\"]?|circa|ungefähr|rund|fast|gut|knapp|über|mehr als|mindestens|bestimmt|nun|jetzt|schon|so|"
    r"ungefaehr|ueber)\s+)*"
)
RANGE = rf"(?P<low>{COUNT})(?:\s*(?:-|bis|oder)\s*(?P<high>{COUNT}))?"
KM = r"(?P<unit>km|kilometer|meile)n?"
WEEKLY = (
    rf"{RANGE}\s*{KM}\s*(?:pro|in der|die|je|/|jede)\s*w(?:oche|o)\b",
    rf"{RANGE}\s*{KM}\s*w(?:ö|oe)chentlich",
    rf"\b(?:pro|in der|jede) woche\s+(?:laufe?|renne|jogge)\s+(?:ich\s+)?{ABOUT}{RANGE}\s*{KM}",
    rf"{RANGE}\s*(?:wochenkilometer|wkm|km\s?/\s?w(?:o|k)?\b)",
    (
        rf"(?:wochenumfang|wochenkilometer|wkm|umfang)\w*\s*(?:von|bei|liegt bei|um|:|ist|war)*\s*{ABOUT}{RANGE}"
        r"\s*(?:km|kilometer)"
    ),
    rf"\bwoche\b[^.!?\n]{{0,20}}\b(?:insgesamt|zusammen)\s+{ABOUT}{RANGE}\s*{KM}",
)
NOT_WEEKLY = re.compile(
    r"früher|ziel|plan|will|wollte|möchte|\d\s?(?:x|mal)\s*$|\bvon\s+\d+\s+auf\s*$|\bauf\s*$|damals"
)
"""In front of a distance: it is not the usual week, or one run of several."""
OTHER_SPORT = re.compile(r"^\s*(?:geradelt|mit dem rad|auf dem rad|rad\b|rad(?:ge)?fahr)")
SCORE = (
    rf"(?<![\w/])(?P<low>{NUMBER})(?:\s*(?:-|bis)\s*(?P<high>{NUMBER}))?\s*"
    r"(?:/\s*10\b(?!\s+(?:läufe|tage|mal))|\(?von (?:10|zehn)\b)"
)
NO_REST_PAIN = re.compile(
    r"\bin ruhe\s+(?:(?:bin|habe|hab|ist|ich|es)\s+)*"
    r"(?:schmerzfrei|kein\w*\s+(?:schmerz|beschwerden|problem)\w*|nichts)"
    r"|\bkein\w*\s+(?:ruheschmerz\w*|schmerzen in ruhe\b)"
)
MOMENTS = (
    ("pain.worst", r"schlimmst|maximal|stärkst|spitze"),
    ("pain.night", r"nacht"),
    ("pain.rest", r"in ruhe|ruheschmerz|sitzen|liegen|alltag"),
    ("pain.walking", r"\bgehen|\bbeim gehen|spazier"),
    ("pain.running", r"lauf|läuf|jogg|renn|trab"),
)
UNITS = r"(?:km|kilometer|minuten|min|wochen|tage|monate|x|mal|prozent|kg|cm|stunden|h|uhr)\b"
MALE, FEMALE = r"(?:m|männlich|männl|mann)", r"(?:w|weiblich|weibl|frau)"
AGES = (
    rf"\b(?:ich bin|bin|werde)\s+(?:jetzt |nun |inzwischen |schon )?(?P<age>\d{{2}})(?!\s*(?:%|{UNITS}))\b",
    r"\b(?P<age>\d{2})[- ]?j(?:ä|ae)hrige[rn]?\b",
    r"\b(?P<age>\d{2}) jahre(?: alt)?,? (?:alt|weiblich|männlich)",
    rf"\b(?P<age>\d{{2}})\s?(?:jahre|j\b)[.\"]?(?: alt)?[,\s/]*(?:{MALE}|{FEMALE})\b",
    rf"\b(?:{MALE}|{FEMALE})[\s,/]{{0,2}}(?P<age>\d{{2}})(?![\d:.,]?\d)(?!\s*(?:%|{UNITS}))\b",
    rf"\b(?P<age>\d{{2}})[,\s/]{{0,2}}(?:{MALE}|{FEMALE})\b",
    r"(?:^|[.!?;,(]\s|\()(?P<age>\d{2})(?=[.,;)!](?:\s|$))",
)
"""The last: a bare number of two digits between commas or stops."""
BARE = AGES[-1]
YOUNGEST, OLDEST_BARE = 12, 89
SEXES = (
    (
        (
            r"\bweibl(?:ich\b|\b)|\bbin (?:eine? )?(?:\d{2}[- ]jährige )?(?:\w+ )?(?:läuferin|frau|mutter)\b"
            r"|\bbin (?:\d{2}(?: jahre)?(?: alt)?,? und |selbst |eine )?\w{4,}erin\b|\bw[\s,/]{0,2}\d{2}\b"
            r"|\b\d{2}[,\s/]{0,2}w\b|\b\d{2}\s?(?:jahre|j)[.\"]?(?: alt)?[,\s/]*(?:w|frau)\b"
            r"|meine (?:periode|regel)\b|\b(?:bin|ich bin)[^.!?,]{0,20} schwanger\b"
        ),
        "female",
    ),
    (
        (
            r"\bmännl(?:ich\b|\b)|\bbin (?:ein )?(?:\d{2}[- ]jähriger )?(?:\w+ )?(?:läufer|mann|vater)\b"
            r"|\bm[\s,/]{0,2}\d{2}\b|\b\d{2}[,\s/]{0,2}m\b|\b\d{2}\s?(?:jahre|j)[.\"]?(?: alt)?[,\s/]*(?:m|mann)\b"
        ),
        "male",
    ),
)
GROUNDS = {
    "pavement": r"asphalt\w*|straße\w*|strasse\w*|teer|beton|gehweg\w*|bürgersteig\w*",
    "trail": r"trails?|wald\w*|gelände|feldweg\w*",
    "treadmill": r"laufband",
    "track": r"bahn|tartan\w*",
    "grass": r"gras|wiese\w*|rasen",
    "gravel": r"schotter\w*|kies\w*",
}
GROUND = "|".join(f"(?P<{name}>{words})" for name, words in GROUNDS.items())
SHARE = rf"(?P<share>\d{{1,3}})\s?%\s*(?:(?:auf|im|am|auf der|auf dem)\s+)?(?:{GROUND})\b"
ONLY = rf"(?:\bnur|\bausschließlich|\bimmer|\balles|100 ?%)\s*(?:auf |im |auf der |auf dem )?(?:{GROUND})\b"
DOWN = (
    rf"\b(?:jede|alle)\s+(?P<low>\d|{'|'.join(WORDS)})\.?(?:\s*(?:-|bis)\s*(?P<high>\d))?\s+wochen?\b[^.!?,;\n]{{0,20}}?"
    r"(?:ruhe|entlastung|ruhiger|regeneration|weniger|locker)"
)
STIFF = re.compile(
    rf"steif\w*[^.!?\n]{{0,40}}?(?P<a>{COUNT})\s*(?P<ua>minute|min\b|stunde|std\b)n?"
    rf"|(?P<b>{COUNT})\s*(?P<ub>minute|min\b|stunde|std\b)n?[^.!?\n]{{0,30}}?steif"
)


def number(word: str) -> float:
    """Return a number written in digits or as a German word.

    Examples
    --------
    >>> number("drei"), number("7,5"), number("anderthalb")
    (3.0, 7.5, 1.5)
    """
    return float(WORDS[word]) if word in WORDS else float(word.replace(",", "."))


def number_values(text: str, context: Context) -> Iterator[Value]:
    """Yield age, sex, weekly distance, down weeks, ground, scores and morning stiffness."""
    yield from _age_and_sex(text, context)
    yield from _weekly(text, context)
    yield from _down_weeks(text, context)
    yield from _grounds(text, context)
    yield from _scores(text, context)
    yield from _stiffness(text, context)


def status(context: Context, start: int, end: int) -> str:
    """Return what may be said of the characters; *other* where they are no words."""
    span = context.doc.char_span(start, end, alignment_mode="expand")
    return "other" if span is None else context.status(span.start, span.end)


def _age_and_sex(text: str, context: Context) -> Iterator[Value]:
    yield from _age(text, context)
    for pattern, sex in SEXES:
        for found in re.finditer(pattern, text):
            if status(context, *found.span()) not in {"other", "past", "no"}:
                yield Value("sex", sex, *found.span())
                return


def _age(text: str, context: Context) -> Iterator[Value]:
    for pattern in AGES:
        for found in re.finditer(pattern, text):
            years = int(found["age"])
            if not 10 <= years <= 99 or (pattern == BARE and not YOUNGEST <= years <= OLDEST_BARE):
                continue
            if status(context, *found.span()) not in {"other", "past", "maybe"}:
                yield Value("age", years, *found.span("age"))
                return


def _weekly(text: str, context: Context) -> Iterator[Value]:
    for pattern in WEEKLY:
        for found in re.finditer(pattern, text):
            before = text[max(found.start() - 24, 0) : found.start()]
            if (
                OTHER_SPORT.search(text[found.end() :][:16])
                or NOT_WEEKLY.search(before)
                or not mine(context, *found.span())
            ):
                continue
            scale = MILE_KM if found.groupdict().get("unit") == "meile" else 1.0
            low = round(scale * number(found["low"]))
            high = round(scale * number(found["high"])) if found["high"] else low
            if 0 < high <= 500:
                yield Value("training.km_per_week", tuple(sorted((low, high))), *found.span())
                return


def _down_weeks(text: str, context: Context) -> Iterator[Value]:
    found = re.search(DOWN, text)
    if found and mine(context, *found.span()):
        low = int(number(found["low"]))
        high = int(found["high"]) if found["high"] else low
        if min(low, high) > 0:
            yield Value("training.down_week_every_weeks", tuple(sorted((low, high))), *found.span())


def _grounds(text: str, context: Context) -> Iterator[Value]:
    shares: dict[str, float] = {}
    first, last = len(text), 0
    for found in re.finditer(SHARE, text):
        name = next(name for name in GROUNDS if found[name])
        if name in shares or not mine(context, *found.span()):
            return
        shares[name] = int(found["share"]) / 100
        first, last = min(first, found.start()), found.end()
    if not shares and (only := re.search(ONLY, text)) and mine(context, *only.span()):
        shares, first, last = {next(name for name in GROUNDS if only[name]): 1.0}, *only.span()
    if shares and sum(shares.values()) <= 1.001:
        yield Value("training.surfaces", shares, first, last)


def _scores(text: str, context: Context) -> Iterator[Value]:
    seen: set[str] = set()
    for found in re.finditer(SCORE, text):
        high = number(found["high"] or found["low"])
        moment = _moment(text, context, found)
        if high > 10 or moment is None or moment in seen:
            continue
        if status(context, *found.span()) in {"other", "past", "no"}:
            continue
        seen.add(moment)
        yield Value(moment, int(high) if high == int(high) else high, *found.span())
    found_none = NO_REST_PAIN.search(text)
    if (
        found_none
        and "pain.rest" not in seen
        and status(context, *found_none.span()) not in {"other", "past", "maybe"}
    ):
        yield Value("pain.rest", 0, *found_none.span())


def _moment(text: str, context: Context, score: re.Match[str]) -> str | None:
    """Return which pain a score is: by the nearest word of its sentence, none across a comma."""
    span = context.doc.char_span(*score.span(), alignment_mode="expand")
    if span is None:
        return None
    first, last = span.sent.start_char, span.sent.end_char
    near: list[tuple[int, str]] = []
    for field, words in MOMENTS:
        for word in re.finditer(words, text[first:last]):
            start, end = word.start() + first, word.end() + first
            between = text[min(end, score.end()) : max(start, score.start())]
            near.append((len(between) + 40 * len(re.findall(r"[,;]|\bund\b|\baber\b", between)), field))
    return min(near)[1] if near else None


def _stiffness(text: str, context: Context) -> Iterator[Value]:
    for found in STIFF.finditer(text):
        span = context.doc.char_span(*found.span(), alignment_mode="expand")
        if (
            span is None
            or context.status(span.start, span.end) != "yes"
            or "morgen" not in span.sent.text.lower()
        ):
            continue
        count, unit = number(found["a"] or found["b"]), found["ua"] or found["ub"]
        yield Value("findings.morning_stiffness_min", count * (60 if unit[:2] == "st" else 1), *found.span())
        return
