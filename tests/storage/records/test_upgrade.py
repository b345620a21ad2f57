"""Forward from an older version's tables with every row; back by the backup that was made before."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from evengait.actions.back_up import back_up
from evengait.actions.restore_home import restore_home

if TYPE_CHECKING:
    from pathlib import Path

FIRST = """
import sys
from pathlib import Path
from django.core.management import call_command
import evengait.storage.records.opening as opening
opening._migrate = lambda: call_command("migrate", "records", "0001", verbosity=0, interactive=False)
opening.open_records(Path(sys.argv[1]))
"""
OPEN = """
import sys
from pathlib import Path
from evengait.storage.records.opening import open_records
open_records(Path(sys.argv[1]))
"""
OLD = ["0001_first"]


def run(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {
        "EVENGAIT_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "evengait.storage.records.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", code, str(home)], env=env, capture_output=True, text=True, check=False
    )


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "desk.sqlite3")) as database:
        return database.execute(sql).fetchall()


def applied(home: Path) -> list[object]:
    return [
        row[0] for row in rows(home, "SELECT name FROM django_migrations WHERE app = 'records' ORDER BY name")
    ]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a home whose tables are the first version's, with a runner and a pain in them."""
    home = tmp_path / "home"
    done = run(FIRST, home)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(home / "desk.sqlite3")) as database:
        columns = {row[1]: row for row in database.execute("PRAGMA table_info(records_runner)")}
        values = {name: "" for name, row in columns.items() if row[3] and row[4] is None}
        values |= {
            "id": "1" * 32,
            "name": "me",
            "units": "km",
            "time_zone": "UTC",
            "created_at": "2026-01-01",
        }
        values = {name: value for name, value in values.items() if name in columns}
        marks = ", ".join("?" * len(values))
        insert = f"INSERT INTO records_runner ({', '.join(values)}) VALUES ({marks})"  # noqa: S608
        database.execute(insert, list(values.values()))
        database.commit()
    return home


def test_older_tables_come_forward_with_every_row_and_go_back_by_the_backup(
    old: Path, tmp_path: Path
) -> None:
    assert applied(old) == OLD
    back_up(old, tmp_path / "before.zip")
    done = run(OPEN, old)
    assert done.returncode == 0, done.stderr
    assert len(applied(old)) > 1
    assert rows(old, "SELECT name FROM records_runner") == [("me",)]
    back = tmp_path / "back"
    restore_home(back, tmp_path / "before.zip")
    assert applied(back) == OLD
    assert rows(back, "SELECT name FROM records_runner") == [("me",)]
    # And the restored older home comes forward as the other did: a backup of an older version is good for a newer one.
    assert run(OPEN, back).returncode == 0
    assert applied(back) == applied(old)
