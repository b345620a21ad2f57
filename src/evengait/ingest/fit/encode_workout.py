"""Write a workout that a watch counts: file id, workout, one message a step, repeats by index."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize
from zlib import crc32

from evengait.core.workout import Repeat, Workout, WorkoutStep
from evengait.ingest.fit._profile import FIT_EPOCH_S, enum_values
from evengait.ingest.fit.encode import MessageSpec, encode_messages

if TYPE_CHECKING:
    from datetime import datetime

    from evengait.core.strength_setup import Weights

NAME_LENGTH, NOTE_LENGTH = 15, 48
"""Letters that the displays of common watches show; longer names are cut at a word where one ends."""

_PLAIN = str.maketrans({
    "’": "'", "–": "-", "×": "x", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
})  # fmt: skip
_FILE_ID, _WORKOUT, _STEP = 0, 26, 27
_WORKOUT_FILE, _DEVELOPMENT, _OLD_FORMAT = 5, 255, 32
_TIME, _DISTANCE, _OPEN, _REPEAT, _REPS = 0, 1, 5, 6, 29
_OPEN_TARGET = 2
_KILOGRAM, _POUND = 1, 2
SPORTS = {"running": (1, 0), "walking": (11, 0), "strength": (10, 20)}
INTENSITY = {"active": 0, "rest": 1, "warmup": 2, "recovery": 4}


def encode_workout(workout: Workout, made_at: datetime, weights: Weights = "kg") -> bytes:
    """Return a workout as a FIT file.

    Parameters
    ----------
    workout : Workout
    made_at : datetime
        When the file is made, with its time zone; two workouts of one moment get different serial numbers.
    weights : {"kg", "lb"}
        Unit in which the watch shows weights; they are stored in kg.

    Returns
    -------
    bytes

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> walk = Workout("Walk", "walking", (WorkoutStep("Walk", "time", 1800),))
    >>> encode_workout(walk, datetime(2026, 11, 26, tzinfo=UTC))[8:12]
    b'.FIT'
    """
    rows = _rows(workout, {"kg": _KILOGRAM, "lb": _POUND}[weights])
    sport, finer = SPORTS[workout.sport]
    serial = crc32(repr(workout).encode()) or 1
    second = int(made_at.timestamp()) - FIT_EPOCH_S
    return encode_messages([
        MessageSpec(_FILE_ID, {
            0: ("enum", [_WORKOUT_FILE]), 1: ("uint16", [_DEVELOPMENT]), 2: ("uint16", [0]), 3: ("uint32z", [serial]),
            4: ("uint32", [second]),
        }),
        MessageSpec(_WORKOUT, {
            4: ("enum", [sport]), 5: ("uint32z", [_OLD_FORMAT]), 6: ("uint16", [len(rows)]),
            8: ("string", [short(workout.name, NAME_LENGTH)]), 11: ("enum", [finer]),
        }),
        MessageSpec(_STEP, {
            254: ("uint16", list(range(len(rows)))),
            **{number: (base, [row.get(number) for row in rows]) for number, base in _FIELDS.items()},
        }),
    ])  # fmt: skip


_FIELDS = {
    0: "string", 1: "enum", 2: "uint32", 3: "enum", 4: "uint32", 7: "enum", 8: "string", 10: "uint16", 11: "uint16",
    12: "uint16", 13: "uint16",
}  # fmt: skip
"""Name, duration, its value, target, its value, intensity, notes, exercise category and name, weight, its unit."""


def _rows(workout: Workout, unit: int) -> list[dict[int, int | str | None]]:
    """Return the fields of each step message; a repeat stands behind its steps and points to the first of them."""
    rows: list[dict[int, int | str | None]] = []
    for part in workout.steps:
        if isinstance(part, Repeat):
            first = len(rows)
            rows += [_row(step, unit) for step in part.steps]
            rows.append({1: _REPEAT, 2: first, 4: part.times})
        else:
            rows.append(_row(part, unit))
    return rows


def _row(step: WorkoutStep, unit: int) -> dict[int, int | str | None]:
    kind, scale = {
        "time": (_TIME, 1000),
        "distance": (_DISTANCE, 100),
        "reps": (_REPS, 1),
        "open": (_OPEN, 1),
    }[step.duration]
    category, name = step.exercise
    heavy = step.weight_kg is not None
    return {
        0: short(step.name, NAME_LENGTH),
        1: kind,
        2: None if kind == _OPEN else round(step.value * scale),
        3: _OPEN_TARGET,
        4: 0,
        7: INTENSITY[step.intensity],
        8: short(step.notes, NOTE_LENGTH) or None,
        10: enum_values("exercise_category").get(category),
        11: enum_values(f"{category}_exercise_name").get(name) if category else None,
        12: round(step.weight_kg * 100) if step.weight_kg is not None else None,
        13: unit if heavy else None,
    }


def short(text: str, length: int) -> str:
    """Return plain letters, at most so many, cut where a word ends if one ends in the second half.

    Examples
    --------
    >>> short("Straight-leg deadlift with dumbbells", 15), short("Farmer’s carry", 15), short("Aufwärmen", 15)
    ('Straight-leg', "Farmer's carry", 'Aufwaermen')
    """
    plain = normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()
    if len(plain) <= length:
        return plain
    cut = plain[: length + 1].rpartition(" ")[0]
    return (cut if len(cut) >= length // 2 else plain[:length]).rstrip(" ,-")
