"""Days of a diary in lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.diary import OVERUSE_ITEMS, substantial_problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.core.diary import DiaryEntry

_PAINS = {
    "pain_rest_nprs": "at rest", "pain_daily_nprs": "in everyday life", "pain_night_nprs": "at night",
    "pain_during_nprs": "during the run", "pain_after_nprs": "after it", "pain_next_morning_nprs": "next morning",
}  # fmt: skip
_SIGNS = {
    "limp": ("limp", "no limp"), "bone_pain": ("one spot of bone hurt", "no bone pain"),
    "numb_or_weak": ("a leg numb or weak", "no leg numb or weak"), "illness": ("ill", "not ill"),
}  # fmt: skip


def as_lines(entries: Iterable[DiaryEntry]) -> str:
    """Return one line per day, oldest first; what was not told is not there."""
    lines = [_line(entry) for entry in entries]
    return "\n".join(lines) or "Nothing is logged yet. Begin with: evengait log --pain-during 2"


def _line(entry: DiaryEntry) -> str:
    parts = [
        f"{words} {getattr(entry, name):g}"
        for name, words in _PAINS.items()
        if getattr(entry, name) is not None
    ]
    parts = [f"pain {', '.join(parts)}"] if parts else []
    for name, (yes, no) in _SIGNS.items():
        value = getattr(entry, name)
        if value is not None:
            parts.append(yes if value else no)
    for name in ("aids", "exercises"):
        ids = getattr(entry, name)
        if ids is not None:
            parts.append(f"{name}: {', '.join(ids) or 'none'}")
    if entry.sleep_h is not None:
        parts.append(f"slept {entry.sleep_h:g} h")
    if entry.overuse_score is not None:
        much = ", a substantial problem by its rule" if substantial_problem(entry) else ""
        parts.append(f"overuse score {entry.overuse_score}{much}")
    elif any(getattr(entry, item) is not None for item in OVERUSE_ITEMS):
        parts.append("overuse questions answered in part")
    if entry.notes:
        parts.append(entry.notes.replace("\n", " / "))
    return f"{entry.date}  {' · '.join(parts)}"
