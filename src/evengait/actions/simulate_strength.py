"""Live the strength block with a made-up lifter, and check every day what no plan may do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.strength.plan import strength_plan
from evengait.core.diary import DiaryEntry
from evengait.core.strength_setup import StrengthSetup, kit_of
from evengait.knowledge.strength_book import exercises, strength_block
from evengait.simulation.lifter import KINDS, USUAL_MORNING, Lifter

if TYPE_CHECKING:
    from evengait.analysis.strength.plan import StrengthPlan
    from evengait.core.strength import StrengthSet
    from evengait.core.strength_dose import ExerciseDose, StrengthDose

START = date(2026, 1, 5)
LONGEST_DAYS = 120
AHEAD_DAYS = 190
ONE_DAY = timedelta(days=1)


@dataclass
class Lifted:
    """What came of one lifter.

    Attributes
    ----------
    days : int or None
        From the first session to the last; None = not finished.
    changes : Counter of change
        What became of known loads.
    gain_pct : list of float
        Of each lift: its last load against that of its second session, the first after it was found.
    extra : list of float
        Of each set at a planned load: reserve left beyond what was asked.
    broken : list of str
        Promises that were broken; must stay empty.
    """

    kind: str
    days: int | None = None
    changes: Counter[str] = field(default_factory=Counter)
    gain_pct: list[float] = field(default_factory=list)
    extra: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def simulate_strength(seed: int, kind: str, *, days: int = LONGEST_DAYS) -> Lifted:
    """Live one made-up lifter's block; the same for the same seed.

    Parameters
    ----------
    kind : str
        One of ``simulation/lifter.py`` KINDS.
    """
    return _Life(seed, kind).live(days)


class _Life:
    """One lifter's days: the morning's plan, the run, the session, the morning after."""

    def __init__(self, seed: int, kind: str) -> None:
        self.rng = np.random.default_rng([seed, 11])
        self.habits = KINDS[kind]
        self.block, self.book = strength_block(), exercises()
        self.lifter = Lifter(self.habits, self.rng)
        weekdays = tuple(sorted(int(x) for x in self.rng.choice(7, 2, replace=False)))
        if weekdays[1] - weekdays[0] in {1, 6}:
            weekdays = ()
        self.setup = StrengthSetup(kit_of(["gym"]), self.habits.site, weekdays=weekdays)
        self.sets: list[StrengthSet] = []
        usual = (START - (i + 1) * ONE_DAY for i in range(7))
        self.diary = {day: DiaryEntry(day, pain_next_morning_nprs=USUAL_MORNING) for day in usual}
        self.ran: dict[date, bool] = {}
        self.pain: dict[tuple[date, str], tuple[float, float]] = {}
        self.lived = Lifted(kind)
        self.sessions: list[date] = []

    def live(self, days: int) -> Lifted:
        for n in range(days):
            day = START + n * ONE_DAY
            self.ran[day] = day.weekday() in self.habits.hard_days or self.rng.random() < self.habits.surprise
            plan = self._plan(day)
            if plan.finished:
                break
            self._check_plan(plan, day)
            first = plan.days[0] if plan.days else None
            away = 20 <= n < 20 + self.habits.away_days
            if (
                first is not None
                and first.date == day
                and not away
                and self.rng.random() >= self.habits.skips
            ):
                assert first.dose is not None  # noqa: S101 - a session has a dose
                self._session(first.dose, day)  # type: ignore[arg-type]  # a strength day's dose
            else:
                self._morning(day, USUAL_MORNING)
        if self._plan(START + days * ONE_DAY).finished:
            self.lived.days = (self.sessions[-1] - self.sessions[0]).days
        self._check_spacing()
        self._gains()
        return self.lived

    def _plan(self, day: date) -> StrengthPlan:
        ahead = (day + i * ONE_DAY for i in range(1, AHEAD_DAYS))
        runs = self.ran | {d: True for d in ahead if d.weekday() in self.habits.hard_days}
        return strength_plan(
            self.block, self.book, self.setup, start=START, today=day, sets=self.sets, diary=self.diary,
            runs={d: hard for d, hard in runs.items() if hard},
        )  # fmt: skip

    def _session(self, dose: StrengthDose, day: date) -> None:
        limit = self.block.pain.during_max_nprs
        during, morning = self.lifter.hurts(limit)
        for one in dose.exercises:
            self._check_dose(one)
            own = limit + 2 if one.id == self.habits.sore else during
            done = self.lifter.lift(one, day, self.lifter.written(own))
            self.sets += done
            if own is not None and morning is not None:
                self.pain[day, one.id] = (own, morning)
            if one.load_kg is not None and one.role == "heavy":
                self.lived.changes[one.change] += 1
                told = (s.rir for s in done if s.rir is not None and s.load_kg == one.load_kg)
                self.lived.extra += [left - (one.rir or 0) for left in told]
        self.sessions.append(day)
        self._morning(day, morning)

    def _morning(self, day: date, morning: float | None) -> None:
        if self.habits.site is not None:
            told = self.lifter.written(morning)
            self.diary[day] = DiaryEntry(day, pain_next_morning_nprs=told)

    def _check_plan(self, plan: StrengthPlan, day: date) -> None:
        dates = [one.date for one in plan.days]
        behind = self.sessions[-1:]
        if any((b - a).days < 2 for a, b in pairwise([*behind, *dates])):
            self.lived.broken.append(f"{day}: heavy days less than 48 hours apart")
        for one in dates:
            near = [one, one - ONE_DAY]
            if any(self.ran.get(d) or (d > day and d.weekday() in self.habits.hard_days) for d in near):
                self.lived.broken.append(f"{day}: heavy on a hard run's day or on the day after")

    def _check_dose(self, one: ExerciseDose) -> None:
        """Look at one exercise against what the lifter really felt and lifted, not against what the engine knows."""
        if one.side is not None:
            self.lived.broken.append(f"{one.id}: one side alone")
        mine = [s for s in self.sets if s.exercise == one.id]
        if one.load_kg is None:
            return
        if not mine:
            self.lived.broken.append(f"{one.id}: a load out of nowhere")
            return
        last = max(s.date for s in mine)
        before = max(s.load_kg or 0.0 for s in mine if s.date == last)
        step = self.block.loads[one.load].step_kg
        if one.load_kg > before + max(step, 0.101 * before):
            self.lived.broken.append(f"{one.id}: too large a rise")
        felt = self.pain.get((last, one.id))
        if felt is not None and one.load_kg > before:
            during, morning = felt
            if (
                during > self.block.pain.during_max_nprs
                or morning >= USUAL_MORNING + self.block.pain.hold_rise
            ):
                self.lived.broken.append(f"{one.id}: raised after pain")

    def _check_spacing(self) -> None:
        if any((b - a).days < 2 for a, b in pairwise(self.sessions)):
            self.lived.broken.append("sessions done less than 48 hours apart")
        for day in self.sessions:
            if self.ran.get(day) or self.ran.get(day - ONE_DAY):
                self.lived.broken.append(f"{day}: lifted on a hard run's day or on the day after")

    def _gains(self) -> None:
        for exercise in sorted({s.exercise for s in self.sets}):
            loads = [(s.date, s.load_kg) for s in self.sets if s.exercise == exercise and s.load_kg]
            dates = sorted({day for day, _ in loads})
            if len(dates) >= 4 and self.book[exercise].measure == "reps":
                first = max(kg for day, kg in loads if day == dates[1])
                last = max(kg for day, kg in loads if day == dates[-1])
                self.lived.gain_pct.append(100 * (last / first - 1))
