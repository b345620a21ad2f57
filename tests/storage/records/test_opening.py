"""Opening the records: two processes at once, a home at a time, a newer database."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from databases import OPEN
from evengait.core.diary import DiaryEntry
from evengait.core.errors import EvengaitError
from evengait.storage.records.opening import open_records

if TYPE_CHECKING:
    from pathlib import Path


def test_two_processes_that_open_a_new_home_at_once_both_succeed(tmp_path: Path) -> None:
    home = tmp_path / "new"
    both = [subprocess.Popen([sys.executable, "-c", OPEN, str(home)]) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert (home / "desk.sqlite3").exists()


def test_the_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    from evengait.storage.records.secret import secret_key

    first = secret_key(tmp_path)
    assert secret_key(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert len(first) > 50


def test_what_is_kept_survives_power_loss_and_readers_do_not_wait(records_home: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        found = {
            pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20000}


def test_each_home_has_its_own_records(records_home: Path, tmp_path: Path) -> None:
    from evengait.storage.records.diary import diary_of, keep_day
    from evengait.storage.records.runners import runner_named

    here = runner_named(records_home, "me").id
    keep_day(here, DiaryEntry(date(2026, 11, 8), limp=True))
    other = tmp_path / "other"
    open_records(other)
    assert diary_of(runner_named(other, "me").id) == []
    open_records(records_home)
    assert len(diary_of(here)) == 1


def test_opening_again_asks_the_database_little(records_home: Path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        open_records(records_home)
    assert len(asked) <= 3


def test_records_of_a_newer_program_are_left_alone(either_home: Path) -> None:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_applied("records", "9999_from_the_future")
    with pytest.raises(EvengaitError, match="newer version"):
        open_records(either_home)


def test_only_postgresql_is_accepted_by_address(tmp_path: Path) -> None:
    from evengait.storage.records.database import database_settings

    with pytest.raises(EvengaitError, match="postgresql://"):
        database_settings(tmp_path, "mysql://somebody:secret@somewhere/desk")
    found = database_settings(tmp_path, "postgresql://desk:s%40cret@db.example:5433/desk")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "desk",
        "s@cret",
        "db.example",
        5433,
    )


def test_no_migration_is_missing(records_home: Path) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)
