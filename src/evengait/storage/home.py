"""Where everything is kept: the home, and in it a folder per runner."""

from __future__ import annotations

import os
import re
from pathlib import Path

from evengait.core.errors import UsageError

_NAME = re.compile(r"\w[\w.@+-]{0,63}")


def default_home() -> Path:
    """Return ``$EVENGAIT_HOME``, else the platform's user data folder for this program."""
    named = os.environ.get("EVENGAIT_HOME")
    if named:
        return Path(named)
    from platformdirs import user_data_dir

    return Path(user_data_dir("evengait", appauthor=False))


def runner_folder(home: Path, runner: str) -> Path:
    """Return the folder of one runner's archive; it need not be there yet.

    Parameters
    ----------
    home : Path
        The folder that keeps everything.
    runner : str
        A short name: letters, digits, ``. _ - @ +``.

    Raises
    ------
    UsageError
        The name would lead out of the home, or no file system would take it.

    Examples
    --------
    >>> runner_folder(Path("home"), "me").as_posix()
    'home/runners/me'
    """
    if not _NAME.fullmatch(runner):
        raise UsageError(
            "A runner's name has up to 64 letters, digits, dots or dashes, and starts with a letter or digit."
        )
    return home / "runners" / runner


def runner_folders(home: Path) -> list[Path]:
    """Return the folder of every archive in a home, by name; none where there is no archive."""
    place = home / "runners"
    return sorted(one for one in place.iterdir() if one.is_dir()) if place.is_dir() else []


def home_of(folder: Path) -> Path:
    """Return the home that a runner's folder lies in.

    Examples
    --------
    >>> home_of(runner_folder(Path("home"), "me")).as_posix()
    'home'
    """
    return folder.parent.parent
