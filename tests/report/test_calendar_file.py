"""The calendar file: what RFC 5545 asks for, plain titles, and updates that a calendar understands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from evengait.core.errors import IngestError
from evengait.core.plan import ExerciseDose, PlanDay, RunDose, StrengthDose
from evengait.report.calendar_file import calendar_file

DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SQUAT = ExerciseDose("goblet_squat", 3, (10, 12), 4, 20.0, name="Goblet squat", load="dumbbell", rest_s=120)
RUN = PlanDay(DAY, "run", "The pain was below the limit.", RunDose(6, 180, 120), "S2", "6 × (walk 3 min)")
LIFT = PlanDay(
    DAY + timedelta(days=1), "strength", "It hurt.", StrengthDose((SQUAT,), 2, 1), hard=True, provisional=True
)
REST = PlanDay(DAY + timedelta(days=2), "rest", "Rest.")
DAYS = (RUN, LIFT, REST)


def made(days: tuple[PlanDay, ...] = DAYS, **more: Any) -> bytes:
    options: dict[str, Any] = {"today": date(2026, 11, 26), "stamp": NOW} | more
    return calendar_file(days, "0f9c", **options)


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_it_is_what_the_standard_asks_for() -> None:
    data = made()
    calendar = Calendar.from_ical(data)
    assert calendar["version"] == "2.0"
    assert str(calendar["prodid"]).startswith("-//evengait//")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for event in events(data):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"} <= set(event)
        assert event["dtstamp"].dt == NOW
    assert len({str(event["uid"]) for event in events(data)}) == 2


def test_titles_are_plain_and_nothing_says_why() -> None:
    data = made()
    assert [str(e["summary"]) for e in events(data)] == ["Run", "Strength"]
    text = data.decode().lower()
    for word in ("pain", "hurt", "s2", "nprs", "return", "injur"):
        assert word not in text
    assert all(str(e["class"]) == "PRIVATE" for e in events(data))


def test_the_runner_chooses_other_titles() -> None:
    assert [str(e["summary"]) for e in events(made(titles={"run": "Busy"}))] == ["Busy", "Strength"]


def test_all_day_events_end_on_the_next_day_and_block_no_time() -> None:
    run, lift = events(made())
    assert (run["dtstart"].dt, run["dtend"].dt) == (DAY, DAY + timedelta(days=1))
    assert run["dtstart"].params["VALUE"] == "DATE"
    assert (str(run["transp"]), str(run["status"]), str(lift["status"])) == (
        "TRANSPARENT",
        "CONFIRMED",
        "TENTATIVE",
    )


def test_a_time_is_local_wherever_the_runner_is() -> None:
    run, lift = events(made(at=time(6, 30)))
    assert run["dtstart"].dt == datetime(2026, 11, 30, 6, 30)  # noqa: DTZ001 - floating is the point
    assert run["duration"].dt == timedelta(minutes=30)
    assert lift["duration"].dt == timedelta(minutes=15)
    assert b"DTSTART:20261130T063000\r\n" in made(at=time(6, 30))


def test_a_session_on_a_run_day_begins_when_the_run_is_over() -> None:
    run, lift = events(made((RUN, replace(LIFT, date=DAY)), at=time(6, 30)))
    assert lift["dtstart"].dt == run["dtstart"].dt + timedelta(minutes=30)


def test_nothing_changed_is_the_same_file_to_the_byte() -> None:
    first = made()
    assert made(before=first, stamp=LATER) == first


def test_a_change_keeps_the_id_and_raises_the_sequence() -> None:
    first = made()
    heavier = replace(LIFT, dose=StrengthDose((replace(SQUAT, load_kg=24.0),), 2, 1))
    again = made((RUN, heavier), before=first, stamp=LATER)
    old, new = events(first), events(again)
    assert [str(e["uid"]) for e in new] == [str(e["uid"]) for e in old]
    assert [int(e["sequence"]) for e in new] == [0, 1]
    assert [e["dtstamp"].dt for e in new] == [NOW, LATER]
    third = made((RUN, replace(heavier, provisional=False)), before=again, stamp=LATER)
    assert [int(e["sequence"]) for e in events(third)] == [0, 2]


def test_what_is_gone_is_cancelled_and_what_has_passed_stays() -> None:
    first = made()
    gone = made((LIFT,), before=first, stamp=LATER)
    run, lift = events(gone)
    assert (str(run["status"]), int(run["sequence"])) == ("CANCELLED", 1)
    assert (str(lift["status"]), int(lift["sequence"])) == ("TENTATIVE", 0)
    assert made((LIFT,), before=gone, stamp=LATER + timedelta(days=1)) == gone
    passed = made((), before=first, stamp=LATER, today=DAY + timedelta(days=1))
    assert [str(e["status"]) for e in events(passed)] == ["CONFIRMED", "CANCELLED"]
    back = events(made(before=gone, stamp=LATER))[0]
    assert (str(back["status"]), int(back["sequence"])) == ("CONFIRMED", 2)


def test_what_was_done_today_stays_and_what_was_dropped_today_is_cancelled() -> None:
    first = made((RUN, replace(LIFT, date=DAY)))
    run, lift = events(made((), before=first, stamp=LATER, today=DAY, done={"run"}))
    assert (str(run["status"]), str(lift["status"])) == ("CONFIRMED", "CANCELLED")


def test_two_of_a_kind_on_one_date_have_two_ids() -> None:
    assert len({str(e["uid"]) for e in events(made((RUN, RUN, LIFT)))}) == 3


def test_a_damaged_export_is_left_alone() -> None:
    damaged = made().replace(b"DTSTART;VALUE=DATE:20261130", b"DTSTART;VALUE=DATE:yesterday")
    with pytest.raises(IngestError, match="left alone"):
        made(before=damaged)


@pytest.mark.parametrize(
    "before", [b"my notes", b"", b"BEGIN:VCALENDAR\r\nPRODID:-//another//\r\nEND:VCALENDAR\r\n"]
)
def test_a_file_that_is_not_ours_is_left_alone(before: bytes) -> None:
    with pytest.raises(IngestError, match="left alone"):
        made(before=before)
