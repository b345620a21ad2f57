"""What a database still holds of rows that are deleted, and how it goes."""

from __future__ import annotations


def erase_traces() -> None:
    """Take deleted rows out of the files of the embedded database, once the deletion holds.

    Pages that become free are overwritten as they do (``secure_delete``); the log beside the file still holds them as
    they were until it is emptied, which is done here. While somebody reads, the log stays and is emptied by the next
    commit that finds it long enough, or when the last process closes it. PostgreSQL overwrites them when it vacuums.
    """
    from django.db import transaction

    transaction.on_commit(_empty_log)


def _empty_log() -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
