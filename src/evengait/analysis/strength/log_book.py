"""The log, by exercise and date: what was worked at, whether it was reached, whether it was too heavy or too light."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from evengait.analysis.strength.one_rep_max import factor, reserve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from evengait.core.exercise import Exercise
    from evengait.core.strength import StrengthSet
    from evengait.core.strength_block import BlockWeek, Progress


@dataclass(frozen=True)
class Worked:
    """The working sets of one exercise on one date.

    Attributes
    ----------
    sets : tuple of StrengthSet
        Working and failure sets, in order; at least one.
    """

    date: date
    sets: tuple[StrengthSet, ...]

    def base(self, asked: BlockWeek) -> float | None:
        """Return the load to go on from: the heaviest at which a set did what was asked, else the lightest lifted.

        A reserve that was not told does not speak against a set. None where no load was written down.  [kg]
        """
        loads = [one.load_kg for one in self.sets if one.load_kg]
        met = [
            one.load_kg
            for one in self.sets
            if one.load_kg
            and self._reps(one, asked.reps[0])
            and (reserve(one) is None or not _hard(one, asked, 1))
        ]
        return max(met) if met else min(loads, default=None)

    def reached(self, asked: BlockWeek, sets: int) -> bool:
        """Whether every set, and as many as asked, had the top repetitions and the asked reserve. Not told is no."""
        at_it = self._at_base(asked)
        top = all(self._reps(one, asked.reps[1]) and _left(one, asked.rir) for one in at_it)
        sides = 2 if any(one.side for one in at_it) else 1
        return top and len(at_it) >= sets * sides

    def too_heavy(self, asked: BlockWeek, rules: Progress) -> bool:
        """Whether at least half of the sets at ``base`` fell short of repetitions, or had far less reserve."""
        short = [
            (one.reps is not None and one.reps < asked.reps[0]) or _hard(one, asked, rules.too_heavy_rir)
            for one in self._at_base(asked)
        ]
        return 2 * sum(short) >= len(short)

    def too_light(self, asked: BlockWeek, rules: Progress) -> bool:
        """Whether every set at ``base`` left far more in reserve than asked."""
        return all(
            self._reps(one, asked.reps[0]) and _left(one, asked.rir + rules.too_light_rir)
            for one in self._at_base(asked)
        )

    def _at_base(self, asked: BlockWeek) -> list[StrengthSet]:
        """Return the sets at the load to go on from: where one looked for a load, the others speak of other loads."""
        base = self.base(asked)
        return [one for one in self.sets if base is None or one.load_kg == base]

    def capacity(self, base: float, rules: Progress) -> float | None:
        """Return the one repetition maximum of the sets at the load ``base``; None where no reserve was told [kg].

        Reserves are counted up to ``formula_rir_max``: above, people misjudge them.
        """
        found = [
            base * factor(one.reps, min(left, rules.formula_rir_max), rules)
            for one in self.sets
            if one.load_kg == base and one.reps and (left := reserve(one)) is not None
        ]
        return median(found) if found else None

    @cached_property
    def pain(self) -> float | None:
        """Worst pain of its sets; None = not asked."""
        return max((one.pain_nprs for one in self.sets if one.pain_nprs is not None), default=None)

    @staticmethod
    def _reps(one: StrengthSet, least: int) -> bool:
        return one.reps is not None and one.reps >= least


def _left(one: StrengthSet, least: float) -> bool:
    left = reserve(one)
    return left is not None and left >= least


def _hard(one: StrengthSet, asked: BlockWeek, below: float) -> bool:
    left = reserve(one)
    return left is not None and left <= asked.rir - below


def by_exercise(sets: Iterable[StrengthSet]) -> dict[str, list[Worked]]:
    """Return each exercise's working sets by date, oldest first."""
    found: defaultdict[str, defaultdict[date, list[StrengthSet]]] = defaultdict(lambda: defaultdict(list))
    for one in sets:
        if one.kind in {"working", "failure"}:
            found[one.exercise][one.date].append(one)
    return {
        exercise: [Worked(day, tuple(days[day])) for day in sorted(days)] for exercise, days in found.items()
    }


def session_dates(sets: Iterable[StrengthSet], book: Mapping[str, Exercise], start: date) -> list[date]:
    """Return the dates on or after ``start`` with a working set of the library's lifts: the sessions done."""
    return sorted(
        {
            one.date
            for one in sets
            if one.kind in {"working", "failure"}
            and one.date >= start
            and one.exercise in book
            and book[one.exercise].measure == "reps"
        }
    )
