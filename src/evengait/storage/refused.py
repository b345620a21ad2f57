"""What the system refused, in one sentence: a full disk, a home that may only be read, anything else."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

from evengait.core.reasons import kept

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_NUMBER = re.compile(r"\[errno (\d+)\]|\(os error (\d+)\)", re.IGNORECASE)
"""Libraries that write tables keep the system's number in their words alone."""

SYSTEM_SAYS = (
    kept("No such file or directory"), kept("Permission denied"), kept("Is a directory"), kept("Not a directory"),
    kept("File exists"), kept("Input/output error"), kept("no reason given"),
)  # fmt: skip
"""What the system says most often, so that the catalogues have it."""

_NEARLY_FULL = 16 * 1024**2
_KEPT = kept("Nothing that was in is lost.")


def number_of(error: OSError) -> int | None:
    """Return the system's number of an error; None where nobody says it.

    Examples
    --------
    >>> number_of(OSError("Generic LocalFileSystem error: No space left on device (os error 28)"))
    28
    """
    if error.errno is not None:
        return error.errno
    found = _NUMBER.search(str(error))
    return int(found[1] or found[2]) if found else None


def refused(error: OSError, home: Path | None = None) -> str:
    """Return what the system refused, where, and what to do next.

    Parameters
    ----------
    error : OSError
    home : Path or None
        Where the program keeps everything; None = it is not to be named, as on a page for others.

    Examples
    --------
    >>> refused(OSError(30, "Read-only file system"))
    "The program's home may only be read. Nothing that was in is lost. Make it writable, then do the same again."
    """
    number = number_of(error)
    if number in _FULL:
        named = home is not None and _full(home)
        full = kept("The disk of {home} is full.", home=home) if named else kept("The disk is full.")
        return f"{full} {_KEPT} {kept('Free some space, then do the same again.')}"
    if number in _CLOSED:
        place = _place(error, home)
        closed = (
            kept("{place} may only be read.", place=place)
            if number == errno.EROFS
            else kept("{place} may not be read or written by this account.", place=place)
        )
        return f"{closed} {_KEPT} {kept('Make it writable, then do the same again.')}"
    what = f"{os.strerror(number)}." if number is not None else kept("The system refused.")
    return f"{what} {_KEPT} {kept('Free space or check permissions, then try again.')}"


def refused_by_database(error: Exception, home: Path) -> str | None:
    """Return the sentence for what the embedded database refused; None = it is nothing that the system refused.

    Examples
    --------
    >>> refused_by_database(Exception("database or disk is full"), Path("/nowhere at all"))
    'The disk is full. Nothing that was in is lost. Free some space, then do the same again.'
    """
    says = str(error)
    if "disk is full" in says:
        return refused(OSError(errno.ENOSPC, says), home)
    if "readonly" in says or ("unable to open" in says and not os.access(home, os.W_OK)):
        return refused(OSError(errno.EROFS, says), home)
    if "is locked" in says:
        busy = kept("Another program keeps the records of {home} busy.", home=home)
        return f"{busy} {_KEPT} {kept('Wait a little, then do the same again.')}"
    return None


def _place(error: OSError, home: Path | None) -> str:
    """Return what to call the place: the home for all that is in it, else the file's folder."""
    if home is None:
        return kept("The program's home")
    file = Path(os.fsdecode(error.filename)) if error.filename else home
    return str(home if file.is_relative_to(home) else file.parent)


def _full(home: Path) -> bool:
    there = next((place for place in (home, *home.absolute().parents) if place.exists()), home)
    try:
        return shutil.disk_usage(there).free < _NEARLY_FULL
    except OSError:
        return False
