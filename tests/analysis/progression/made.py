"""A plan to live through by hand: days with runs, walks and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from evengait.analysis.progression.calendar import days_ahead
from evengait.analysis.progression.done import DayDone, SessionDone
from evengait.analysis.progression.former import FormerWeek
from evengait.analysis.progression.journey import live, replay
from evengait.analysis.progression.judge import Way
from evengait.analysis.progression.log import Log, Screened
from evengait.core.diary import DiaryEntry
from evengait.core.plan import RunDose
from evengait.core.plan_change import PlanChange
from evengait.core.plan_record import Passed
from evengait.knowledge.plan_change_book import change_book
from evengait.knowledge.progression_book import progression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evengait.analysis.progression.standing import Standing
    from evengait.core.plan import Decision, PlanDay

START = date(2026, 11, 16)  # a Monday
RULES = progression()
WEEK = FormerWeek((16_000.0, 10_000.0, 8_000.0, 6_000.0), climb_m_per_km=8.0, fast_m=None, long_weekday=6)
HILLY = FormerWeek(
    (16_000.0, 10_000.0, 8_000.0, 6_000.0), climb_m_per_km=20.0, fast_m=4_000.0, long_weekday=6
)


def day(n: int) -> date:
    return START + timedelta(days=n)


@dataclass
class Story:
    """Facts by days after the start, and what the engine makes of them."""

    profile: str = "unspecified"
    former: FormerWeek | None = WEEK
    log: Log = field(default_factory=Log)
    start: date = START

    @property
    def way(self) -> Way:
        onset = START - timedelta(days=14)
        return Way(RULES, RULES.profiles[self.profile], self.former, onset, agreed=change_book())

    def agree(self, kind: str, first: int, last: int | None = None, km: float | None = None) -> Story:
        until, far = None if last is None else day(last), None if km is None else 1000 * km
        self.log.changes.append(PlanChange(kind, day(first), until, far))
        return self

    def screen(self, n: int, running: str = "continue", rule: str = "") -> Story:
        self.log.screenings.append(Screened(day(n), running, rule))
        return self

    def word(self, n: int, gate: str, by: str = "runner") -> Story:
        self.log.words.append(Passed(gate, day(n), by))
        return self

    def ready(self, n: int = 0, running: str = "continue") -> Story:
        """Screen and pass every gate on day ``n``: S1 begins there."""
        self.screen(n, running)
        for gate in RULES.gates_of(self.way.profile):
            if gate.needed:
                self.word(n, gate.id, gate.by)
        return self

    def told(self, n: int, **values: Any) -> Story:
        before = self.log.diary.get(day(n))
        known = {name: getattr(before, name) for name in before.said} if before else {}
        self.log.diary[day(n)] = DiaryEntry(day(n), **known | values)
        return self

    def run(
        self, n: int, minutes: float = 0.0, *, km: float | None = None, during: float | None = 0.0,
        morning: float | None = 0.0, bout: float | None = None, ascent: float | None = 0.0, fast: float | None = 0.0,
    ) -> Story:  # fmt: skip
        seconds = 60 * minutes if minutes else 360.0 * (km or 0.0)
        longest = 60 * bout if bout else (seconds / 6 if minutes and minutes < 30 else seconds)
        metres = 1000 * km if km is not None else seconds * 2.7
        session = SessionDone(f"{n}", day(n), seconds, 0.0, longest, metres, ascent, fast)
        here = self.log.runs.get(day(n))
        self.log.runs[day(n)] = DayDone(day(n), (*(here.sessions if here else ()), session))
        values = {"pain_during_nprs": during, "pain_next_morning_nprs": morning}
        return self.told(n, **{name: value for name, value in values.items() if value is not None})

    def walk(
        self, n: int, minutes: float = 32.0, *, during: float = 0.0, morning: float | None = 0.0
    ) -> Story:
        self.log.walks[day(n)] = SessionDone(f"w{n}", day(n), 0.0, 60 * minutes, 0.0, 90 * minutes)
        self.told(n, pain_during_nprs=during)
        return self if morning is None else self.told(n, pain_next_morning_nprs=morning)

    def until(self, n: int) -> tuple[Standing, tuple[Decision, ...]]:
        return replay(self.way, self.log, self.start, day(n))

    def stage(self, n: int) -> str:
        at = self.until(n)[0].at
        return at.stage if at else "S0"

    def rules(self, n: int) -> list[str]:
        return [decision.rule for decision in self.until(n)[1]]

    def days(self, n: int) -> tuple[PlanDay, ...]:
        return days_ahead(self.way, self.log, self.until(n)[0])

    def climbed(self) -> Story:
        """Go up the whole ladder without a setback: S6 begins on day 24."""
        self.ready()
        for n, minutes in enumerate((6, 6, 12, 12, 18, 18, 24, 24)):
            self.run(2 * n, minutes)
        for n in (16, 18, 20):
            self.run(n, 30, km=5.0)
        return self

    def obey(self, first: int, last: int) -> Iterator[Standing]:
        """Run what the plan has, day by day, and yield how it stands each evening; ends at the return."""
        now = self.until(first - 1)[0]
        for n in range(first, last):
            planned = days_ahead(self.way, self.log, live(self.way, self.log, now)[0], 1)[0]
            if planned.kind == "run" and isinstance(planned.dose, RunDose):
                dose = planned.dose
                km = dose.distance_m / 1000 if dose.distance_m else None
                self.run(n, 0 if km else dose.running_s / 60, km=km, ascent=dose.climb_m, fast=dose.fast_m)
            now, _ = live(self.way, self.log, now)
            yield now
            if now.state == "returned":
                return
