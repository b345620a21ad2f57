"""From a diary's rows to an answer: what is read, what is told by its line, what is kept and found again."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import icalendar
import numpy as np
import pytest

from evengait.actions.analyse_trial import analyse_trial
from evengait.actions.design_trial import design_trial
from evengait.actions.gather_trial_days import GatheredDays, days_from_diary, days_from_file
from evengait.actions.write_trial import write_trial_calendar
from evengait.core.diary import DiaryEntry
from evengait.core.errors import UsageError
from evengait.core.trial import Schedule, TrialDay
from evengait.knowledge import trial_rules
from evengait.simulation.trial import MadeUpPain, made_up_trial

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2026, 1, 1)


def written(folder: Path, text: str) -> Path:
    file = folder / "diary.csv"
    file.write_text(text, "utf-8")
    return file


def test_a_diary_is_read_with_its_empty_cells_unknown(tmp_path: Path) -> None:
    file = written(tmp_path, "date,pain,treated,load\n2026-01-02,3,1,12.5\n2026-01-01,,0,\n2026-01-03,0,,0\n")
    assert days_from_file(file).days == (
        TrialDay(date(2026, 1, 1), None, treated=False),
        TrialDay(date(2026, 1, 2), 3.0, treated=True, load=12.5),
        TrialDay(date(2026, 1, 3), 0.0, None, 0.0),
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffDate;Pain;Treated;mood\n2026-01-02;3,5;yes;good\n",
        "pain,treated,date\r\n3.5,TRUE,2026-01-02\r\n\r\n",
        'treated, date ,pain\n1.0,2026-01-02,"3.5"\n',
    ],
)
def test_other_hands_write_the_same_day_in_other_ways(tmp_path: Path, text: str) -> None:
    assert days_from_file(written(tmp_path, text)).days == (TrialDay(date(2026, 1, 2), 3.5, treated=True),)


def test_bad_rows_are_told_by_their_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "date,pain,treated\n2026-01-01,3,1\n2026-13-01,3,1\n2026-01-02,11,1\n2026-01-03,x,1\n2026-01-04,3,maybe\n"
        "2026-01-05,3,1\n2026-01-05,4,0\n2026-01-06,nan,1\n2026-01-07\n2026-01-08,-1,0\n",
    )
    told = days_from_file(file)
    assert [day.date.day for day in told.days] == [1, 7]
    assert [line for line, _ in told.failed] == [3, 4, 5, 6, 7, 8, 9, 11]
    assert all(reason.endswith(".") for _, reason in told.failed)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no column 'date'"),
        (b"date,pain\n", "no column 'treated'"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"\x89PNG\r\n", "no text in UTF-8"),
    ],
)
def test_what_is_no_diary_is_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "diary.csv"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=says):
        days_from_file(file)
    with pytest.raises(UsageError, match="could not be read"):
        days_from_file(tmp_path / "nothing.csv")


def test_the_runners_own_diary_tells_whether_the_belt_was_on() -> None:
    entries = [
        DiaryEntry(FIRST, pain_daily_nprs=3, aids=("belt",)),
        DiaryEntry(FIRST + timedelta(1), pain_daily_nprs=4, aids=()),
        DiaryEntry(FIRST + timedelta(2), exercises=("bird_dog",)),
    ]
    told = days_from_diary(entries, "belt", "pain_daily_nprs", {FIRST: 10.0}).days
    assert [(day.pain, day.treated, day.load) for day in told] == [
        (3, True, 10.0), (4, False, None), (None, None, None)
    ]  # fmt: skip


def made_up(schedule: Schedule, effect: float = -3.5) -> GatheredDays:
    on = [bool(schedule.assigned(schedule.start + timedelta(days=i))) for i in range(schedule.days)]
    return GatheredDays(
        tuple(made_up_trial(MadeUpPain(effect=effect), on, schedule.start, np.random.default_rng(3)))
    )


def test_an_answer_has_the_contracts_names_and_is_json() -> None:
    schedule, _ = design_trial("belt", "aid", FIRST, seed=4)
    schedule = replace(schedule, baseline_days=0)
    answer = json.loads(json.dumps(analyse_trial(made_up(schedule), schedule), allow_nan=False))
    assert {
        "days",
        "usable",
        "effect",
        "interval90",
        "autocorrelation",
        "verdict",
        "why",
        "days_more",
    } <= set(answer)
    assert answer["verdict"] == "helped"
    assert answer["interval90"][0] < answer["effect"] < answer["interval90"][1] < 0
    assert answer["randomisation"]["orders"] == 62
    assert answer["bands"]["treated"][0] < answer["bands"]["untreated"][0]
    assert answer["usable"] == sum(day["used"] for day in answer["diary"])


def test_without_a_diary_the_design_takes_a_baseline_and_says_why() -> None:
    schedule, told = design_trial("belt", "aid", FIRST, seed=4)
    assert schedule.baseline_days == trial_rules().baseline_days
    assert told["noise"]["from"] == "a usual diary"
    assert told["enough"]
    assert told["days"] == schedule.days + 14


def test_a_wilder_diary_gets_a_longer_trial() -> None:
    rng = np.random.default_rng(2)
    earlier = [FIRST - timedelta(days=60 - i) for i in range(60)]
    calm = [TrialDay(day, float(round(5 + rng.normal(0, 0.8)))) for day in earlier]
    wild = [TrialDay(day, float(np.clip(round(5 + rng.normal(0, 3)), 0, 10))) for day in earlier]
    short, told = design_trial("belt", "aid", FIRST, calm, seed=1)
    long, _ = design_trial("belt", "aid", FIRST, wild, seed=1)
    assert short.baseline_days == long.baseline_days == 0
    assert short.days < long.days
    assert told["noise"]["days"] == 60
    assert design_trial("belt", "aid", FIRST, wild, seed=1, matters=4)[0].days < long.days


def test_an_unknown_kind_or_an_impossible_change_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="one of aid"):
        design_trial("belt", "magnet", FIRST)
    with pytest.raises(UsageError, match="between 0 and 10"):
        design_trial("belt", "aid", FIRST, matters=12)


def test_the_calendar_is_read_back_with_every_block_and_no_word_of_what_is_tried_in_a_title(
    tmp_path: Path,
) -> None:
    schedule, told = design_trial("si_belt", "aid", FIRST, seed=4)
    write_trial_calendar(schedule, tmp_path / "trial.ics", stamp=datetime(2026, 1, 1, tzinfo=UTC))
    events = icalendar.Calendar.from_ical((tmp_path / "trial.ics").read_bytes()).events
    assert len(events) == len(told["blocks"]) + 1
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert events[0].decoded("dtstart") == FIRST
    assert events[-1].decoded("dtend") == schedule.end + timedelta(days=1)
    for before, after in itertools.pairwise(events):
        assert before.decoded("dtend") == after.decoded("dtstart")
    assert not any("belt" in str(event["summary"]) for event in events)
    with pytest.raises(UsageError, match="There is no folder"):
        write_trial_calendar(schedule, tmp_path / "no" / "trial.ics", stamp=datetime(2026, 1, 1, tzinfo=UTC))
