"""Open the records of a home: set Django up, bring the tables up to date."""

from __future__ import annotations

import os
import pkgutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evengait.core.errors import EvengaitError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = "evengait.storage.records.settings"


def has_records(home: Path) -> bool:
    """Tell whether a home has records, without making any and without loading Django."""
    from evengait.storage.records.database import ELSEWHERE, FILE

    return bool(os.environ.get("EVENGAIT_DATABASE_URL")) or any(
        (home / name).exists() for name in (FILE, ELSEWHERE)
    )


def are_open(home: Path) -> bool:
    """Tell whether this process works with the records of a home already."""
    from django.apps import apps
    from django.conf import settings

    return settings.configured and apps.ready and getattr(settings, "HOME", None) == home


def open_records(home: Path) -> None:
    """Make the records of a home ready for this process; cheap where there is nothing to do.

    One home at a time: opening another one closes the first. Import models and the functions beside this file only
    after it.

    Parameters
    ----------
    home : Path
        The folder that keeps everything; made where there is none.

    Raises
    ------
    EvengaitError
        The records were written by a newer version of the program.
    UsageError
        They are on a PostgreSQL, and ``EVENGAIT_DATABASE_URL`` does not name it.
    """
    from django.apps import apps
    from django.conf import settings

    from evengait.storage.records.database import ELSEWHERE

    home.mkdir(parents=True, exist_ok=True)
    if not settings.configured or not apps.ready:
        os.environ["EVENGAIT_HOME"] = str(home)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        import django

        django.setup()
    _point_at(home)
    if os.environ.get("EVENGAIT_DATABASE_URL"):
        (home / ELSEWHERE).touch()
    if _missing():
        with _alone(home):
            if _missing():
                _migrate()


def _point_at(home: Path) -> None:
    """Turn the connection to this home's database, where it pointed elsewhere."""
    from django.conf import settings
    from django.db import connections

    from evengait.storage.records.database import database_settings

    wanted = database_settings(home, os.environ.get("EVENGAIT_DATABASE_URL"))
    now = connections["default"].settings_dict
    settings.HOME = home
    if (now["ENGINE"], now["NAME"]) == (wanted["ENGINE"], wanted["NAME"]):
        return
    connections["default"].close()
    del connections["default"]
    del connections.databases["default"]
    connections.databases.update(connections.configure_settings({"default": wanted}))


def _missing() -> set[tuple[str, str]]:
    """Return the migrations that are in the program and not in the database. Reads folders, imports nothing."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    known = {
        (app.label, module.name)
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
        if module.name[0] not in "_~"
    }
    applied = set(MigrationRecorder(connection).applied_migrations())
    newer = {name for label, name in applied - known if label == "records"}
    if newer:
        raise EvengaitError(
            kept(
                "These records were written by a newer version of evengait. Update the program; nothing was changed."
            )
        )
    return known - applied


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the right to change tables: a lock file beside the embedded database, an advisory lock on a server."""
    from django.db import connection

    if connection.vendor == "postgresql":
        lock = 0x6576656E67616974  # "evengait": a number that no other program is likely to take
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
        return
    from filelock import FileLock

    with FileLock(home / "desk.lock"):
        yield
