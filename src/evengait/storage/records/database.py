"""Which database: the embedded one in the home, or the PostgreSQL named by ``EVENGAIT_DATABASE_URL``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FILE = "desk.sqlite3"
ELSEWHERE = "desk.postgresql"
"""Stands in a home whose records are on a PostgreSQL; empty, so that it tells nobody where."""
_WAIT_S = 20
"""Longest wait for another process that is writing."""


def database_settings(home: Path, url: str | None) -> dict[str, Any]:
    """Return Django's settings of the one database.

    Parameters
    ----------
    home : Path
        The folder that keeps everything.
    url : str or None
        ``postgresql://user:password@host:port/name``; None = the embedded database in the home.

    Raises
    ------
    UsageError
        The address names another kind of database, or none is named and the home's records are on a PostgreSQL:
        an empty database in its place would look like a loss, and a backup of it would be one.

    Examples
    --------
    >>> from pathlib import Path
    >>> database_settings(Path("home"), None)["NAME"]
    'home/desk.sqlite3'
    """
    if url:
        return _postgresql(url)
    refuse_unnamed(home)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": (home / FILE).as_posix(),
        "OPTIONS": {
            # Readers never wait for a writer; what was answered to a person is on the disk.
            # What is deleted is overwritten.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
            "PRAGMA secure_delete=ON;",
            # A writer asks for its lock at once: two writers wait for each other and never fail half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": _WAIT_S,
        },
    }


def refuse_unnamed(home: Path) -> None:
    """Look whether a home has its records in itself; call where no PostgreSQL is named.

    Raises
    ------
    UsageError
        They are on a PostgreSQL.
    """
    if (home / ELSEWHERE).exists():
        from evengait.core.errors import UsageError

        raise UsageError(
            "The records of this home are on a PostgreSQL server. Name it in EVENGAIT_DATABASE_URL, as the desk's "
            "environment does."
        )


def _postgresql(url: str) -> dict[str, Any]:
    from evengait.core.errors import UsageError

    if not url.startswith(("postgresql://", "postgres://")):
        raise UsageError(
            "EVENGAIT_DATABASE_URL begins with postgresql://; leave it empty for the embedded database."
        )
    import dj_database_url

    return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
