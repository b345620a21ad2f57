"""What to ask today, so that the diary and the plan know what they need: no more, most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from evengait.core.language import Said, say
from evengait.core.units import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from evengait.actions.plan_asks import Asked
    from evengait.core.diary import DiaryEntry

MOST = 8
"""Questions on one page."""
MORNING = Said({"run": "This morning, after yesterday’s run", "walk": "This morning, after yesterday’s walk"})
DURING = Said({"run": "During today’s run", "walk": "During today’s walk"})


@dataclass(frozen=True)
class Question:
    """One row of numbers from 0 to 10.

    Attributes
    ----------
    field : str
        Of the diary.
    day : date
        Whose day it belongs to.
    label : str
        What is asked.
    value : int or None
        What was answered so far, where it is a whole number; a half lies between two buttons.
    said : str
        What was answered, as it is written; empty = not asked yet.
    """

    field: str
    day: date
    label: str
    value: int | None
    said: str

    @property
    def numbers(self) -> range:
        """What can be tapped."""
        return range(11)

    @property
    def key(self) -> str:
        """A name for ids on the page."""
        return f"{self.field}-{self.day.isoformat()}"


def on_foot_days(sessions: pl.DataFrame, first: date, last: date) -> dict[date, str]:
    """Return the dates with a run or a walk, and which: a run comes before a walk."""
    near = sessions.filter(
        pl.col("local_date").is_between(first, last), pl.col("sport").is_in(["running", "walking", "hiking"])
    )
    found: dict[date, str] = {}
    for day, sport in near.select("local_date", "sport").iter_rows():
        found[day] = "run" if sport == "running" or found.get(day) == "run" else "walk"
    return found


def questions(
    today: date,
    diary: Mapping[date, DiaryEntry],
    moved: Mapping[date, str],
    planned: str,
    asked: tuple[Asked, ...] = (),
) -> list[Question]:
    """Return what to ask.

    Parameters
    ----------
    diary : mapping of date to DiaryEntry
        The last days.
    moved : mapping of date to str
        Days with a run or walk that is recorded.
    planned : str
        ``run`` or ``walk`` where one is planned today; else empty.
    asked : tuple of Asked
        What the plan asks for.
    """
    yesterday = today - timedelta(days=1)
    rows: dict[tuple[str, date], str] = {}
    entry = diary.get(yesterday)
    if yesterday in moved or (entry is not None and entry.pain_during_nprs is not None):
        kind = moved.get(yesterday, "run")
        rows["pain_next_morning_nprs", yesterday] = MORNING[kind]
    if today in moved or planned:
        rows["pain_during_nprs", today] = DURING[moved.get(today) or planned]
    rows["pain_daily_nprs", today] = say("Today in everyday life, the worst so far")
    for one in asked:
        if one.day is not None and one.kind in {"during", "morning"}:
            name = "pain_during_nprs" if one.kind == "during" else "pain_next_morning_nprs"
            when = say("During the run of") if one.kind == "during" else say("The morning after")
            rows.setdefault((name, one.day), f"{when} {long_day(one.day)}")
    return [_question(name, day, label, diary.get(day)) for (name, day), label in list(rows.items())[:MOST]]


def _question(name: str, day: date, label: str, entry: DiaryEntry | None) -> Question:
    value = getattr(entry, name) if entry is not None else None
    if value is None:
        return Question(name, day, label, None, "")
    return Question(name, day, label, int(value) if value == int(value) else None, f"{value:g}")
