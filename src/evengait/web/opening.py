"""Open the desk in this process: settings, tables, what was left over from before."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from evengait.core.errors import EvengaitError
from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE_S = 60.0
"""How long a desk that begins waits for a database server that begins too."""


_ARENA_MAX = -8
"""``M_ARENA_MAX`` of glibc's ``malloc.h``."""


def open_desk(home: Path, tell: Callable[[str], object] = str) -> None:
    """Set Django up with the desk's settings and bring the tables up to date; wait for a database server.

    Parameters
    ----------
    home : Path
    tell : callable
        Told that it waits.

    Raises
    ------
    EvengaitError
        The database server did not answer within a minute.
    """
    _share_heaps()
    os.environ["DJANGO_SETTINGS_MODULE"] = "evengait.web.settings"
    os.environ["EVENGAIT_HOME"] = str(home)
    from django.conf import settings
    from django.db.utils import OperationalError

    from evengait.storage.records.opening import open_records

    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            open_records(home)
            break
        except OperationalError as error:
            if not os.environ.get("EVENGAIT_DATABASE_URL"):
                raise
            if time.monotonic() > until:
                raise EvengaitError(
                    "The database that EVENGAIT_DATABASE_URL names does not answer. Check that it runs and lets the "
                    "desk in; nothing was changed."
                ) from error
        tell(say("The database does not answer yet. Waiting for it."))
        tell = str  # once is enough
        time.sleep(1)
    from django.core.management import call_command

    if "db" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)


def _share_heaps() -> None:
    """Keep the C library from a heap for every thread: what one thread is done with, another one uses again."""
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # another C library than glibc
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)
