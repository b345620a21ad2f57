"""Days of a diary in lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.diary import OVERUSE_ITEMS, substantial_problem
from evengait.core.language import Said, figures, marked, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.core.diary import DiaryEntry

_PAINS = Said({
    "pain_rest_nprs": "at rest", "pain_daily_nprs": "in everyday life", "pain_night_nprs": "at night",
    "pain_during_nprs": "during the run", "pain_after_nprs": "after it", "pain_next_morning_nprs": "next morning",
})  # fmt: skip
_SIGNS = {
    "limp": (marked("limp"), marked("no limp")),
    "bone_pain": (marked("one spot of bone hurt"), marked("no bone pain")),
    "numb_or_weak": (marked("a leg numb or weak"), marked("no leg numb or weak")),
    "illness": (marked("ill"), marked("not ill")),
}  # fmt: skip
_LISTS = Said({"aids": "aids", "exercises": "exercises"})


def as_lines(entries: Iterable[DiaryEntry]) -> str:
    """Return one line per day, oldest first; what was not told is not there."""
    lines = [_line(entry) for entry in entries]
    return "\n".join(lines) or say("Nothing is logged yet. Begin with: evengait log --pain-during 2")


def _line(entry: DiaryEntry) -> str:
    parts = [
        figures(f"{words} {getattr(entry, name):g}")
        for name, words in _PAINS.items()
        if getattr(entry, name) is not None
    ]
    parts = [say("pain {names}", names=", ".join(parts))] if parts else []
    for name, (yes, no) in _SIGNS.items():
        value = getattr(entry, name)
        if value is not None:
            parts.append(say(yes if value else no))
    for name, told in _LISTS.items():
        ids = getattr(entry, name)
        if ids is not None:
            parts.append(f"{told}: {', '.join(ids) or say('none')}")
    if entry.sleep_h is not None:
        parts.append(say("slept {sleep_h:g} h", sleep_h=entry.sleep_h))
    if entry.overuse_score is not None:
        much = say(", a substantial problem by its rule") if substantial_problem(entry) else ""
        parts.append(say("overuse score {overuse_score}{much}", overuse_score=entry.overuse_score, much=much))
    elif any(getattr(entry, item) is not None for item in OVERUSE_ITEMS):
        parts.append(say("overuse questions answered in part"))
    if entry.notes:
        parts.append(entry.notes.replace("\n", " / "))
    return f"{entry.date}  {' · '.join(parts)}"
