"""A short life of a desk in use while its parts are killed; the hour is in docs/endurance.md."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _has_postgres() -> bool:
    return bool(shutil.which("postgres") or list(Path("/usr/lib/postgresql").glob("*/bin/postgres")))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is another thing there")
@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_a_desk_in_use_loses_and_doubles_nothing_while_its_parts_are_killed(database: str) -> None:
    if database == "postgresql" and not _has_postgres() and os.environ.get("CI") != "true":
        pytest.skip("no PostgreSQL here")
    words = ["0.4", "--database", database, "--people", "3", "--exports", "2", "--every", "7", "--seed", "3"]
    done = subprocess.run(
        [sys.executable, "benchmarks/endure.py", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Lost, double or half: 0." in done.stdout
