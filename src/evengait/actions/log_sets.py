"""Log the sets of one exercise, and how a workout felt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evengait.actions._exercise_names import exercise_id
from evengait.actions.log_day import check_date
from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.core.reasons import reason_in_words
from evengait.core.strength import StrengthSet
from evengait.storage.records.strength import keep_sets, sets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID


def log_sets(
    runner: UUID,
    exercise: str,
    reps: Sequence[int | None],
    *,
    day: date,
    today: date,
    load_kg: Sequence[float | None] = (),
    rir: Sequence[float | None] = (),
    hold_s: float | None = None,
    side: str | None = None,
    pain: float | None = None,
    kind: str = "working",
    notes: str | None = None,
) -> list[StrengthSet]:
    """Keep sets behind those that the date has of this exercise already, and return them.

    Parameters
    ----------
    exercise : str
        An id or a name of the library, or ``own:<name>``.
    reps : sequence of int or None
        One a set; None = a hold without repetitions.
    load_kg, rir : sequence of float or None
        One a set, or one for all, or none: not written down.

    Raises
    ------
    UsageError
        The exercise is not known, the lists do not fit, a value is out of range, the date lies ahead.
    """
    check_date(day, today)
    name = exercise_id(exercise)
    loads, reserves = _one_each(load_kg, len(reps), "loads"), _one_each(rir, len(reps), "reserves")
    before = [
        s.set_number
        for s in sets_of(runner, day, day)
        if (s.exercise, s.side, s.started) == (name, side, None)
    ]
    start = max(before, default=0) + 1
    try:
        sets = [
            StrengthSet(
                day, name, start + i, count, loads[i], reserves[i], side, hold_s, pain, notes, kind=kind
            )
            for i, count in enumerate(reps)
        ]
    except TableError as error:
        raise UsageError(f"{reason_in_words(str(error))}.") from None
    keep_sets(runner, sets)
    return sets


def _one_each(values: Sequence[float | None], count: int, what: str) -> list[float | None]:
    if len(values) in {0, 1}:
        return [values[0] if values else None] * count
    if len(values) != count:
        raise UsageError(
            say(
                "There are {count} sets and {values} {what}. Give one for each set, or one for all.",
                count=count,
                values=len(values),
                what=what,
            )
        )
    return list(values)


def log_pain(runner: UUID, pain: float, *, day: date, today: date, exercise: str | None = None) -> int:
    """Write the worst pain of a workout on those of its sets that have none, and return how many they were.

    Raises
    ------
    UsageError
        No set was logged on the date, or the pain is no number from 0 to 10.
    """
    check_date(day, today)
    name = exercise_id(exercise) if exercise else None
    sets = [one for one in sets_of(runner, day, day) if name in {None, one.exercise}]
    if not sets:
        raise UsageError("No set was logged on that date. Log the sets first, or name another date.")
    try:
        told = [replace(one, pain_nprs=pain) for one in sets if one.pain_nprs is None]
    except TableError as error:
        raise UsageError(f"{reason_in_words(str(error))}.") from None
    keep_sets(runner, told)
    return len(told)


def forget_sets(runner: UUID, exercise: str, *, day: date) -> int:
    """Take back all sets of an exercise on a date, and return how many they were.

    Raises
    ------
    UsageError
        There is none.
    """
    from evengait.storage.records.strength import forget

    gone = forget(runner, day, exercise_id(exercise))
    if not gone:
        raise UsageError("There is no set of this exercise on that date. Nothing was changed.")
    return gone


def sets_document(sets: Iterable[StrengthSet]) -> list[dict[str, Any]]:
    """Return sets for programs: a row each, every column, null = not asked or not written down."""
    return [
        {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in vars(one).items()} for one in sets
    ]
