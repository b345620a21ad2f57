"""What there is of each day of a span: done, planned, said, hurting, tried. What is not known is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.core.language import Said, say, say_many
from evengait.core.training_words import kind_words
from evengait.core.trial import Schedule
from evengait.core.units import distance
from evengait.report.trial import named
from evengait.storage.records.diary import diary_of
from evengait.storage.records.marks import marks_of
from evengait.storage.records.problems import problems_of
from evengait.storage.records.proposals import agenda_of, agreed_now
from evengait.storage.records.strength import sets_of
from evengait.storage.records.trials import trials_of
from evengait.web.diary.words import SHORT, day_line
from evengait.web.today.standing import archive_of, standing

if TYPE_CHECKING:
    from datetime import date

    from evengait.core.health_problem import HealthProblem
    from evengait.core.runner import RunnerProfile
    from evengait.core.units import Units
    from evengait.storage.records.proposals import AgendaItem

KINDS = {"running": "run", "walking": "walk", "hiking": "walk", "strength": "strength"}
SPORTS = Said({
    "running": "Run", "walking": "Walk", "hiking": "Hike", "cycling": "Ride", "swimming": "Swim",
    "strength": "Strength", "other": "Other",
})  # fmt: skip


MARKS = Said({
    ("run", "done"): "run done", ("run", "skipped"): "run skipped", ("walk", "done"): "walk done",
    ("walk", "skipped"): "walk skipped", ("strength", "done"): "strength done",
    ("strength", "skipped"): "strength skipped",
})  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One thing of a day.

    Attributes
    ----------
    kind : str
        ``run``, ``walk``, ``strength`` or ``other``: how it looks.
    text, note : str
    session : str
        Id of the recording; empty = none.
    maybe : bool
        Planned, if the days before go well.
    """

    kind: str
    text: str
    note: str = ""
    session: str = ""
    maybe: bool = False


@dataclass
class Day:
    """One day. ``pain``: the worst that was said of it; None = not asked."""

    date: date
    done: list[Thing] = field(default_factory=list)
    planned: list[Thing] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    trials: list[str] = field(default_factory=list)
    accepted: list[AgendaItem] = field(default_factory=list)
    hurts: list[HealthProblem] = field(default_factory=list)
    begins: list[HealthProblem] = field(default_factory=list)
    pain: float | None = None
    said: str = ""
    note: str = ""

    @property
    def empty(self) -> bool:
        """Nothing is known of it and nothing is planned."""
        return not (
            self.done
            or self.planned
            or self.marks
            or self.trials
            or self.accepted
            or self.said
            or self.begins
        )


def days_of(runner: RunnerProfile, first: date, last: date, today: date) -> list[Day]:
    """Return every day of a span, both ends included."""
    days = [Day(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    found = {day.date: day for day in days}
    _recorded(runner, found, first, last)
    _lifted(runner, found, first, last)
    _said(runner, found, first, last)
    _tried(runner, found)
    for item in agenda_of(runner.id, first, last):
        if item.date is not None:
            found[item.date].accepted.append(item)
    _hurt(runner, days, today)
    if last >= today:
        _planned(runner, found, today)
    return days


def waiting(runner: RunnerProfile, today: date) -> list[AgendaItem]:
    """Return what the runner accepted that has no day of its own: a question, and the changes that her plan follows."""
    asked = [item for item in agenda_of(runner.id, today, today) if item.date is None]
    return [*agreed_now(runner.id, today), *asked]


def session_words(row: dict[str, Any], units: Units) -> str:
    """Return a recording in a few words: Run 8.2 km."""
    name = SPORTS.get(row["sport"]) or SPORTS["other"]
    if row["distance_m"] is not None:
        return f"{name} {distance(row['distance_m'], units)}"
    minutes = row["moving_s"] if row["moving_s"] is not None else row["elapsed_s"]
    return name if minutes is None else f"{name} {minutes / 60:.0f} min"


def _recorded(runner: RunnerProfile, found: dict[date, Day], first: date, last: date) -> None:
    sessions = archive_of(runner).sessions().filter(pl.col("local_date").is_between(first, last))
    columns = ("session", "local_date", "sport", "distance_m", "moving_s", "elapsed_s", "name")
    for row in sessions.select(columns).iter_rows(named=True):
        words = session_words(row, runner.units)
        thing = Thing(KINDS.get(row["sport"], "other"), words, row["name"] or "", row["session"])
        found[row["local_date"]].done.append(thing)


def _lifted(runner: RunnerProfile, found: dict[date, Day], first: date, last: date) -> None:
    worked: dict[date, set[str]] = {}
    for one in sets_of(runner.id, first, last):
        worked.setdefault(one.date, set()).add(one.exercise)
    for day, names in worked.items():
        count = len(names)
        found[day].done.append(
            Thing("strength", say_many("Strength, {n} exercise", "Strength, {n} exercises", count))
        )


def _said(runner: RunnerProfile, found: dict[date, Day], first: date, last: date) -> None:
    for entry in diary_of(runner.id, first, last):
        day = found[entry.date]
        told = [value for name in SHORT if (value := getattr(entry, name)) is not None]
        day.pain, day.said = max(told, default=None), day_line(entry) or say("Written.")
        day.note = entry.notes or ""
    for mark in marks_of(runner.id, first, last):
        found[mark.date].marks.append(MARKS[mark.kind, mark.said])


def _tried(runner: RunnerProfile, found: dict[date, Day]) -> None:
    for record in trials_of(runner.id):
        schedule, name = Schedule.from_data(record.design), named(record.treatment)
        for day in found.values():
            ended = record.ended_on is not None and day.date > record.ended_on
            if not ended and schedule.start <= day.date <= schedule.end:
                on = schedule.assigned(day.date)
                day.trials.append(say("with {name}", name=name) if on else say("without {name}", name=name))


def _hurt(runner: RunnerProfile, days: list[Day], today: date) -> None:
    for problem in problems_of(runner.id):
        end = problem.closed_on or problem.returned_on or today
        for day in days:
            if problem.onset <= day.date <= end:
                day.hurts.append(problem)
                if day.date == problem.onset or day is days[0]:
                    day.begins.append(problem)


def _planned(runner: RunnerProfile, found: dict[date, Day], today: date) -> None:
    now = standing(runner, today)
    done = now.whole.done if now.whole else frozenset()
    for one in now.days:
        if one.date in found and one.kind != "rest" and not (one.date == today and one.kind in done):
            thing = Thing(one.kind, one.title or kind_words(one), one.why, maybe=one.provisional)
            found[one.date].planned.append(thing)
