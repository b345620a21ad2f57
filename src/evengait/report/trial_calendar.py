"""A trial's blocks as a calendar file: plain titles, stable ids (RFC 5545)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from evengait.core.language import Said, say
from evengait.report.trial import named

if TYPE_CHECKING:
    from evengait.core.trial import Schedule

TITLES = Said({True: "Trial: with", False: "Trial: without", None: "Trial: baseline"})


def trial_calendar(schedule: Schedule, *, stamp: datetime) -> bytes:
    """Return a trial's blocks as an iCalendar file, one event of whole days for each.

    The titles do not say what is tried: calendars are shared. What is tried stands in the description, and every event
    is private.

    Parameters
    ----------
    schedule : Schedule
    stamp : datetime
        Now, in UTC.

    Returns
    -------
    bytes
        UTF-8.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    for key, value in (
        ("prodid", "-//evengait//trial//EN"), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
        ("x-wr-calname", say("Trial")),
    ):  # fmt: skip
        calendar.add(key, value)
    spans: list[tuple[date, date, bool | None]] = list(schedule.blocks())
    if schedule.baseline_days:
        spans.insert(0, (schedule.start, schedule.first_block - timedelta(days=1), None))
    name = named(schedule.treatment)
    for first, last, on in spans:
        event = Event()
        said = (
            say("With {name}. Write the day's pain down, from 0 to 10.", name=name)
            if on
            else say("Without {name}. Write the day's pain down, from 0 to 10.", name=name)
        )
        settle = (
            ""
            if on is None
            else say(
                " The first {washout_days} days after a change are not compared.",
                washout_days=schedule.washout_days,
            )
        )
        said_of_it: tuple[tuple[str, Any], ...] = (
            ("uid", f"{first}-{schedule.seed}@trial.evengait"), ("dtstamp", stamp), ("dtstart", first),
            ("dtend", last + timedelta(days=1)), ("summary", TITLES[on]), ("description", said + settle),
            ("class", "PRIVATE"), ("transp", "TRANSPARENT"), ("sequence", 0),
        )  # fmt: skip
        for field, content in said_of_it:
            event.add(field, content)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
