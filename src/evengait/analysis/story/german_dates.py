"""When a German story says that it began, and for how long it has lasted."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from evengait.analysis.story.german_numbers import ABOUT, RANGE, number
from evengait.analysis.story.quantities import Value
from evengait.analysis.story.text import matcher, phrases_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span

    from evengait.analysis.story.context import Context
    from evengait.core.story import Lexicon

UNIT_DAYS = {"tag": 1, "woche": 7, "monat": 30, "jahr": 365}
MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
UNIT = r"(?P<unit>tag|woche|monat|jahr)(?:e|en|n|s)?"
LASTING = (
    rf"\bseit\s+{ABOUT}{RANGE}\s+{UNIT}\b",
    r"\bseit\s+(?:letzter|der letzten|voriger|vergangener)\s+(?P<unit>woche)\b",
    rf"\b(?:das|es|ganze) geht\s+{ABOUT}{RANGE}\s+{UNIT}\b",
    rf"(?:^|[.!?,;\n]\s*){ABOUT}{RANGE}\s+{UNIT}\s+(?:jetzt|nun|schon|geht das|lang)\b",
)
AGO = (rf"\bvor\s+{ABOUT}{RANGE}\s+{UNIT}\b",)
LATEST = r"(?:letzten|letztem|vergangenen|vergangenem|diesen|dem|den)"
ON = (
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    r"\b(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})[.\"](?P<year>\d{4}|\d{2})?",
    rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>\d{{4}}))?",
    rf"\b(?:seit|am|letzten|letztem|vergangenen|vergangenem)\s+(?:{LATEST}\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b",
    r"\b(?P<word>vorgestern|gestern|heute)\b",
)
HURTS = re.compile(
    r"schmerz|\bweh|zwick|zieh|stech|stich|brenn|entzünd|steif|geschwoll|taub|gereizt|verletz|beschwerd|problem|"
    r"druckempfindlich|gezerrt|zerrung|\bziept|krampf|hink|humpel|macht mir .{0,12}zu schaffen|zick|pocht|verhärt|"
    r"umgeknickt|geknallt|knall|gerissen|schnalz|peitsch|\bdick\b|heiß|macht zu|kribbel|gefühllos|muckt"
)
BEGAN = re.compile(
    r"begann|begonnen|angefangen|fing|seit|aufgetreten|plötzlich|zuerst|gespürt|gemerkt|bemerkt|passiert|umgeknickt|"
    r"gestürzt|geknallt|gerissen|geschnalzt|gefallen|getreten|gezerrt|verletzt|verdreht|\btritt\b|reingestochen|"
    r"\bnach (?:dem|der|den|einem|einer)\b"
)
IT_BEGAN = re.compile(
    r"angefangen hat (?:es|das)|hat(?:te)? (?:es|das)\b.*angefangen|begann|begonnen hat|fing (?:es|das)|"
    r"(?:es|das) fing|umgeknickt|gestürzt|"
    r"(?:es|das|ganze) geht\b|geht (?:das|es)\b"
)
SINCE = re.compile(r"\bseit (?:dem|der|einem|einer|meinem|meiner)\b")
NOT_ONSET = re.compile(
    r"\blaufe (?:ich )?(?:seit|schon)|trainiere|pausier|\bpause|schone|\bop\b|operation|operiert|wettkampf|marathon|"
    r"termin|physio|geboren|verheiratet|nicht gelaufen|laufpause"
)
DONE = re.compile(
    r"umgestellt|gewechselt|gesteigert|gekauft|gespritzt|spritze|antibiotik|geimpft|genommen|mache ich|angemeldet|"
    r"krafttraining|übung|dehne|senken|einlagen"
)
"""In the clause of a number of days: something was done then, not felt."""
CUT = re.compile(r"[,;.!?\n(]|\bund\b")
MOST = 40
"""Days of one kind that are looked at; a story that names more is none."""
FRAGMENT = 7
"""Words of a sentence so short that it belongs to the one before: *Knie rechts. Seit drei Wochen.*"""


def onset_values(text: str, context: Context, lexicon: Lexicon, told: date) -> Iterator[Value]:
    """Yield the onset's date and how many days it has lasted: the earliest that a sentence about the pain names.

    Parameters
    ----------
    text : str
        In small letters.
    told : date
        The day the story was told. A rough month (*seit Mitte März*) is neither.
    """
    where = _Where(text, context, lexicon)
    dated = [*_spans(AGO, where, exact=True), *_dates(where, told)]
    found = max(dated, key=lambda one: one[0], default=None)
    if found is None:
        found = max(_spans(LASTING, where, exact=False), key=lambda one: one[0], default=None)
    if found is None:
        return
    days, start, end, exact = found
    yield Value("duration_days", days, start, end)
    if exact:
        yield Value("onset.date", told - timedelta(days=days), start, end)


class _Where:
    """A story with the places that its words name, to tell which days are the pain's."""

    def __init__(self, text: str, context: Context, lexicon: Lexicon) -> None:
        self.text, self.context = text, context
        self.places = [phrase.start for phrase in phrases_in(context.doc, matcher(lexicon, "places"))]

    def sentence(self, found: re.Match[str]) -> str:
        """Return the words of the sentence around."""
        span = self.span(found)
        return "" if span is None else self.text[span.sent.start_char : span.sent.end_char]

    def span(self, found: re.Match[str]) -> Span | None:
        """Return the words of a match."""
        start = found.end() - len(found.group().lstrip(" .,;!?\n"))
        return self.context.doc.char_span(start, found.end(), alignment_mode="expand")

    def of_the_pain(self, found: re.Match[str]) -> bool:
        """Tell whether days are those of the pain, and the runner's."""
        span = self.span(found)
        if span is None or self.context.status(span.start, span.end, past_counts=True) in {
            "other",
            "maybe",
            "no",
        }:
            return False
        sentence = span.sent
        near = self.text[
            max(found.start() - 30, sentence.start_char) : min(found.end() + 20, sentence.end_char)
        ]
        if (NOT_ONSET.search(near) and not SINCE.search(near)) or DONE.search(self._clause(found, sentence)):
            return False
        return self._hurts(sentence) or (
            len(sentence) <= FRAGMENT
            and sentence.start > 0
            and self._hurts(self.context.doc[sentence.start - 1].sent, named_is_enough=True)
        )

    def _hurts(self, sentence: Span, *, named_is_enough: bool = False) -> bool:
        words = self.text[sentence.start_char : sentence.end_char]
        named = any(sentence.start <= place < sentence.end for place in self.places)
        return bool(HURTS.search(words) or IT_BEGAN.search(words)) or (
            named
            and (
                named_is_enough or re.search(r"\b(?:seit|nach (?:dem|der|einem|einer))\b", words) is not None
            )
        )

    def _clause(self, found: re.Match[str], sentence: Span) -> str:
        first, last = sentence.start_char, sentence.end_char
        before = [cut.end() for cut in CUT.finditer(self.text, first, found.start())]
        after = [cut.start() for cut in CUT.finditer(self.text, found.end(), last)]
        return self.text[max(before, default=first) : min(after, default=last)]


def _spans(patterns: tuple[str, ...], where: _Where, *, exact: bool) -> Iterator[tuple[int, int, int, bool]]:
    for pattern in patterns:
        for found in islice(re.finditer(pattern, where.text), MOST):
            if not where.of_the_pain(found):
                continue
            said = found.groupdict()
            low = number(said["low"]) if said.get("low") else 1.0
            count = (low + number(said["high"])) / 2 if said.get("high") else low
            days = round(count * UNIT_DAYS[said["unit"]])
            if not exact or days <= 2 * 365:
                yield days, *found.span(), exact and days <= 60


def _dates(where: _Where, told: date) -> Iterator[tuple[int, int, int, bool]]:
    for pattern in ON:
        for found in islice(re.finditer(pattern, where.text), MOST):
            when = day_of(found.groupdict(), told)
            if when is not None and where.of_the_pain(found) and BEGAN.search(where.sentence(found)):
                yield (told - when).days, *found.span(), True


def day_of(said: dict[str, Any], told: date) -> date | None:
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
