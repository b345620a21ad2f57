"""Whether the embedded database is whole: SQLite's own check, without Django."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from evengait.core.reasons import kept
from evengait.storage.records.database import FILE

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 5


def damage(home: Path) -> list[str]:
    """Return what is wrong with a home's embedded database, in SQLite's words; nothing where there is none.

    Parameters
    ----------
    home : Path
        The folder that keeps everything. Opened for reading only.
    """
    path = home / FILE
    if not path.exists():
        return []
    try:
        # Not `immutable`: a log that another process left must be read too.
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=20)
        try:
            words = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
            orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    found = [] if words == ["ok"] else words
    return found + ([kept("{n} rows belong to nothing", n=orphans)] if orphans else [])
