"""One logged set of a strength exercise, as the log, the desk and the loads of the block share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evengait.core.columns import table
from evengait.core.errors import TableError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    import datetime as dt

NAME_LENGTH = 120


@dataclass(frozen=True)
class StrengthSet:
    """One set: what was lifted or held, how hard it was, whether it hurt. Columns: ``columns.toml`` [strength_sets].

    Attributes
    ----------
    date : date
        The runner's local date.
    exercise : str
        Id of the exercise library, or ``own:<name>`` for one that the library lacks.
    set_number : int
        1, 2, …: position within its exercise and workout, warm-up sets counted.
    reps : int or None
        Repetitions, each side's own where ``side`` is given; null = a hold, or not written down.
    load_kg : float or None
        Load added to the body; null = none, or not known. Never filled in with 0.
    rir : float or None
        Repetitions in reserve, 0 to 10; null = not asked.
    side : {"left", "right"} or None
        Null = both legs together, or not said.
    hold_s : float or None
        Seconds held, each hold; null = not a hold.
    pain_nprs : float or None
        Pain during the set, 0 to 10; null = not asked, which is not 0.
    notes : str or None
        The runner's own words; never in a log or an error.
    source : str
        ``evengait``, or the program whose export it came from: ``strong``, ``hevy``.
    kind : {"working", "warm_up", "drop", "failure"}
        Only working and failure sets are used to estimate a load.
    started : time or None
        Local time at which the workout began: tells two workouts of one day apart.

    Raises
    ------
    TableError
        A value is outside what its column allows, or the set has neither repetitions nor a hold.

    Examples
    --------
    >>> from datetime import date
    >>> StrengthSet(date(2026, 11, 24), "barbell_squat", 1, reps=8, load_kg=60.0, rir=3).key
    (datetime.date(2026, 11, 24), None, 'barbell_squat', None, 1)
    """

    date: dt.date
    exercise: str
    set_number: int
    reps: int | None = None
    load_kg: float | None = None
    rir: float | None = None
    side: str | None = None
    hold_s: float | None = None
    pain_nprs: float | None = None
    notes: str | None = None
    source: str = "evengait"
    kind: str = "working"
    started: dt.time | None = None

    def __post_init__(self) -> None:
        for name, column in table("strength_sets").items():
            value = getattr(self, name)
            if value is None:
                continue
            # `not low <= value <= high` is true for NaN as well.
            if column.range and not column.range[0] <= value <= column.range[1]:
                low, high = column.range
                raise TableError(
                    kept(
                        "{name}: a set holds {low:g} to {high:g}; mend the value",
                        name=name,
                        low=low,
                        high=high,
                    ),
                    column=name,
                )
            if column.values and value not in column.values:
                raise TableError(
                    kept("{name}: choose one of {names}", name=name, names=", ".join(column.values)),
                    column=name,
                )
        if not self.exercise.strip():
            raise TableError(kept("exercise: a set names its exercise"), column="exercise")
        if len(self.exercise) > NAME_LENGTH:
            raise TableError(
                kept(
                    "exercise: a name has at most {NAME_LENGTH} letters; shorten it", NAME_LENGTH=NAME_LENGTH
                ),
                column="exercise",
            )
        if self.reps is None and self.hold_s is None:
            raise TableError(
                kept("reps: a set has repetitions or seconds held; write one of them"), column="reps"
            )

    @property
    def key(self) -> tuple[dt.date, dt.time | None, str, str | None, int]:
        """What makes a set the same set: its date, workout, exercise, side and number."""
        return (self.date, self.started, self.exercise, self.side, self.set_number)
