"""The day a post was written, where the page gives one; *two years ago* and *03/04/21* give none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january januar jänner", "feb february februar", "mar march mär märz mrz", "apr april", "may mai",
         "jun june juni", "jul july juli", "aug august", "sep sept september", "oct october okt oktober",
         "nov november", "dec december dez dezember"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
MONTH_FIRST = re.compile(
    rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b"
)
DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<name>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)\b"
)
DOTTED = re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)\b")
"""Day, month, year: with dots there is no other order."""
MILLISECONDS = re.compile(r"\d{12,13}")
WHEN = re.compile(
    rf"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|"
    rf"mittwoch|mo|di|mi|do|fr|sa|so)[,.]?\s+)?(?:{MONTH_FIRST.pattern}|{DAY_FIRST.pattern}|{DOTTED.pattern}|"
    r"\d{4}-\d{2}-\d{2})".replace("?P<name>", "?:")
    .replace("?P<day>", "?:")
    .replace("?P<month>", "?:")
    .replace("?P<year>", "?:"),
    re.IGNORECASE,
)
"""A day as forums write it, for readers of pasted text."""


def day_of(words: str | None) -> date | None:
    """Return the day that words give, or None.

    Examples
    --------
    >>> day_of("Fri Mar 05, 2021 3:12 pm"), day_of("2021-03-05T15:12:00Z"), day_of("1614957120000")
    (datetime.date(2021, 3, 5), datetime.date(2021, 3, 5), datetime.date(2021, 3, 5))
    >>> day_of("Fr 5. Mär 2021, 15:12"), day_of("05.03.2021")
    (datetime.date(2021, 3, 5), datetime.date(2021, 3, 5))
    >>> day_of("5 months ago"), day_of("03/04/21"), day_of("Feb 31, 2021")
    (None, None, None)
    """
    if words is None:
        return None
    text = words.strip().lower()[:200]
    if MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC).date()
    found = ISO.search(text) or MONTH_FIRST.search(text) or DAY_FIRST.search(text) or DOTTED.search(text)
    if found is None:
        return None
    parts = found.groupdict()
    month = MONTHS[parts["name"]] if "name" in parts else int(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
