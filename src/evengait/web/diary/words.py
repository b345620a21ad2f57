"""A day of the diary in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.language import Said, say
from evengait.report.trial import plainly

if TYPE_CHECKING:
    from evengait.core.diary import DiaryEntry

SHORT = Said(
    {
        "pain_during_nprs": "running",
        "pain_after_nprs": "after",
        "pain_next_morning_nprs": "next morning",
        "pain_daily_nprs": "everyday",
        "pain_rest_nprs": "at rest",
        "pain_night_nprs": "at night",
    }
)
SIGNS = Said(
    {
        "limp": "limped",
        "bone_pain": "bone hurt",
        "numb_or_weak": "numb or weak",
        "illness": "ill",
    }
)


def day_line(entry: DiaryEntry) -> str:
    """Return what was said of a day; a no is said too, what was not asked is left out.

    Examples
    --------
    >>> from datetime import date
    >>> from evengait.core.diary import DiaryEntry
    >>> day_line(DiaryEntry(date(2026, 11, 8), pain_during_nprs=2, limp=False, aids=("si_belt",)))
    'Pain of 10: 2 running. Not limped. SI belt.'
    """
    pains = [
        f"{getattr(entry, name):g} {word}" for name, word in SHORT.items() if getattr(entry, name) is not None
    ]
    parts = [say("Pain of 10: {join}", join=", ".join(pains))] if pains else []
    signs = [
        word if getattr(entry, name) else say("not {word}", word=word)
        for name, word in SIGNS.items()
        if getattr(entry, name) is not None
    ]
    parts += [", ".join(signs)] if signs else []
    for name, none in (("aids", say("no aid")), ("exercises", say("no exercise"))):
        told = getattr(entry, name)
        if told is not None:
            parts.append(", ".join(plainly(one) for one in told) or none)
    if entry.sleep_h is not None:
        parts.append(say("slept {sleep_h:g} h", sleep_h=entry.sleep_h))
    if entry.overuse_score is not None:
        parts.append(say("weekly score {overuse_score}", overuse_score=entry.overuse_score))
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)
