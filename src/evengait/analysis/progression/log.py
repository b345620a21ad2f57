"""Everything that happened, by date: runs, walks, the diary, screenings, words. And what its windows hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.progression.done import DayDone, SessionDone
    from evengait.core.diary import DiaryEntry
    from evengait.core.plan_change import PlanChange
    from evengait.core.plan_record import Passed

_PAINS = ("pain_daily_nprs", "pain_during_nprs", "pain_after_nprs", "pain_next_morning_nprs")


@dataclass(frozen=True)
class Screened:
    """What the red-flag questions said of running on a date.

    Attributes
    ----------
    running : {"stop", "restrict", "continue"}
    rule : str
        The most urgent one that says stop; empty = none does.
    because : tuple of str
        Its words.
    conditions : tuple of str
        What to ask a clinician about, of the rules that say stop.
    """

    on: date
    running: str
    rule: str = ""
    because: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass
class Log:
    """The facts a plan is replayed from.

    Attributes
    ----------
    runs : dict of date to DayDone
        Dates with running, those before the plan too: the longest of 30 days may lie there.
    walks : dict of date to SessionDone
        The longest walk of a date.
    diary : dict of date to DiaryEntry
    screenings : list of Screened
        Oldest first.
    words : list of Passed
        Gates passed by word, and a clinician's clearances; oldest first.
    changes : list of PlanChange
        What the runner agreed on, as far as it was not taken back; oldest first.
    """

    runs: dict[date, DayDone] = field(default_factory=dict)
    walks: dict[date, SessionDone] = field(default_factory=dict)
    diary: dict[date, DiaryEntry] = field(default_factory=dict)
    screenings: list[Screened] = field(default_factory=list)
    words: list[Passed] = field(default_factory=list)
    changes: list[PlanChange] = field(default_factory=list)

    def agreed(self, kind: str, day: date) -> PlanChange | None:
        """Return the change of a kind that holds on a date, the one that holds back most; None where none does."""
        found = [one for one in self.changes if one.kind == kind and one.holds(day)]
        if kind == "cap":
            return min(found, key=lambda one: one.distance_m or 0.0, default=None)
        return max(found, key=lambda one: one.last_on or date.max, default=None)

    def screened(self, day: date) -> Screened | None:
        """Return the latest screening up to a date."""
        return next((one for one in reversed(self.screenings) if one.on <= day), None)

    def cleared(self, since: date, day: date) -> bool:
        """Tell whether a clinician has let running begin, from ``since`` to ``day``."""
        return any(w.gate == "clinician" and w.by == "clinician" and since <= w.on <= day for w in self.words)

    def said(self, gate: str, by: str, since: date, day: date) -> bool:
        """Tell whether a gate was passed by word from ``since`` to ``day``; a clinician's serves for a runner's."""
        return any(w.gate == gate and w.by in {by, "clinician"} and since <= w.on <= day for w in self.words)

    def last_run(self, day: date, reach: int = 366) -> date | None:
        """Return the latest date with running up to a date."""
        return next((d for d in _back(day, reach) if d in self.runs), None)

    def run_days(self, first: date, last: date) -> list[DayDone]:
        """Return the run days from ``first`` to ``last``, latest first."""
        return [self.runs[d] for d in _back(last, (last - first).days + 1) if d in self.runs]

    def week_m(self, day: date) -> float | None:
        """Return the metres run in the seven days to a date; None where one run's are not known."""
        metres = [done.distance_m for done in self.run_days(day - timedelta(days=6), day)]
        return None if None in metres else sum(m for m in metres if m is not None)

    def longest_m(self, first: date, last: date) -> float | None:
        """Return the longest session with a known distance from ``first`` to ``last``; None where there is none."""
        known = [
            s.distance_m
            for done in self.run_days(first, last)
            for s in done.sessions
            if s.distance_m is not None
        ]
        return max(known, default=None)

    def longest_before(self, day: date, days: int) -> float | None:
        """Return the longest session of the ``days`` days before a date; None where there is none."""
        return self.longest_m(day - timedelta(days=days), day - timedelta(days=1))

    def usual_morning(self, day: date, days: int) -> float | None:
        """Return the middle of the known mornings of the ``days`` days before a date; None where there is none."""
        known = [
            entry.pain_next_morning_nprs
            for d in _back(day - timedelta(days=1), days)
            if (entry := self.diary.get(d)) is not None and entry.pain_next_morning_nprs is not None
        ]
        return median(known) if known else None

    def week_pain(self, day: date, least: int) -> float | None:
        """Return the mean over the seven days to a date of each day's worst known pain; None with too few days."""
        worst = [
            max(known)
            for d in _back(day, 7)
            if (entry := self.diary.get(d)) is not None
            and (known := [v for name in _PAINS if (v := getattr(entry, name)) is not None])
        ]
        return fmean(worst) if len(worst) >= least else None


def _back(day: date, days: int) -> Iterator[date]:
    """Return ``day`` and the days before it, ``days`` in all."""
    return map(date.fromordinal, range(day.toordinal(), day.toordinal() - days, -1))
