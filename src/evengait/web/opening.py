"""Open the desk in this process: settings, tables, what was left over from before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_desk(home: Path) -> None:
    """Set Django up with the desk's settings and bring the tables up to date."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "evengait.web.settings"
    os.environ["EVENGAIT_HOME"] = str(home)
    from evengait.storage.records.opening import open_records

    open_records(home)
    from django.conf import settings
    from django.core.management import call_command

    if "db" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)
