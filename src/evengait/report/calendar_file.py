"""A plan as a calendar file: plain titles, stable ids, an update where something changed (RFC 5545)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from evengait.core.errors import IngestError
from evengait.core.language import say
from evengait.core.reasons import kept
from evengait.core.training_words import day_words, kind_words, minutes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import time

    from icalendar import Calendar, Event

    from evengait.core.plan import PlanDay
    from evengait.core.strength_setup import Weights
    from evengait.core.units import Units

PRODUCT = "-//evengait//plan//EN"
_SAYS_WHEN = (b"DTSTAMP", b"SEQUENCE", b"LAST-MODIFIED")


def calendar_file(
    days: Iterable[PlanDay],
    plan: str,
    *,
    today: date,
    stamp: datetime,
    before: bytes | None = None,
    at: time | None = None,
    titles: Mapping[str, str] | None = None,
    done: Collection[str] = (),
    units: Units = "km",
    weights: Weights = "kg",
) -> bytes:
    """Return a plan as an iCalendar file.

    Parameters
    ----------
    days : iterable of PlanDay
        Days of rest are left out; what is provisional is tentative.
    plan : str
        What tells this plan from others, for ever the same: part of each event's id.
    today : date
    stamp : datetime
        Now, in UTC.
    before : bytes, optional
        The file as it was exported last: what changed since gets the next sequence number, what is gone is cancelled,
        what has passed stays, and what is the same stays to the byte.
    at : time, optional
        Local time of each event, wherever the runner is; None = all-day events.
    titles : mapping of kind to str, optional
        What the runner wants to read instead of Run, Walk and Strength. Nothing of pain or of a stage is ever in one.
    done : collection of kind
        What was done today: its event stays, although it is planned no more.

    Returns
    -------
    bytes
        UTF-8.

    Raises
    ------
    IngestError
        ``before`` is no calendar, or another program's.
    """
    from icalendar import Calendar

    earlier = _events(before)
    calendar = Calendar()
    for key, value in (
        ("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
        ("x-wr-calname", say("Training")),
    ):  # fmt: skip
        calendar.add(key, value)
    events: dict[str, Event] = {}
    counts: Counter[tuple[date, str]] = Counter()
    free: dict[date, datetime] = {}
    for day in days:
        if day.kind == "rest":
            continue
        counts[day.date, day.kind] += 1
        uid = f"{day.date}-{day.kind}-{counts[day.date, day.kind]}@{plan}.evengait"
        event = _event(day, uid, _start(day, at, free), titles or {}, units, weights)
        events[uid] = _stamped(event, earlier.get(uid), stamp)
    for uid, event in earlier.items():
        if uid not in events:
            kept = _day(event) < today or (_day(event) == today and _kind(uid) in done)
            events[uid] = event if kept else _cancelled(event, stamp)
    for _, event in sorted(events.items(), key=lambda item: (_day(item[1]), item[0])):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _start(day: PlanDay, at: time | None, free: dict[date, datetime]) -> datetime | None:
    """Return when a day's event begins, behind those that its date has already; None = all day."""
    if at is None:
        return None
    # A time without a zone is local wherever the runner is (RFC 5545, 3.3.5, form 1).
    start = free.get(day.date) or datetime.combine(day.date, at.replace(tzinfo=None))
    free[day.date] = start + timedelta(minutes=minutes_of(day) or 60)
    return start


def _event(
    day: PlanDay, uid: str, start: datetime | None, titles: Mapping[str, str], units: Units, weights: Weights
) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("summary", titles.get(day.kind, kind_words(day)))
    event.add(
        "description",
        "\n".join(line.replace("\N{NO-BREAK SPACE}", " ") for line in day_words(day, units, weights)),
    )
    if start is None:
        event.add("dtstart", day.date)
        event.add("dtend", day.date + timedelta(days=1))
    else:
        event.add("dtstart", start)
        event.add("duration", timedelta(minutes=minutes_of(day) or 60))
    event.add("status", "TENTATIVE" if day.provisional else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if start is None else "OPAQUE")
    return event


def _stamped(event: Event, earlier: Event | None, stamp: datetime) -> Event:
    """Return the event with its sequence number; the earlier one where nothing changed."""
    if earlier is not None and _said(earlier) == _said(event):
        return earlier
    sequence = _sequence(earlier) + 1 if earlier is not None else 0
    event.add("dtstamp", stamp)
    event.add("sequence", sequence)
    return event


def _cancelled(event: Event, stamp: datetime) -> Event:
    if str(event.get("status", "")) == "CANCELLED":
        return event
    sequence = _sequence(event) + 1
    for key, value in (("status", "CANCELLED"), ("sequence", sequence), ("dtstamp", stamp)):
        event.pop(key, None)
        event.add(key, value)
    return event


def _said(event: Event) -> set[bytes]:
    """Return what an event says, without when it was said."""
    lines = event.to_ical().replace(b"\r\n ", b"").splitlines()
    return {line for line in lines if not line.startswith(_SAYS_WHEN)}


def _day(event: Event) -> date:
    start = event.decoded("dtstart")
    if not isinstance(start, date):
        raise ValueError("an event of an earlier export has no day")  # noqa: TRY004 - caught where the file is read
    return start.date() if isinstance(start, datetime) else start


def _kind(uid: str) -> str:
    """Return the kind of day from an id of ours, such as ``2026-11-30-run-1@….evengait``."""
    return uid[11:].partition("-")[0]


def _sequence(event: Event) -> int:
    return int(event.decoded("sequence", 0))


def _events(before: bytes | None) -> dict[str, Event]:
    """Return the events of an earlier export by id; events that are none of ours are left out."""
    if before is None:
        return {}
    from icalendar import Calendar

    try:
        calendar: Calendar = Calendar.from_ical(before)
        events, product = calendar.events, str(calendar.get("prodid", ""))
        if product != PRODUCT:
            raise IngestError(
                kept(
                    "That calendar file comes from another program, so it was left alone. Write to another file."
                ),
                format="ics",
            )
        ours = (event for event in events if str(event.get("uid", "")).endswith(".evengait"))
        # A day that cannot be read is told here, not half way through.
        return {str(event["uid"]): event for event in ours if _day(event)}
    except (ValueError, KeyError, IndexError):
        raise IngestError(
            kept(
                "The calendar file that is there cannot be read, so it was left alone. Write to another file."
            ),
            format="ics",
        ) from None
