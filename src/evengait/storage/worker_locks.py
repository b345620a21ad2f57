"""Which workers live: each holds a lock in the home, which goes with it however it ends."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "workers"
_KEPT_S = 7 * 24 * 3600.0


@contextmanager
def alive(home: Path, token: str) -> Iterator[None]:
    """Hold the lock of the worker that is called so."""
    (home / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(home / FOLDER / token):
        yield


def is_alive(home: Path, token: str) -> bool | None:
    """Tell whether a worker lives; None where nothing is known of it."""
    file = home / FOLDER / token
    if not token.isalnum() or not file.is_file():
        return None
    try:
        FileLock(file, timeout=0).acquire().lock.release()
    except Timeout:
        return True
    return False


def forget_ended(home: Path) -> None:
    """Remove locks of workers that ended a week ago; the tasks that they had were taken up long since."""
    for file in (home / FOLDER).glob("*"):
        if time.time() - file.stat().st_mtime > _KEPT_S and is_alive(home, file.name) is False:
            file.unlink(missing_ok=True)
