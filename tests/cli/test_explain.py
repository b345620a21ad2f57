"""``evengait explain`` and ``demo`` as a stranger types them: one sentence for every wrong question."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from evengait.core.recording import Bout, Samples
from evengait.ingest.fit.encode import encode_activity

if TYPE_CHECKING:
    from pathlib import Path


def evengait(home: Path, *args: str, runner: str = "demo") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evengait", "--home", str(home), "--runner", runner, *args]
    env = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def one_line(text: str) -> str:
    assert "Traceback" not in text
    return " ".join(text.split())


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three runs in all, the last on 2026-10-05."""
    import numpy as np

    home = tmp_path_factory.mktemp("few")
    for day in (1, 3, 5):
        start = int(datetime(2026, 10, day, 8, tzinfo=UTC).timestamp() * 1e6)
        seconds = np.arange(600, dtype=np.int64)
        columns = {
            "distance_m_x100": ((seconds * 300).astype(np.int32), None),
            "speed_m_s_x1000": (np.full(600, 3000, np.int32), None),
        }
        bout = Bout(start, "running", Samples(start + seconds * 1_000_000, columns), utc_offset_s=0)
        (home / f"{day}.fit").write_bytes(encode_activity(bout))
    done = evengait(home, "import", *(str(home / f"{d}.fit") for d in (1, 3, 5)), runner="few")
    assert done.returncode == 0, done.stderr
    return home


def test_the_json_is_one_document_and_nothing_else_on_stdout(demo_home: Path) -> None:
    done = evengait(
        demo_home, "explain", "--onset", "2026-11-08", "--site", "sacroiliac", "--side", "left", "--json"
    )
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["verdict"] == "stands_out"
    assert answer["factors"][0]["id"] == "paved_share"
    assert answer["gait"]["detectable"] > 0
    assert (answer["site"], answer["side"]) == ("sacroiliac", "left")


def test_the_answer_leads_with_the_sentence_that_answers(demo_home: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    done = evengait(demo_home, "explain", "--onset", "2026-11-08", "--units", "mi", "--html", str(report))
    assert done.returncode == 0
    assert "100% paved ground over 21 days" in one_line(done.stdout)
    assert report.stat().st_size > 50_000


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--onset", "2020-01-01"], "the archive begins on 2024-09-08"),
        (["--onset", (date.today() + timedelta(days=9)).isoformat()], "lies in the future"),  # noqa: DTZ011
        (["--onset", "soon"], "write the date as 2026-11-08"),
        (["--onset", "2026-13-01"], "one that exists"),
        (["--onset", "2026-11-08", "--site", "elbow"], "'elbow' is not one of 'lower_back', 'sacroiliac'"),
        (["--onset", "2026-11-08", "--earlier", "2025"], "write two dates as"),
        (
            ["--onset", "2026-11-08", "--earlier", "2026-10-01:2026-11-10"],
            "then the onset is the day that one began",
        ),
        (["--onset", "2026-11-08", "--earlier", "2025-05-01:2025-04-01"], "before the first"),
        (["--onset", "2026-11-08", "--html", "/nowhere/at/all.html"], "is not there"),
    ],
)
def test_a_wrong_question_is_one_sentence_and_status_2(demo_home: Path, args: list[str], says: str) -> None:
    done = evengait(demo_home, "explain", *args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in one_line(done.stderr)


def test_an_earlier_pain_leaves_fewer_comparisons(demo_home: Path) -> None:
    plain = json.loads(evengait(demo_home, "explain", "--onset", "2026-11-08", "--json").stdout)
    told = json.loads(
        evengait(
            demo_home, "explain", "--onset", "2026-11-08", "--earlier", "2026-02-01:2026-03-15", "--json"
        ).stdout
    )
    assert told["coverage"]["dates"] < plain["coverage"]["dates"]
    assert not any("--earlier" in caveat for caveat in told["caveats"])


def test_no_run_in_the_last_30_days_cannot_tell_and_says_why(few: Path) -> None:
    done = evengait(few, "explain", "--onset", "2026-11-20", runner="few")
    assert done.returncode == 0
    assert "no run in the 30 days before the onset" in one_line(done.stdout)


def test_three_runs_in_all_cannot_tell_and_says_why(few: Path) -> None:
    done = evengait(few, "explain", "--onset", "2026-10-05", "--json", runner="few")
    answer = json.loads(done.stdout)
    assert answer["verdict"] == "cannot_tell"
    assert "3 days with a run" in answer["caveats"][0]
    assert answer["gait"] is None
    assert all(factor["missing"] for factor in answer["factors"])
    words = one_line(evengait(few, "explain", "--onset", "2026-10-05", runner="few").stdout)
    assert "3 days with a run" in words


def test_an_empty_archive_says_what_to_do_next(tmp_path: Path) -> None:
    done = evengait(tmp_path, "explain", "--onset", "2026-11-08")
    assert done.returncode == 2
    assert "evengait import export.zip" in one_line(done.stderr)


def test_the_words_of_an_error_hold_no_place(tmp_path: Path) -> None:
    done = evengait(tmp_path, "explain", "--onset", "2026-11-08", "--site", "sacroiliac", "--side", "left")
    assert "sacroiliac" not in done.stderr
    assert "left" not in done.stderr
