"""The measurement of the desk under load, small: every page answers, alone and while an import runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "benchmarks" / "desk_load.py"
SMALL = (
    "--runners=3", "--users=3", "--seconds=2", "--pause=0.1", "--files=4", "--runs=5", "--kinds=1", "--years=0.5",
    "--replies=25", "--coaches=1",
)  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_main_page_answers_many_visitors(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if database == "postgresql":
        request.getfixturevalue("postgres_url")  # skips where there is none
    done = subprocess.run(
        [sys.executable, BENCH, "--databases", database, "--dir", tmp_path, *SMALL],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "| failed |" in done.stdout, done.stderr
    rows = [line.strip("| ").split("|") for line in done.stdout.splitlines() if line.count("|") == 10]
    answered = {row[0].strip(): (int(row[3]), int(row[-1])) for row in rows[2:]}
    assert len(answered) == 14
    assert all(count and not failed for count, failed in answered.values()), answered
