"""The dose of a strength day: the same for plan, calendar, watch and paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ROLES = ("heavy", "trunk", "carry", "clinician")
CHANGES = ("find", "raise", "step", "hold", "cut", "later", "none")
"""What became of a load: to be found, raised, raised as the week asks for heavier sets, held, cut; told only after the
session before; no load to add."""


@dataclass(frozen=True)
class WarmUpSet:
    """A lighter set before the first heavy one."""

    reps: int
    load_kg: float


@dataclass(frozen=True)
class ExerciseDose:
    """One exercise of a strength day.

    Attributes
    ----------
    id : str
        Of the exercise library.
    sets : int
    reps : (int, int) or None
        Fewest and most repetitions of a set; None = a carry or one long hold.
    rir : float or None
        Repetitions in reserve at which a set ends; None = not an effort to count.
    load_kg : float or None
        Load added to the body; None = none to add, or not known yet: see ``change``.
    hold_s : int or None
        Seconds of each hold; None = no hold.
    each_side : bool
        Sets and repetitions are for each side.
    tempo : str or None
        Seconds down, held, up, as ``3-0-3``.
    why : str
        Plain sentences: why this load; empty = nothing special today.
    name : str
        For people.
    role : str
        One of ``ROLES``.
    load : str
        Kind of load (``core/exercise.py`` LOADS).
    change : str
        One of ``CHANGES``.
    side : str or None
        Only what a clinician entered for one side alone has one.
    rest_s : int
        Between sets.
    warm_up : tuple of WarmUpSet
    how : tuple of str
        How it is done, a sentence a step.
    watch : (category, name)
        In the words of the FIT profile.
    evidence : tuple of str
        Ids of ``knowledge/evidence`` behind the load.
    """

    id: str
    sets: int
    reps: tuple[int, int] | None = None
    rir: float | None = None
    load_kg: float | None = None
    hold_s: int | None = None
    each_side: bool = False
    tempo: str | None = None
    why: str = ""
    name: str = ""
    role: str = "heavy"
    load: str = "body"
    change: str = "none"
    side: str | None = None
    rest_s: int = 0
    warm_up: tuple[WarmUpSet, ...] = ()
    how: tuple[str, ...] = ()
    watch: tuple[str, str] = ("", "")
    evidence: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """About how long its sets and rests take; a repetition counted as six seconds."""
        one = (self.reps[1] if self.reps else 1) * (self.hold_s + 2 if self.hold_s else 6)
        sides = 2 if self.each_side else 1
        return self.sets * (one * sides + self.rest_s) + 60 * len(self.warm_up)

    def to_json(self) -> dict[str, Any]:
        """Return one exercise of ``plan --json``."""
        return {
            "id": self.id, "sets": self.sets, "reps": list(self.reps) if self.reps else None, "rir": self.rir,
            "load_kg": self.load_kg, "hold_s": self.hold_s, "each_side": self.each_side, "tempo": self.tempo,
            "why": self.why, "name": self.name, "role": self.role, "load": self.load, "load_change": self.change,
            "side": self.side, "rest_s": self.rest_s,
            "warm_up": [{"reps": one.reps, "load_kg": one.load_kg} for one in self.warm_up],
            "evidence": list(self.evidence),
        }  # fmt: skip


@dataclass(frozen=True)
class StrengthDose:
    """The exercises of a strength day, in order.

    Attributes
    ----------
    session, week : int
        Of the block, from 1; 0 = no block.
    warm_up : str
        What comes before, for people.
    left_out : tuple of str
        A sentence for each part of the block that could not be filled.
    """

    exercises: tuple[ExerciseDose, ...]
    session: int = 0
    week: int = 0
    warm_up: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """About how long it takes with five minutes of warm-up, to the next five minutes."""
        return 5 * round((300 + sum(exercise.seconds for exercise in self.exercises)) / 300)

    def to_json(self) -> dict[str, Any]:
        """Return the prescription of ``plan --json``."""
        return {
            "exercises": [exercise.to_json() for exercise in self.exercises], "session": self.session,
            "week": self.week, "minutes": self.minutes, "warm_up": self.warm_up, "left_out": list(self.left_out),
        }  # fmt: skip
