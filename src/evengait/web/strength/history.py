"""The log of sets by day, by exercise, and by side."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from evengait.core.language import say
from evengait.core.strength_setup import weight
from evengait.knowledge.strength_book import exercises

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from evengait.core.strength import StrengthSet
    from evengait.core.strength_setup import Weights

SIDES = ("left", "right", None)


def name_of(exercise: str) -> str:
    """Return what an exercise is called."""
    book = exercises()
    return book[exercise].name if exercise in book else exercise.removeprefix("own:")


def key_of(exercise: str) -> str:
    """Return an exercise's part of an address: its id; of one of the runner's own, nothing of its name."""
    if exercise in exercises():
        return exercise
    return f"own-{hashlib.sha256(exercise.encode()).hexdigest()[:12]}"


def set_words(one: StrengthSet, weights: Weights) -> str:
    """Return a set.

    Examples
    --------
    >>> from datetime import date
    >>> from evengait.core.strength import StrengthSet
    >>> set_words(StrengthSet(date(2026, 11, 8), "squat", 1, reps=8, rir=3, pain_nprs=0), "kg")
    '8, 3 in reserve, pain 0'
    """
    parts = [str(one.reps)] if one.reps is not None else []
    parts += [f"{one.hold_s:g} s"] if one.hold_s is not None else []
    text = " × ".join(parts)
    text += f" × {weight(one.load_kg, weights)}" if one.load_kg is not None else ""
    text += say(", {rir:g} in reserve", rir=one.rir) if one.rir is not None else ""
    text += say(", pain {pain_nprs:g}", pain_nprs=one.pain_nprs) if one.pain_nprs is not None else ""
    return text + {"warm_up": ", warm-up", "drop": say(", drop set"), "failure": say(", to failure")}.get(
        one.kind, ""
    )


def by_day(sets: Iterable[StrengthSet], weights: Weights) -> list[dict[str, Any]]:
    """Return the days with their exercises and sets, latest first."""
    found: dict[date, dict[tuple[str, str | None], list[str]]] = {}
    for one in sets:
        day = found.setdefault(one.date, {})
        day.setdefault((one.exercise, one.side), []).append(set_words(one, weights))
    return [
        {
            "date": day,
            "exercises": [
                {"exercise": name, "name": name_of(name), "key": key_of(name), "side": side, "sets": said}
                for (name, side), said in rows.items()
            ],
        }
        for day, rows in sorted(found.items(), reverse=True)
    ]


def by_exercise(sets: Sequence[StrengthSet], weights: Weights) -> list[dict[str, Any]]:
    """Return every exercise with how often, when last, and the heaviest set of that day."""
    found: dict[str, list[StrengthSet]] = {}
    for one in sets:
        found.setdefault(one.exercise, []).append(one)
    rows = []
    for name, some in found.items():
        last = max(one.date for one in some)
        loads = [one.load_kg for one in some if one.date == last and one.load_kg is not None]
        rows.append(
            {
                "name": name_of(name),
                "key": key_of(name),
                "days": len({one.date for one in some}),
                "last": last,
                "heaviest": weight(max(loads), weights) if loads else "",
            }
        )
    return sorted(rows, key=lambda row: (row["last"], row["days"]), reverse=True)


def sides_of(sets: Sequence[StrengthSet], weights: Weights) -> dict[str, Any]:
    """Return one exercise by day, a column a side; only sides that were told have one."""
    sides = [side for side in SIDES if any(one.side == side for one in sets)]
    days: dict[date, dict[str | None, list[str]]] = {}
    for one in sets:
        days.setdefault(one.date, {}).setdefault(one.side, []).append(set_words(one, weights))
    name = sets[0].exercise
    return {
        "name": name_of(name),
        "id": name if name in exercises() else "",
        "sides": [say("both together") if side is None else say(side) for side in sides],
        "days": [
            (day, [rows.get(side, []) for side in sides]) for day, rows in sorted(days.items(), reverse=True)
        ],
    }
