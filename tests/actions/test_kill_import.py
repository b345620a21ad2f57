"""A few kills of imports with all their worker processes; the full count is in the docs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
def test_a_few_imports_killed_with_their_workers_lose_nothing() -> None:
    command = [sys.executable, "benchmarks/kill_import.py", "6", "--runs", "9"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not whole: 0." in done.stdout
