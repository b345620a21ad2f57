"""A harm in half of the kinds of file of an archive; the full count is in the docs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_harm_in_files_of_many_kinds_is_found_and_mended() -> None:
    command = [sys.executable, "benchmarks/damage_archive.py", "9", "--runs", "6", "--seed", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Wrong: 0." in done.stdout
