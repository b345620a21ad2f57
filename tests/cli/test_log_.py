"""``evengait log`` as a person types it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from evengait.cli import cli
from evengait.core.errors import EvengaitError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "log", *words], standalone_mode=False)


def days(home: Path, *words: str) -> list[dict[str, object]]:
    shown: list[dict[str, object]] = json.loads(run(home, "--show", "--json", *words).stdout)["days"]
    return shown


def test_one_line_logs_a_day(records_home: Path) -> None:
    result = run(records_home, "--date", "2026-11-08", "--pain-during", "2", "--belt", "--no-limp")
    assert result.return_value == 0
    assert "pain during the run 2" in result.stdout
    (day,) = days(records_home, "--date", "2026-11-08")
    assert (day["pain_during_nprs"], day["aids"], day["limp"], day["pain_after_nprs"]) == (
        2.0,
        ["belt"],
        False,
        None,
    )


def test_this_mornings_pain_belongs_to_the_day_before(records_home: Path) -> None:
    run(records_home, "--date", "2026-11-09", "--pain-this-morning", "1.5", "--sleep", "8")
    before, after = days(records_home, "--since", "2026-11-08", "--until", "2026-11-09")
    assert (before["pain_next_morning_nprs"], after["sleep_h"]) == (1.5, 8.0)
    assert after["pain_next_morning_nprs"] is None


def test_four_answers_make_the_weekly_score(records_home: Path) -> None:
    (day,) = json.loads(run(records_home, "--overuse", "8,17,8,8", "--json").stdout)["days"]
    assert day["overuse_score"] == 41
    assert "a substantial problem by its rule" in run(records_home, "--overuse", "8,17,8,8").stdout
    (day,) = json.loads(run(records_home, "--replace", "--overuse", "25", "--json").stdout)["days"]
    assert day["overuse_score"] == 100
    for wrong in ("a,b", "1,2,3,4", "8,8,8,8,8"):
        assert isinstance(run(records_home, "--overuse", wrong).exception, UsageError)


def test_wrong_words_are_one_sentence_without_the_value(records_home: Path) -> None:
    for words in (
        ["--pain-during", "12"], ["--date", "2999-01-01", "--limp"], [], ["--aid", "none", "--belt"],
        ["--aid", "SI Belt"], ["--show", "--since", "2999-01-01"], ["--forget", "mood", "--limp", "--replace"],
    ):  # fmt: skip
        error = run(records_home, *words).exception
        assert isinstance(error, EvengaitError), words
        assert "12" not in str(error)


def test_no_belt_says_that_there_was_no_aid_unless_another_is_named(records_home: Path) -> None:
    run(records_home, "--date", "2026-11-08", "--no-belt")
    run(records_home, "--date", "2026-11-09", "--no-belt", "--aid", "tape")
    shown = days(records_home, "--since", "2026-11-01")
    assert [day["aids"] for day in shown] == [[], ["tape"]]
    assert "aids: none" in run(records_home, "--show", "--date", "2026-11-08").stdout


def test_out_and_in_again(records_home: Path, tmp_path: Path) -> None:
    run(
        records_home,
        "--date",
        "2026-11-08",
        "--pain-during",
        "2.5",
        "--exercise",
        "bird_dog",
        "--note",
        "a\nb",
    )
    file = tmp_path / "diary.csv"
    assert run(records_home, "--export", str(file)).return_value == 0
    result = run(records_home, "--import", str(file), "--json")
    assert result.return_value == 0
    assert json.loads(result.stdout) == {"days": 1, "failed": [], "unknown": []}
    assert run(records_home, "--export", "-").stdout_bytes == file.read_bytes()
    file.write_text(file.read_text("utf-8") + "nonsense\n", "utf-8")
    result = run(records_home, "--import", str(file))
    assert result.return_value == 3
    assert "Line 4" in result.stderr


def test_a_folder_that_is_not_there_is_said_so(records_home: Path, tmp_path: Path) -> None:
    error = run(records_home, "--export", str(tmp_path / "nowhere" / "diary.csv")).exception
    assert isinstance(error, UsageError)
    assert "no folder" in str(error)


def test_a_trials_days_can_be_taken_along(records_home: Path) -> None:
    run(records_home, "--date", "2026-11-08", "--pain-daily", "2", "--belt")
    lines = run(records_home, "--export", "-", "--treated", "belt").stdout.splitlines()
    assert lines == ["date,pain,treated,load", "2026-11-08,2,1,"]


def test_the_last_four_weeks_are_shown(records_home: Path) -> None:
    assert "Nothing is logged yet" in run(records_home, "--show").stdout
    long_ago = (datetime.now(UTC).date() - timedelta(days=60)).isoformat()
    run(records_home, "--date", long_ago, "--illness")
    run(records_home, "--numb-or-weak", "--note", "one\ntwo", "--overuse", "8")
    text = run(records_home, "--show").stdout
    assert long_ago not in text
    assert "a leg numb or weak" in text
    assert "one / two" in text
