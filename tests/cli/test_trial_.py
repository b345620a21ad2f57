"""``evengait trial`` as a runner types it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result

from evengait.cli import cli
from evengait.core.diary import DiaryEntry
from evengait.core.errors import UsageError
from evengait.core.trial import Schedule

if TYPE_CHECKING:
    from pathlib import Path


def run(home: Path, *words: str, language: str = "en") -> Result:
    told = ["--home", str(home), "--language", language, "trial", *words]
    return CliRunner().invoke(cli, told, catch_exceptions=True)


def answered(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_from_design_over_the_diary_to_the_answer(tmp_path: Path) -> None:
    """Drawn in the past, so that it is over today; logged as she was told; judged."""
    start = date.today() - timedelta(days=100)  # noqa: DTZ011
    made = run(
        tmp_path, "design", "--what", "SI belt", "--start", str(start), "--seed", "7", "--keep", "--json",
        "--ics", str(tmp_path / "b.ics"), "--html", str(tmp_path / "agree.html"),
    )  # fmt: skip
    schedule = Schedule.from_data(answered(made))
    assert schedule.treatment == "si_belt"
    assert (tmp_path / "b.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert "Does the SI belt help me?" in (tmp_path / "agree.html").read_text("utf-8")

    from evengait.storage.records.diary import keep_days
    from evengait.storage.records.runners import runner_named

    rng = np.random.default_rng(1)
    me = runner_named(tmp_path, "me").id
    entries = []
    for i in range(schedule.baseline_days + schedule.days):
        day = start + timedelta(days=i)
        on = bool(schedule.assigned(day))
        pain = float(np.clip(round(6 - 4 * on + rng.normal(0, 1)), 0, 10))
        entries.append(DiaryEntry(day, pain_daily_nprs=pain, aids=("si_belt",) if on else ()))
    keep_days(me, entries)

    answer = answered(run(tmp_path, "analyse", "--json", "--html", str(tmp_path / "answer.html")))
    assert answer["verdict"] == "helped"
    assert answer["treatment"] == "si belt"
    page = (tmp_path / "answer.html").read_text("utf-8")
    assert "It helped" in page
    told = run(tmp_path, "analyse").stdout
    assert "points less with the SI belt" in told
    for said in (page, " ".join(told.split()), answer["why"]):
        assert "on days with the SI belt" in said
        assert "si belt" not in said
    german = run(tmp_path, "analyse", language="de").stdout
    assert "Mit ISG-Gurt war der Schmerz" in german
    assert "an Tagen mit ISG-Gurt" in " ".join(german.split())
    assert "the SI belt" in (tmp_path / "b.ics").read_text("utf-8").replace("\r\n ", "")
    assert "Randomisation test" in told


def test_a_file_alone_is_analysed_and_bad_rows_are_done_in_part(tmp_path: Path) -> None:
    file = tmp_path / "diary.csv"
    rows = [f"{date(2026, 1, 1) + timedelta(days=i)},{3 + i % 2},{i // 8 % 2}" for i in range(64)]
    file.write_text("date,pain,treated\n" + "\n".join(rows), "utf-8")
    assert answered(run(tmp_path / "home", "analyse", str(file), "--json"))["verdict"] == "no_reliable_change"
    assert not (tmp_path / "home").exists()
    file.write_text("date,pain,treated\n" + "\n".join([*rows, "soon,3,1"]), "utf-8")
    result = CliRunner().invoke(
        cli, ["--home", str(tmp_path / "home"), "trial", "analyse", str(file)], standalone_mode=False
    )
    assert result.return_value == 3
    assert "line 66" in result.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["analyse"], "No trial is kept"),
        (["analyse", "--what", "belt"], "holds no day yet"),
        (["analyse", "nothing.csv"], "could not be read"),
        (["design", "--what", "!!"], "plain words"),
        (["design", "--what", "belt", "--ics", "no/where.ics"], "There is no folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(tmp_path: Path, words: list[str], says: str) -> None:
    result = run(tmp_path, *words)
    assert isinstance(result.exception, UsageError)
    assert says in str(result.exception)


def test_a_design_file_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("date,pain,treated\n2026-01-01,3,1\n", "utf-8")
    (tmp_path / "d.json").write_text("[]", "utf-8")
    result = run(tmp_path, "analyse", str(tmp_path / "d.csv"), "--design", str(tmp_path / "d.json"))
    assert "no design of a trial" in str(result.exception)


def test_two_kept_trials_ask_for_a_name(tmp_path: Path) -> None:
    for what in ("belt", "insole"):
        answered(run(tmp_path, "design", "--what", what, "--keep", "--json", "--seed", "1"))
    assert "Name one" in str(run(tmp_path, "analyse").exception)
