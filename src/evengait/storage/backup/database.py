"""The records' part of a backup: SQLite's own online copy, or PostgreSQL's own dump; both of one instant."""

from __future__ import annotations

import os
import pkgutil
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from evengait.core.errors import EvengaitError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept
from evengait.storage.archive.disk import flush_file
from evengait.storage.records.database import FILE, database_settings, refuse_unnamed
from evengait.storage.records.integrity import damage

DUMP = "desk.pgdump"
NAMES = {"sqlite": FILE, "postgresql": DUMP}
_URL = "EVENGAIT_DATABASE_URL"
_APPLIED = "SELECT name FROM django_migrations WHERE app = 'records' ORDER BY name"


def dump_database(home: Path, folder: Path) -> tuple[str | None, tuple[str, ...]]:
    """Copy the records as they are at this instant into a folder; others may read and write meanwhile.

    Parameters
    ----------
    home, folder : Path
        Where the records are (or who names them), and where the copy goes: ``desk.sqlite3`` or ``desk.pgdump``.

    Returns
    -------
    kind : str or None
        ``sqlite``, ``postgresql``; None where the home has no records.
    migrations : tuple of str

    Raises
    ------
    EvengaitError
        The database is damaged, or cannot be reached.
    UsageError
        It is on a PostgreSQL that the environment does not name.
    """
    if url := os.environ.get(_URL):
        return "postgresql", _dump_postgresql(home, url, folder / DUMP)
    refuse_unnamed(home)
    if not (home / FILE).exists():
        return None, ()
    _copy_sqlite(home / FILE, folder / FILE)
    if damage(folder):
        raise EvengaitError(
            kept(
                "The database of runners, diary and plans is damaged. No backup was made, and earlier ones stay as "
                "they are: restore from one of them. `evengait doctor` says more."
            )
        )
    flush_file(folder / FILE)
    with closing(sqlite3.connect(folder / FILE)) as copy:
        try:
            return "sqlite", tuple(str(row[0]) for row in copy.execute(_APPLIED))
        except sqlite3.OperationalError:
            return "sqlite", ()  # made a moment ago: it has no tables yet


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source, timeout=20)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}:
            raise OSError(28, "No space left on device") from error
        raise EvengaitError(kept("The database of runners, diary and plans cannot be read.")) from error
    except sqlite3.DatabaseError as error:
        raise EvengaitError(
            kept(
                "The database of runners, diary and plans is damaged. No backup was made, and earlier ones stay as "
                "they are. `evengait doctor` says more."
            )
        ) from error
    target.chmod(0o600)


def refuse_newer_records(migrations: tuple[str, ...]) -> None:
    """Look whether this program knows every change that a backup's tables have had.

    Raises
    ------
    EvengaitError
        It does not: a newer version made them.
    """
    folder = Path(__file__).parents[1] / "records" / "migrations"
    known = {module.name for module in pkgutil.iter_modules([str(folder)])}
    if set(migrations) - known:
        raise EvengaitError(
            kept(
                "The records in this backup were written by a newer version of evengait. "
                "Update the program; nothing was changed."
            )
        )


def refuse_records(home: Path, kind: str) -> None:
    """Look whether records of this kind can be put here: nothing that is there is ever written over.

    Raises
    ------
    UsageError
        There are records already, or the environment names another kind of database.
    """
    url = os.environ.get(_URL)
    if kind == "postgresql":
        if not url:
            raise UsageError(
                "This backup holds a PostgreSQL database. Make an empty one and name it in EVENGAIT_DATABASE_URL."
            )
        if _has_tables(url):
            raise UsageError(
                "The database that EVENGAIT_DATABASE_URL names has tables in it. Make an empty one for the restore."
            )
    elif url:
        raise UsageError(
            "This backup holds the embedded database of a home. Unset EVENGAIT_DATABASE_URL for the restore."
        )
    elif (home / FILE).exists():
        raise UsageError(
            "There are records in this home already. Name another --home, or move desk.sqlite3 away first."
        )


def load_postgresql(home: Path, dump: Path) -> None:
    """Load a dump into the empty database that the environment names, all of it or nothing.

    Raises
    ------
    EvengaitError
        It could not be loaded; the database is as empty as before.
    """
    settings = database_settings(home, os.environ.get(_URL))
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    if _run("pg_restore", [*words, f"--dbname={settings['NAME']}", str(dump)], settings):
        raise EvengaitError(
            kept(
                "PostgreSQL did not take the database of the backup; it is as empty as before. "
                "Is the server at least of the version that the backup was made on?"
            )
        )


def _dump_postgresql(home: Path, url: str, target: Path) -> tuple[str, ...]:
    import psycopg

    settings = database_settings(home, url)
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    if _run("pg_dump", words, settings):
        raise EvengaitError(
            kept(
                "pg_dump could not copy the database. Is the server running, and pg_dump of the server's version?"
            )
        )
    target.chmod(0o600)
    flush_file(target)
    with psycopg.connect(url) as connection:
        return tuple(str(row[0]) for row in connection.execute(_APPLIED))


def _has_tables(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1")
            return found.fetchone() is not None
    except psycopg.OperationalError:
        raise EvengaitError(kept("The database that EVENGAIT_DATABASE_URL names does not answer.")) from None


def _run(name: str, words: list[str], settings: dict[str, Any]) -> bool:
    """Run one of PostgreSQL's own programs and tell whether it failed; what it says may hold health data."""
    program = shutil.which(name) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if program is None:
        raise EvengaitError(
            say("{name} is not installed here. It comes with PostgreSQL's client programs.", name=name)
        )
    named = {
        "PGHOST": settings["HOST"], "PGPORT": settings["PORT"], "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"], "PGDATABASE": settings["NAME"],
        "PGSSLMODE": settings.get("OPTIONS", {}).get("sslmode"),
    }  # fmt: skip
    env = os.environ | {key: str(value) for key, value in named.items() if value}
    done = subprocess.run([program, "--no-password", *words], env=env, capture_output=True, check=False)  # noqa: S603
    return done.returncode != 0
