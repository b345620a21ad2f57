"""The diary out and in: exact both ways, bad rows told by line, the rest kept."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evengait.actions._diary_cells import entry_of
from evengait.actions.exchange_diary import (
    import_diary,
    km_by_day,
    most_told_pain,
    write_diary,
    write_treated_days,
)
from evengait.actions.log_day import log_day
from evengait.core.columns import polars_schema
from evengait.core.diary import OVERUSE_ITEMS, OVERUSE_POINTS, DiaryEntry
from evengait.core.errors import TableError, UsageError

if TYPE_CHECKING:
    from uuid import UUID

    from evengait.storage.records import diary as records

DAY = date(2026, 11, 8)
TODAY = date(2026, 11, 25)
pains = st.none() | st.integers(0, 20).map(lambda half: half / 2)
ids = st.none() | st.lists(st.sampled_from(["belt", "tape", "bird_dog"]), unique=True).map(tuple)
notes = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t,;\"'"), min_size=1)


@st.composite
def entries(draw: st.DrawFn) -> DiaryEntry:
    values = {f"pain_{moment}_nprs": draw(pains) for moment in ("rest", "during", "next_morning")}
    answers = dict(
        zip(OVERUSE_ITEMS, draw(st.lists(st.sampled_from(OVERUSE_POINTS), max_size=4)), strict=False)
    )
    return DiaryEntry(
        DAY + timedelta(draw(st.integers(0, 10))), limp=draw(st.none() | st.booleans()), aids=draw(ids),
        exercises=draw(ids), sleep_h=draw(st.none() | st.floats(0, 24)), **values, **answers,
        notes=draw(st.none() | notes.filter(lambda text: text.strip())),
    )  # fmt: skip


@pytest.fixture
def runner(records_home: Path) -> UUID:
    from evengait.storage.records.runners import runner_named

    return runner_named(records_home, "me").id


@pytest.fixture
def diary(records_home: Path) -> records:
    from evengait.storage.records import diary

    return diary


@given(st.lists(entries(), max_size=5))
def test_every_day_comes_back_from_its_row(days: list[DiaryEntry]) -> None:
    rows = csv.DictReader(io.StringIO(write_diary(days), newline=""))
    assert [entry_of(row) for row in rows] == days


def test_a_diary_comes_back_exactly_from_its_file(runner: UUID, diary: records, tmp_path: Path) -> None:
    day = DiaryEntry(
        DAY, pain_during_nprs=2.5, limp=False, aids=(), exercises=("bird_dog",), sleep_h=7.25, overuse_score=41,
        notes='two\nlines, "quoted"; = 1',
    )  # fmt: skip
    diary.keep_day(runner, day)
    diary.keep_day(runner, DiaryEntry(DAY + timedelta(1), aids=("belt", "tape")))
    before = diary.diary_of(runner)
    file = tmp_path / "diary.csv"
    file.write_text(write_diary(before), "utf-8", newline="")
    assert import_diary(runner, file, today=TODAY).days == 2
    assert diary.diary_of(runner) == before, "importing again changes nothing"
    for entry in before:
        diary.forget_day(runner, entry.date)
    done = import_diary(runner, file, today=TODAY)
    assert (done.days, done.failed, done.unknown) == (2, (), ())
    assert diary.diary_of(runner) == before


def test_bad_rows_are_told_by_their_line_and_the_rest_is_kept(
    runner: UUID, diary: records, tmp_path: Path
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(
        "\ufeffdate,pain_during_nprs,mood,limp,notes\n"
        '2026-11-08,2,good,,"two\nlines"\n'
        "2026-11-09,11,,,\n"
        "someday,1,,,\n"
        "2026-11-10,1,,maybe,\n"
        "2026-12-24,1,,,\n"
        "2026-11-11,1,,,,too,many\n"
        "2026-11-12, 3 ,,no,\n"
        ",4,,,\n",
        "utf-8",
    )  # fmt: skip
    done = import_diary(runner, file, today=TODAY)
    assert done.days == 2
    assert [line for line, _ in done.failed] == [4, 5, 6, 7, 8, 10]
    assert done.unknown == ("mood",)
    assert [entry.date.day for entry in diary.diary_of(runner)] == [8, 12]
    for _, reason in done.failed:
        assert "maybe" not in reason
        assert "someday" not in reason


def test_a_file_with_semicolons_and_decimal_commas_is_read(
    runner: UUID, diary: records, tmp_path: Path
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text("date;sleep_h;aids\n2026-11-08;7,5;belt;\n2026-11-09;7,5;belt\n", "utf-8")
    assert import_diary(runner, file, today=TODAY).failed[0][0] == 2
    assert diary.diary_of(runner)[0].sleep_h == 7.5


@pytest.mark.parametrize(
    "content", [b"", b"day,pain\n2026-11-08,2\n", b"\xff\xfe\x00", b"date,date\n", b"\x00" * 50]
)
def test_what_is_no_diary_is_refused_with_a_sentence(runner: UUID, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "diary.csv"
    file.write_bytes(content)
    with pytest.raises(UsageError):
        import_diary(runner, file, today=TODAY)


def test_a_file_that_is_not_there_is_said_so(runner: UUID, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="could not be read"):
        import_diary(runner, tmp_path / "nothing.csv", today=TODAY)


def test_rows_too_long_for_csv_are_told_and_the_rest_goes_on(
    runner: UUID, diary: records, tmp_path: Path
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text("date,notes\n2026-11-08," + "x" * 200_000 + "\n2026-11-09,short\n,no date\n", "utf-8")
    done = import_diary(runner, file, today=TODAY)
    assert done.days == 1
    assert [line for line, _ in done.failed] == [2, 4]


def test_a_trial_reads_treated_days_and_unknown_is_not_untreated() -> None:
    days = [
        DiaryEntry(DAY, pain_daily_nprs=2, aids=("belt",)),
        DiaryEntry(DAY + timedelta(1), pain_daily_nprs=3, aids=()),
        DiaryEntry(DAY + timedelta(2), pain_during_nprs=4, exercises=("belt",)),
        DiaryEntry(DAY + timedelta(3)),
    ]
    pain = most_told_pain(days)
    assert pain == "pain_daily_nprs"
    rows = write_treated_days(days, "belt", pain=pain, km={DAY: 12.34}).splitlines()
    assert rows == [
        "date,pain,treated,load", "2026-11-08,2,1,12.340", "2026-11-09,3,0,", "2026-11-10,,1,", "2026-11-11,,,",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="one of"):
        write_treated_days(days, "belt", pain="mood")


def test_a_day_without_a_run_is_zero_only_inside_the_archive() -> None:
    rows = [
        {"sport": "running", "local_date": DAY, "distance_m": 5000.0},
        {"sport": "running", "local_date": DAY, "distance_m": 1000.0},
        {"sport": "running", "local_date": DAY + timedelta(2), "distance_m": None},
        {"sport": "cycling", "local_date": DAY + timedelta(3), "distance_m": 9000.0},
    ]
    sessions = pl.DataFrame(rows, schema={n: polars_schema("sessions")[n] for n in rows[0]})
    days = [DAY + timedelta(n) for n in range(-1, 6)]
    assert km_by_day(sessions, days) == {DAY: 6.0, DAY + timedelta(1): 0.0, DAY + timedelta(3): 0.0}
    assert km_by_day(sessions.clear(), days) == {}


def test_a_correction_replaces_and_what_is_unsaid_is_not_asked_again(runner: UUID, diary: records) -> None:
    log_day(runner, DiaryEntry(DAY, pain_during_nprs=4, limp=True, aids=("belt",)), today=TODAY)
    log_day(runner, DiaryEntry(DAY, pain_during_nprs=2), today=TODAY, unsaid=["limp"])
    assert diary.diary_of(runner) == [DiaryEntry(DAY, pain_during_nprs=2.0, aids=("belt",))]
    log_day(runner, DiaryEntry(DAY, aids=()), today=TODAY)
    assert diary.diary_of(runner)[0].aids == ()
    log_day(runner, DiaryEntry(DAY, sleep_h=8), today=TODAY, replace=True)
    assert diary.diary_of(runner) == [DiaryEntry(DAY, sleep_h=8.0)]
    log_day(runner, DiaryEntry(DAY), today=TODAY, unsaid=["sleep_h"])
    assert diary.diary_of(runner) == []


def test_no_diary_speaks_of_days_to_come_or_of_nothing(runner: UUID) -> None:
    with pytest.raises(UsageError, match="future"):
        log_day(runner, DiaryEntry(TODAY + timedelta(2), limp=True), today=TODAY)
    with pytest.raises(UsageError, match="year"):
        log_day(runner, DiaryEntry(date(1026, 1, 1), limp=True), today=TODAY)
    with pytest.raises(UsageError, match="Nothing"):
        log_day(runner, DiaryEntry(TODAY), today=TODAY)
    with pytest.raises(TableError, match="mood"):
        log_day(runner, DiaryEntry(DAY), today=TODAY, unsaid=["mood"])


def test_cells_are_read_as_people_write_them() -> None:
    row = {"date": "2026-11-08", "limp": "Yes", "illness": "0", "aids": "belt; tape", "overuse_score": "41"}
    entry = entry_of(row)
    assert (entry.limp, entry.illness, entry.aids, entry.overuse_score) == (True, False, ("belt", "tape"), 41)
    with pytest.raises(TableError, match="number"):
        entry_of({"date": "2026-11-08", "sleep_h": "long"})
    with tempfile.TemporaryDirectory() as folder, pytest.raises(UsageError):
        import_diary(None, Path(folder), today=TODAY)  # type: ignore[arg-type]
