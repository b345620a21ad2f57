"""Made-up lifters: what they can lift, how sure they are of their reserve, what hurts, what they write down."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from evengait.core.strength import StrengthSet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy as np

    from evengait.core.strength_dose import ExerciseDose


@dataclass(frozen=True)
class LiftingHabits:
    """What sets one kind of lifter apart.

    Attributes
    ----------
    site : str or None
        Where it hurts.
    flare : float
        Share of sessions after which it hurts more: during, on the morning after, or both.
    sore : str
        An exercise that always hurts above the limit; empty = none.
    forgets : float
        Share of values (reserve, pain, morning) that are not written down.
    silent : bool
        Writes down no pain at all.
    skips : float
        Share of planned sessions left out.
    heavier : float
        Share of exercises done 15 % heavier than planned.
    away_days : int
        Days of a holiday without lifting, in the middle.
    hard_days : tuple of int
        Weekdays of hard runs, 0 = Monday.
    surprise : float
        Share of other days that become a hard run unplanned.
    """

    site: str | None = None
    flare: float = 0.0
    sore: str = ""
    forgets: float = 0.0
    silent: bool = False
    skips: float = 0.0
    heavier: float = 0.0
    away_days: int = 0
    hard_days: tuple[int, ...] = (1, 5)
    surprise: float = 0.0


KINDS: Mapping[str, LiftingHabits] = MappingProxyType(
    {
        "well": LiftingHabits(),
        "achy": LiftingHabits("foot"),
        "flaring": LiftingHabits("foot", flare=0.15),
        "one that hurts": LiftingHabits("foot", sore="barbell_squat"),
        "forgetful": LiftingHabits("foot", forgets=0.15),
        "silent": LiftingHabits("foot", silent=True),
        "busy": LiftingHabits(skips=0.25),
        "eager": LiftingHabits(heavier=0.2),
        "traveller": LiftingHabits(away_days=18),
        "runs hard": LiftingHabits("foot", hard_days=(1, 3, 5), surprise=0.1),
    }
)
"""A site that spares none of a gym's exercises at first, so that all kinds lift the same."""

MOST_KG = {
    "barbell": (60.0, 120.0),
    "machine": (90.0, 180.0),
    "dumbbell": (24.0, 44.0),
    "dumbbell_pair": (44.0, 90.0),
}
USUAL_MORNING = 1.0
FINDING_SETS = 6
"""Sets in which a load is looked for, the first ones light."""


@dataclass
class Lifter:
    """One lifter's body, from a generator alone.

    Attributes
    ----------
    habits : LiftingHabits
    rng : Generator
    most : dict of exercise to kg
        What could be lifted once, on a usual day; grows with each session.
    """

    habits: LiftingHabits
    rng: np.random.Generator
    most: dict[str, float] = field(default_factory=dict)
    gain: float = 0.0

    def __post_init__(self) -> None:
        self.gain = float(self.rng.uniform(0.003, 0.012))

    def lift(self, dose: ExerciseDose, day: date, during: float | None) -> list[StrengthSet]:
        """Return the sets done of one exercise, as they are written down."""
        if dose.load in {"body", "band"} or dose.reps is None or dose.rir is None:
            return self._held(dose, day, during)
        most = self.most.setdefault(dose.id, float(self.rng.uniform(*MOST_KG[dose.load])))
        form = most * float(self.rng.normal(1.0, 0.025))
        self.most[dose.id] = most * (1 + self.gain)
        load = dose.load_kg
        heavier = self.rng.random() < self.habits.heavier
        if load is not None and heavier:
            load *= 1.15
        sets: list[StrengthSet] = []
        for number in range(dose.sets if dose.load_kg is not None else FINDING_SETS):
            if dose.load_kg is None:
                load = self._try(load, form, dose, sets)
            assert load is not None  # noqa: S101 - tried or told
            reps, left = self._set(load, form * 0.985**number, dose)
            sets.append(
                StrengthSet(
                    day, dose.id, number + 1, reps, load, self._told(left), pain_nprs=self._told(during)
                )
            )
        return sets

    def _try(self, before: float | None, form: float, dose: ExerciseDose, sets: list[StrengthSet]) -> float:
        """Return the next load while one looks for it: a light one, then more while the reserve is large."""
        if before is None:
            return round(form * float(self.rng.uniform(0.4, 0.6)), 1)
        left = sets[-1].rir
        return before if left is None or dose.rir is None or left <= dose.rir else round(before * 1.12, 1)

    def _set(self, load: float, form: float, dose: ExerciseDose) -> tuple[int, float]:
        """Return repetitions done, and the reserve as it is felt: half a repetition off, more where it is large."""
        assert dose.reps is not None  # noqa: S101 - asked before
        assert dose.rir is not None  # noqa: S101 - asked before
        possible = max(0.0, 30 * (form / load - 1))
        reps = int(max(1, min(dose.reps[1], possible - dose.rir + 1)))
        left = max(0.0, possible - reps)
        felt = left + float(self.rng.normal(0, 0.4 + 0.1 * left))
        return reps, float(min(10, max(0, round(felt))))

    def _held(self, dose: ExerciseDose, day: date, during: float | None) -> list[StrengthSet]:
        return [
            StrengthSet(
                day, dose.id, number + 1, dose.reps[0] if dose.reps else None, dose.load_kg, None,
                hold_s=float(dose.hold_s) if dose.hold_s else None, pain_nprs=self._told(during),
            )
            for number in range(dose.sets)
        ]  # fmt: skip

    def hurts(self, limit: float) -> tuple[float | None, float | None]:
        """Return pain during a session and on the morning after; None where no site hurts."""
        if self.habits.site is None:
            return None, None
        during, morning = float(self.rng.integers(0, 2)), USUAL_MORNING
        if self.rng.random() < self.habits.flare:
            if self.rng.random() < 0.6:
                during = limit + float(self.rng.integers(1, 4))
            if during <= limit or self.rng.random() < 0.5:
                morning += float(self.rng.integers(1, 5))
        return during, morning

    def _told(self, value: float | None) -> float | None:
        return None if self.rng.random() < self.habits.forgets else value

    def written(self, pain: float | None) -> float | None:
        """Return a pain as it is written down, None where it is not."""
        return None if self.habits.silent else self._told(pain)
