"""A German story: its numbers, days, place and side; what its phrases say comes from its own lexicon."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from evengait.analysis.story.quantities import MILE_KM, Value, mine
from evengait.analysis.story.text import matcher, phrases_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.story.context import Context
    from evengait.core.story import Lexicon

WORDS = {
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "vierzehn": 14, "zwanzig": 20, "dreißig": 30,
    "vierzig": 40, "sechzig": 60, "anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5,
    "halben": 0.5, "halbe": 0.5, "halbes": 0.5, "einer halben": 0.5, "eine halbe": 0.5, "einem halben": 0.5,
}  # fmt: skip
"""Counts such as *ein paar* and *einige* are no numbers."""
UNIT_DAYS = {"tag": 1, "woche": 7, "monat": 30, "jahr": 365}
MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
NUMBER = r"\d+(?:[.,]\d+)?"
COUNT = rf"(?:{NUMBER}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
ABOUT = r"(?:(?:etwa|ca\.?|circa|ungefähr|rund|fast|gut|knapp|über|mehr als|mindestens|bestimmt|nun|jetzt|schon)\s+)*"
RANGE = rf"(?P<low>{COUNT})(?:\s*(?:-|bis|oder)\s*(?P<high>{COUNT}))?"
UNIT = r"(?P<unit>tag|woche|monat|jahr)(?:e|en|n|s)?"
LASTING = rf"\bseit\s+{ABOUT}{RANGE}\s+{UNIT}\b"
AGO = rf"\bvor\s+{ABOUT}{RANGE}\s+{UNIT}\b"
ON = (
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    r"\b(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.(?P<year>\d{4}|\d{2})?",
    rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>\d{{4}}))?",
    rf"\b(?:seit|am|letzten|letztem|vergangenen|vergangenem)\s+(?:letzten|letztem|vergangenen|vergangenem)?\s*(?P<weekday>{'|'.join(WEEKDAYS)})\b",
    r"\b(?P<word>vorgestern|gestern|heute)\b",
)
HURTS = re.compile(
    r"schmerz|\bweh|zwick|zieh|stech|stich|brenn|entzünd|steif|geschwoll|taub|gereizt|verletz|beschwerd|problem|"
    r"druckempfindlich|gezerrt|zerrung|\bziept|krampf|hink|humpel|macht mir .{0,12}zu schaffen"
)
BEGAN = re.compile(
    r"begann|begonnen|angefangen|fing|seit|aufgetreten|plötzlich|zuerst|gespürt|gemerkt|bemerkt|passiert|umgeknickt|"
    r"gestürzt"
)
IT_BEGAN = re.compile(
    r"angefangen hat (?:es|das)|hat(?:te)? (?:es|das)\b.*angefangen|begann|fing (?:es|das)|(?:es|das) fing|umgeknickt"
)
NOT_ONSET = re.compile(
    r"\blaufe (?:ich )?(?:seit|schon)|trainiere|pausier|\bpause|schone|\bop\b|operation|operiert|wettkampf|marathon|"
    r"termin|physio|geboren|verheiratet|nicht gelaufen|laufpause"
)
FINE = re.compile(
    r"\b(?:in ordnung|ok|okay|schmerzfrei|gesund|unauffällig|kein(?:e|en)? (?:problem|schmerz)\w*)\b"
)
TREATED = re.compile(r"mobil|übung|dehn|gurt|training|heben")
"""In a joined word: what is done for the place, not where it hurts."""
LANDED = re.compile(
    r"\b(?:land\w*|aufkomm\w*|aufsetz\w*|auftret\w*|hüpf\w*|steh\w*|belast\w*)\s+(?:auf|mit|an)\s+(?:\w+\s+){0,3}$"
)
"""What she stood or landed on: where it hurts only if nothing else is named."""
PART = (
    r"\w*(?:isg|iliosakral\w*|kreuzdarmbein\w*|becken\w*|knie\w*|hüft\w*|fuß\w*|fuss|füße|ferse\w*|wade\w*|schienbein\w*|"
    r"achilles\w*|oberschenkel\w*|unterschenkel\w*|gesäß\w*|pobacke|po|leiste\w*|rücken\w*|sprunggelenk\w*|knöchel|bein|"
    r"seite|zeh\w*|sohle|sehne)"
)
SIDE = re.compile(
    rf"\b(?P<side>linke|rechte|beide)[nmrs]?\s+(?:\w+\s+)?{PART}\b|\b(?P<at>links|rechts|beidseits|beidseitig|linksseitig\w*|rechtsseitig\w*)\b"
)
WEEKLY = (
    rf"{RANGE}\s*(?P<unit>km|kilometer|meile)n?\s*(?:pro|in der|die|je|/|jede)\s*woche",
    rf"{RANGE}\s*(?:wochenkilometer|km/w\b)",
    (
        rf"(?:wochenumfang|wochenkilometer|umfang)\w*\s*(?:von|bei|liegt bei|um|:|ist|war)*\s*{ABOUT}{RANGE}"
        r"\s*(?:km|kilometer)"
    ),
)
SCORE = rf"(?<![\w/])(?P<low>{NUMBER})(?:\s*(?:-|bis)\s*(?P<high>{NUMBER}))?\s*(?:/\s*10\b|von (?:10|zehn)\b)"
MOMENTS = (
    ("pain.worst", r"schlimmst|maximal|stärkst|spitze"),
    ("pain.night", r"nacht"),
    ("pain.rest", r"in ruhe|ruheschmerz|sitzen|liegen|alltag"),
    ("pain.walking", r"gehen|spazier"),
    ("pain.running", r"lauf|jogg|renn"),
)
AGES = (
    r"\bich bin (?P<age>\d{2})(?!\s*(?:km|kilometer|minuten|wochen|tage|monate))\b",
    r"\b(?P<age>\d{2})[- ]?jährige[rn]?\b",
    r"\b(?P<age>\d{2}) jahre(?: alt)?,? (?:alt|weiblich|männlich)",
    r"\b[mw] ?(?P<age>\d{2})\b",
    r"\b(?P<age>\d{2}),? ?(?:m|w|weiblich|männlich)\b",
)
SEXES = (
    (
        (
            r"\bweiblich\b|\bbin (?:eine? )?(?:\d{2}[- ]jährige )?(?:\w+ )?(?:läuferin|frau|mutter)\b|\bw ?\d{2}\b"
            r"|\b\d{2},? w\b|meine (?:periode|regel)"
        ),
        "female",
    ),
    (
        (
            r"\bmännlich\b|\bbin (?:ein )?(?:\d{2}[- ]jähriger )?(?:\w+ )?(?:läufer|mann|vater)\b|\bm ?\d{2}\b"
            r"|\b\d{2},? m\b"
        ),
        "male",
    ),
)
STIFF = re.compile(
    rf"steif\w*[^.!?\n]{{0,40}}?(?P<a>{COUNT})\s*(?P<ua>minute|stunde)n?"
    rf"|(?P<b>{COUNT})\s*(?P<ub>minute|stunde)n?[^.!?\n]{{0,30}}?steif"
)
WORSE = re.compile(
    r"schlimmer|schlimmsten|stärker|verstärk|\bweh\b|schmerz|sticht|zwickt|zieht|brennt|provozier|auslös"
)
BETTER = re.compile(r"besser|lindert|hilft|lässt nach|geht weg|verschwindet|leichter|weniger")
GOES_ON = re.compile(r"\s*(?:wenn|sobald|immer wenn|besonders|vor allem|v\.a\.|beim?|nach)\b")
"""What a clause goes on with behind a comma."""
CLAUSE = re.compile(r"[,;.!?\n]|\b(?:aber|während|dafür|jedoch)\b")


def number(word: str) -> float:
    """Return a number written in digits or as a German word.

    Examples
    --------
    >>> number("drei"), number("7,5"), number("anderthalb")
    (3.0, 7.5, 1.5)
    """
    return float(WORDS[word]) if word in WORDS else float(word.replace(",", "."))


def german_values(text: str, context: Context, lexicon: Lexicon, told: date) -> Iterator[Value]:
    """Yield what a German story says beside its flags, mode and tries.

    Parameters
    ----------
    text : str
        In small letters, as long as the story.
    told : date
        The day it was told.
    """
    yield from _age_and_sex(text, context)
    yield from _weekly(text, context)
    yield from _scores(text, context)
    yield from _place(text, context, lexicon)
    yield from _side(text, context)
    yield from _onset(text, context, told)
    yield from _stiffness(text, context)
    yield from _named("quality", context, lexicon, text)
    yield from _named("worse_with", context, lexicon, text)
    yield from _named("better_with", context, lexicon, text)


def _status(context: Context, start: int, end: int) -> str:
    span = context.doc.char_span(start, end, alignment_mode="expand")
    return "other" if span is None else context.status(span.start, span.end)


def _age_and_sex(text: str, context: Context) -> Iterator[Value]:
    for pattern in AGES:
        found = re.search(pattern, text)
        if (
            found
            and 10 <= int(found["age"]) <= 99
            and _status(context, *found.span()) not in {"other", "past"}
        ):
            yield Value("age", int(found["age"]), *found.span())
            break
    for pattern, sex in SEXES:
        found = re.search(pattern, text)
        if found and _status(context, *found.span()) not in {"other", "past", "no"}:
            yield Value("sex", sex, *found.span())
            return


def _weekly(text: str, context: Context) -> Iterator[Value]:
    for pattern in WEEKLY:
        for found in re.finditer(pattern, text):
            before = text[max(found.start() - 24, 0) : found.start()]
            if re.search(r"früher|ziel|plan|will|wollte|möchte", before) or not mine(context, *found.span()):
                continue
            scale = MILE_KM if found.groupdict().get("unit") == "meile" else 1.0
            low = round(scale * number(found["low"]))
            high = round(scale * number(found["high"])) if found["high"] else low
            if 0 < high <= 500:
                yield Value("training.km_per_week", tuple(sorted((low, high))), *found.span())
                return


def _scores(text: str, context: Context) -> Iterator[Value]:
    seen: set[str] = set()
    for found in re.finditer(SCORE, text):
        high = number(found["high"] or found["low"])
        moment = _moment(text, context, found)
        if high > 10 or moment is None or moment in seen:
            continue
        if _status(context, *found.span()) in {"other", "past", "no"}:
            continue
        seen.add(moment)
        yield Value(moment, int(high) if high == int(high) else high, *found.span())


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


def _place(text: str, context: Context, lexicon: Lexicon) -> Iterator[Value]:
    """Yield the site that hurts most, by how often and in what company it is named; a more exact one goes first."""
    score: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    order = [site for site, _ in lexicon.places]
    for phrase in phrases_in(context.doc, matcher(lexicon, "places")):
        span = context.doc[phrase.start : phrase.end]
        if context.status(phrase.start, phrase.end) in {"other", "past", "no"}:
            continue
        if FINE.search(text[span.end_char : span.end_char + 24]) or TREATED.search(span.text.lower()):
            continue
        around = text[max(span.start_char - 45, 0) : span.end_char + 45]
        landed = LANDED.search(text[max(span.start_char - 45, 0) : span.start_char])
        score[phrase.name] += 0 if landed else 3 if HURTS.search(around) else 1
        first.setdefault(phrase.name, (span.start_char, span.end_char))
    if score:
        best = max(score, key=lambda site: (score[site], -order.index(site)))
        yield Value("site", best, *first[best])


def _side(text: str, context: Context) -> Iterator[Value]:
    sides: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for found in SIDE.finditer(text):
        word = found["side"] or found["at"]
        side = "left" if word.startswith("link") else "right" if word.startswith("recht") else "both"
        around = text[max(found.start() - 40, 0) : found.end() + 40]
        if _status(context, *found.span()) in {"other", "past", "no"} or FINE.search(
            text[found.end() :][:28]
        ):
            continue
        sides[side] += 2 if HURTS.search(around) else 1
        first.setdefault(side, found.span())
    ranked = sides.most_common(2)
    if ranked and not (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        yield Value("side", ranked[0][0], *first[ranked[0][0]])


def _onset(text: str, context: Context, told: date) -> Iterator[Value]:
    """Yield the onset's date and how many days it has lasted: the earliest that a sentence about the pain names."""
    dated = [*_spans(AGO, text, context, exact=True), *_dates(text, context, told)]
    found = max(dated, key=lambda one: one[0], default=None)
    if found is None:
        found = max(_spans(LASTING, text, context, exact=False), key=lambda one: one[0], default=None)
    if found is None:
        return
    days, start, end, exact = found
    yield Value("duration_days", days, start, end)
    if exact:
        yield Value("onset.date", told - timedelta(days=days), start, end)


def _of_the_pain(text: str, context: Context, found: re.Match[str]) -> bool:
    span = context.doc.char_span(*found.span(), alignment_mode="expand")
    if span is None or context.status(span.start, span.end, past_counts=True) in {"other", "maybe", "no"}:
        return False
    sentence = text[span.sent.start_char : span.sent.end_char]
    near = text[max(found.start() - 30, span.sent.start_char) : min(found.end() + 20, span.sent.end_char)]
    told = HURTS.search(sentence) or IT_BEGAN.search(sentence)
    return bool(told) and not NOT_ONSET.search(near)


def _spans(pattern: str, text: str, context: Context, *, exact: bool) -> Iterator[tuple[int, int, int, bool]]:
    for found in re.finditer(pattern, text):
        if not _of_the_pain(text, context, found):
            continue
        low = number(found["low"])
        count = (low + number(found["high"])) / 2 if found["high"] else low
        days = round(count * UNIT_DAYS[found["unit"]])
        if not exact or days <= 2 * 365:
            yield days, *found.span(), exact and days <= 60


def _dates(text: str, context: Context, told: date) -> Iterator[tuple[int, int, int, bool]]:
    for pattern in ON:
        for found in re.finditer(pattern, text):
            when = _date(found.groupdict(), told)
            span = context.doc.char_span(*found.span(), alignment_mode="expand")
            if when is None or span is None or not _of_the_pain(text, context, found):
                continue
            if BEGAN.search(text[span.sent.start_char : span.sent.end_char]):
                yield (told - when).days, *found.span(), True


def _date(said: dict[str, Any], told: date) -> date | None:
    """Return the latest such day that is not after the one it was told on; None where there is none."""
    try:
        if said.get("iso"):
            found = date.fromisoformat(said["iso"])
        elif said.get("word"):
            found = told - timedelta(days={"heute": 0, "gestern": 1, "vorgestern": 2}[said["word"]])
        elif said.get("weekday"):
            back = (told.weekday() - WEEKDAYS.index(said["weekday"])) % 7
            found = told - timedelta(days=back or 7)
        else:
            month = int(said["number"]) if said.get("number") else MONTHS.index(said["month"]) + 1
            year = int(said["year"]) if said.get("year") else told.year
            found = date(year + 2000 if year < 100 else year, month, int(said["day"]))
            if found > told and not said.get("year"):
                found = found.replace(year=told.year - 1)
    except ValueError:
        return None
    return found if found <= told else None


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
        yield Value("findings.morning_stiffness_min", count * (60 if unit == "stunde" else 1), *found.span())
        return


def _named(field: str, context: Context, lexicon: Lexicon, text: str) -> Iterator[Value]:
    """Yield words of a list of the form, where the clause they stand in says so."""
    cue = {"quality": HURTS, "worse_with": WORSE, "better_with": BETTER}[field]
    other = {"quality": None, "worse_with": BETTER, "better_with": None}[field]
    seen: set[str] = set()
    for phrase in phrases_in(context.doc, matcher(lexicon, field)):
        span = context.doc[phrase.start : phrase.end]
        first, last = _clause(text, span.start_char, span.end_char, span.sent.start_char, span.sent.end_char)
        clause = text[first:last]
        if phrase.name in seen or not cue.search(clause) or (other is not None and other.search(clause)):
            continue
        if context.status(phrase.start, phrase.end) != "yes" or re.search(
            r"\b(?:kein\w*|nicht|ohne)\b", clause
        ):
            continue
        seen.add(phrase.name)
        yield Value(field, phrase.name, span.start_char, span.end_char)


def _clause(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Return where the clause around begins and ends; *weh, wenn ich lande* is one."""
    before = [cut.end() for cut in CLAUSE.finditer(text, first, start) if not _goes_on(text, cut.end())]
    after = [cut.start() for cut in CLAUSE.finditer(text, end, last) if not _goes_on(text, cut.end())]
    return max(before, default=first), min(after, default=last)


def _goes_on(text: str, place: int) -> bool:
    return GOES_ON.match(text, place) is not None
