"""Some thousands of broken files, always the same ones: no error, no hang, no value outside its column's range."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="limits of time and memory are set as Linux does"
)
@pytest.mark.parametrize(("count", "way"), [("1000", []), ("3000", ["--readers"])])
def test_thousands_of_broken_files_harm_nothing(count: str, way: list[str]) -> None:
    command = [sys.executable, "benchmarks/fuzz_import.py", count, "--made-up", "--seed", "7", *way]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"**{int(count):,}**" in done.stdout
