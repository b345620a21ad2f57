"""A runner at the gym: her block, her log, her diary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from evengait.analysis.strength.plan import StrengthPlan, strength_plan
from evengait.core.diary import DiaryEntry
from evengait.core.strength import StrengthSet
from evengait.core.strength_setup import StrengthSetup
from evengait.knowledge.strength_book import exercises, strength_block

MONDAY = date(2026, 11, 30)


def lifts(
    day: date, exercise: str, load: float | None, reps: int, rir: float | None, sets: int = 3, **more: Any
) -> list[StrengthSet]:
    return [StrengthSet(day, exercise, i + 1, reps=reps, load_kg=load, rir=rir, **more) for i in range(sets)]


def diary(*days: date, morning: float | None = 0.0) -> dict[date, DiaryEntry]:
    return {day: DiaryEntry(day, pain_next_morning_nprs=morning) for day in days}


def usual(until: date, morning: float, days: int = 7) -> dict[date, DiaryEntry]:
    return diary(*(until - timedelta(days=i) for i in range(1, days + 1)), morning=morning)


def planned(today: date, sets: list[StrengthSet] = [], **more: Any) -> StrengthPlan:  # noqa: B006 - only read
    setup = more.pop("setup", {"equipment": ["gym"], "weekdays": [0, 3]})
    return strength_plan(
        more.pop("block", strength_block()), exercises(), StrengthSetup.of(setup), start=more.pop("start", MONDAY),
        today=today, sets=sets, **more,
    )  # fmt: skip


def dose_of(plan: StrengthPlan, exercise: str, day: int = 0) -> Any:
    return next(e for e in plan.days[day].dose.exercises if e.id == exercise)  # type: ignore[union-attr]
