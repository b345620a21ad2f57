"""Where everything is kept: the home, and in it a folder per runner."""

from __future__ import annotations

import os
from pathlib import Path


def default_home() -> Path:
    """Return ``$EVENGAIT_HOME``, else the platform's user data folder for this program."""
    named = os.environ.get("EVENGAIT_HOME")
    if named:
        return Path(named)
    from platformdirs import user_data_dir

    return Path(user_data_dir("evengait", appauthor=False))


def runner_folder(home: Path, runner: str) -> Path:
    """Return the folder of one runner's archive."""
    return home / "runners" / runner
