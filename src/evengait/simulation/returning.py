"""Runners on their way back, made up: what they do with a planned day, and what they write down of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.core.diary import DiaryEntry

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.plan import RunDose


@dataclass(frozen=True)
class Habits:
    """How a runner follows a plan. Shares are chances a day or a run.

    Attributes
    ----------
    skips, extra, overdoes : float
        Leaves a planned run out; runs on a free day; runs up to twice what was planned.
    told : float
        A value of the diary is written down.
    flares, limps : float
        A run is followed by pain above what the tissue accepts; by a limp.
    noise_nprs : float
        Largest ordinary pain, at most what counts as calm.
    ill : float
        A day is spent ill.
    away_from, away_days : int
        Days after the start on which a holiday without running begins, and how long it lasts.
    stopped_from, stopped_days : int
        Days after the start on which the red-flag questions say stop, and how long until a clinician clears it.
    """

    skips: float = 0.0
    extra: float = 0.0
    overdoes: float = 0.0
    told: float = 1.0
    flares: float = 0.0
    limps: float = 0.0
    noise_nprs: float = 0.0
    ill: float = 0.0
    away_from: int = 10_000
    away_days: int = 0
    stopped_from: int = 10_000
    stopped_days: int = 0


KINDS: dict[str, Habits] = {
    "steady": Habits(),
    "achy": Habits(noise_nprs=1.0),
    "forgetful": Habits(told=0.9),
    "busy": Habits(skips=0.25),
    "eager": Habits(extra=0.15, overdoes=0.1),
    "flaring": Habits(flares=0.06, noise_nprs=1.0),
    "limping": Habits(limps=0.03),
    "traveller": Habits(away_from=40, away_days=16),
    "ill": Habits(ill=0.02),
    "injured again": Habits(stopped_from=60, stopped_days=35),
    "silent": Habits(told=0.0),
    "never cleared": Habits(stopped_from=0, stopped_days=10_000),
}
"""One set of habits for everything that can happen to a plan."""
WITHOUT_SETBACKS = ("steady",)


@dataclass(frozen=True)
class Ran:
    """What a made-up runner did on a date. Times in s, distances in m."""

    date: date
    run_s: float
    walk_s: float
    longest_run_s: float
    distance_m: float
    ascent_m: float
    fast_m: float


@dataclass
class Returner:
    """One made-up runner with her luck; ask for each date once, in order.

    Parameters
    ----------
    habits : Habits
    start : date
        First day of the plan.
    seed : int
    speed_m_s : float
        At which she runs easily.
    """

    habits: Habits
    start: date
    seed: int
    speed_m_s: float = 2.9

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng([self.seed, 77])
        self._ill_until: date | None = None

    def away(self, day: date) -> bool:
        """Tell whether she is on holiday, without running."""
        n = (day - self.start).days
        return self.habits.away_from <= n < self.habits.away_from + self.habits.away_days

    def stopped(self, day: date) -> bool:
        """Tell whether the questions said stop and nobody has cleared it yet."""
        n = (day - self.start).days
        return self.habits.stopped_from <= n < self.habits.stopped_from + self.habits.stopped_days

    def run(self, day: date, dose: RunDose | None, longest_m: float) -> Ran | None:
        """Return what she runs on a date.

        Parameters
        ----------
        dose : RunDose or None
            What the plan has; None = nothing.
        longest_m : float
            Her longest run lately, for a run of her own.  [m]
        """
        luck = self._rng.random(4)
        if self.away(day) or self.stopped(day) or self._ill(day):
            return None
        if dose is None:
            if luck[0] >= self.habits.extra:
                return None
            return self._steady(day, max(3000.0, 0.8 * longest_m))
        if luck[1] < self.habits.skips:
            return None
        more = 1.0 + luck[3] if luck[2] < self.habits.overdoes else self._rng.normal(0.99, 0.006)
        if dose.distance_m is not None:
            return self._steady(day, dose.distance_m * more, dose)
        run_s, walk_s = dose.running_s * more, float(dose.repeats * dose.walk_s)
        metres = run_s * self.speed_m_s + walk_s * 1.5
        return Ran(day, run_s, walk_s, dose.run_s * more, metres, 0.004 * metres, 0.0)

    def _steady(self, day: date, metres: float, dose: RunDose | None = None) -> Ran:
        seconds = metres / self.speed_m_s
        climb = min(dose.climb_m, 0.03 * metres) if dose and dose.climb_m is not None else 0.004 * metres
        fast = dose.fast_m or 0.0 if dose else 0.0
        return Ran(day, seconds, 0.0, seconds, metres, climb, fast)

    def entry(self, day: date, ran: Ran | None) -> DiaryEntry:
        """Return what she writes down of a date, the next morning included."""
        habits, luck = self.habits, self._rng.random(8)
        noise = float(np.round(self._rng.uniform(0, habits.noise_nprs) * 2) / 2)
        entry = DiaryEntry(day, pain_daily_nprs=noise, pain_next_morning_nprs=noise, illness=self._ill(day))
        if ran is not None:
            during, morning, limp = noise, noise, bool(luck[0] < habits.limps)
            if luck[1] < habits.flares:
                during, morning = (4.0, noise) if luck[2] < 0.5 else (noise, noise + 3.0)
            entry = replace(
                entry,
                pain_during_nprs=during,
                pain_after_nprs=during,
                pain_next_morning_nprs=morning,
                limp=limp,
            )
        untold: dict[str, Any] = {
            name: None
            for name, chance in zip(
                ("pain_daily_nprs", "pain_during_nprs", "pain_next_morning_nprs", "pain_after_nprs", "illness"),
                luck[3:], strict=True,
            )
            if chance >= habits.told
        }  # fmt: skip
        return replace(entry, limp=entry.limp if habits.told else None, **untold)

    def _ill(self, day: date) -> bool:
        if self._ill_until is None or self._ill_until < day:
            sick = np.random.default_rng([self.seed, 78, day.toordinal()]).random() < self.habits.ill
            self._ill_until = day + timedelta(days=4) if sick else None
        return self._ill_until is not None
