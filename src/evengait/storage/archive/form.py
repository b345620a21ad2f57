"""``archive.json``: which form of archive this is, so that a newer one is never read, let alone written, wrongly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from evengait import __version__
from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.storage.archive.disk import put

if TYPE_CHECKING:
    from pathlib import Path

FILE = "archive.json"

FORM = 1
"""Raise it with a change that an older program would read wrongly. A new column is none: others leave it out."""

_NEWER = kept(
    "This archive was written by a newer version of evengait. "
    "Update the program to open it; nothing was changed."
)
_DAMAGED = kept("The archive's archive.json is damaged. Run `evengait doctor --repair`; nothing was changed.")


def refuse_newer(folder: Path) -> None:
    """Look whether this program may open an archive; one without ``archive.json`` is older than the file.

    Raises
    ------
    TableError
        It is of a newer form, or does not say which.
    """
    form = read_form(folder)
    if form is not None and form > FORM:
        raise TableError(_NEWER)


def read_form(folder: Path) -> int | None:
    """Return an archive's form; None where it does not say.

    Raises
    ------
    TableError
        What it says cannot be read.
    """
    try:
        form = json.loads((folder / FILE).read_bytes())["form"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise TableError(_DAMAGED) from error
    if not isinstance(form, int) or form < 1:
        raise TableError(_DAMAGED)
    return form


def write_form(folder: Path) -> None:
    """Say which form an archive is of, and who made it."""
    text = json.dumps({"form": FORM, "made_by": f"evengait {__version__}"}, indent=1)
    put(folder / FILE, f"{text}\n".encode())
