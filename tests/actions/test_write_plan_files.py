"""A plan on disk: calendars are updated in place, workouts are one file each, mistakes are sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from garmin_fit_sdk import Decoder, Stream
from icalendar import Calendar

from evengait.actions.write_calendar import write_calendar
from evengait.actions.write_workouts import write_workouts
from evengait.core.errors import IngestError, UsageError
from evengait.core.plan import ExerciseDose, PlanDay, RunDose, StrengthDose

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
TODAY, DAY = date(2026, 11, 26), date(2026, 11, 30)
RUN = PlanDay(DAY, "run", "", RunDose(6, 180, 120))
LIFT = PlanDay(
    DAY, "strength", "", StrengthDose((ExerciseDose("bird_dog", 3, (6, 6), hold_s=8, name="Bird dog"),))
)
MAYBE = replace(RUN, date=DAY + timedelta(days=2), provisional=True)
DAYS = (RUN, LIFT, MAYBE, PlanDay(DAY + timedelta(days=1), "rest", ""))


def test_a_calendar_is_written_and_updated(tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    assert write_calendar(DAYS, file, "p", today=TODAY, stamp=NOW) == 3
    first = file.read_bytes()
    assert write_calendar(DAYS, file, "p", today=TODAY, stamp=NOW + timedelta(hours=1)) == 3
    assert file.read_bytes() == first
    write_calendar(DAYS[:2], file, "p", today=TODAY, stamp=NOW)
    states = [str(e["status"]) for e in Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
    assert states == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [p.name for p in tmp_path.iterdir()] == ["plan.ics"]


def test_a_file_of_somebody_else_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", "utf-8")
    with pytest.raises(IngestError, match="left alone"):
        write_calendar(DAYS, file, "p", today=TODAY, stamp=NOW)
    assert file.read_text("utf-8") == "mine"


def test_workouts_are_for_what_is_settled(tmp_path: Path) -> None:
    files = write_workouts(DAYS, tmp_path / "watch", made_at=NOW)
    assert [f.name for f in files] == ["2026-11-30-run.fit", "2026-11-30-strength.fit"]
    for file in files:
        messages, errors = Decoder(Stream.from_file(str(file))).read()
        assert errors == []
        assert messages["file_id_mesgs"][0]["type"] == "workout"


def test_two_runs_of_one_date_are_two_files(tmp_path: Path) -> None:
    files = write_workouts((RUN, RUN), tmp_path, made_at=NOW)
    assert [f.name for f in files] == ["2026-11-30-run.fit", "2026-11-30-run-2.fit"]


def test_mistakes_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="is a file"):
        write_workouts(DAYS, tmp_path / "file", made_at=NOW)
    with pytest.raises(UsageError, match="no folder"):
        write_calendar(DAYS, tmp_path / "none" / "plan.ics", "p", today=TODAY, stamp=NOW)
    with pytest.raises(UsageError, match="is a folder"):
        write_calendar(DAYS, tmp_path, "p", today=TODAY, stamp=NOW)
