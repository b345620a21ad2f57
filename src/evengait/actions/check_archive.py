"""Check a home and a runner's archive: can it be written, did a crash leave anything, is every original whole."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from evengait.core.errors import TableError
from evengait.ingest._dispatch import FORMATS, other_formats
from evengait.storage.archive.contents import read_parts, rows_of
from evengait.storage.archive.heal import leftovers
from evengait.storage.archive.layout import Layout
from evengait.storage.archive.originals import damaged
from evengait.storage.archive.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGES = (
    "evengait",
    "numpy",
    "pyarrow",
    "polars",
    "deltalake",
    "altair",
    "vl-convert-python",
    "tzfpy",
    "tzdata",
)


@dataclass
class Checkup:
    """What a check found.

    Attributes
    ----------
    versions : dict
        Python, the system and the packages that matter.
    formats : dict
        File formats: ours, and those of other packages with where they come from or why they cannot be used.
    home, writable
        The home, and whether it can be written.
    sessions, files, originals : int
        Rows and kept files.
    batches : list of dict
        The imports: ``batch``, ``imported_at``, ``added``.
    leftovers : int
        Parts and files that a cut-off import left; the next import removes them.
    damaged : list of str
        Originals that are missing or no longer have their hash, and tables that cannot be read.
    """

    home: str
    writable: bool
    versions: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    sessions: int = 0
    files: int = 0
    originals: int = 0
    batches: list[dict[str, Any]] = field(default_factory=list)
    leftovers: int = 0
    damaged: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing has to be done."""
        return self.writable and not self.damaged


def check_archive(home: Path, folder: Path) -> Checkup:
    """Check a home and one runner's folder in it, changing nothing.

    Parameters
    ----------
    home : Path
    folder : Path
        The runner's folder; one that is not there has no rows.

    Returns
    -------
    Checkup
    """
    found = Checkup(str(home), _writable(home), _versions(), _formats())
    layout = Layout(folder)
    try:
        left = leftovers(layout)
        found.leftovers = sum(map(len, left.parts.values())) + len(left.strays)
        found.leftovers += (left.undoing is not None) + left.unsettled
        _count(layout, found)
        for name in TABLES:
            _read_through(layout, name)
    except TableError as error:
        found.damaged.append(str(error))
    return found


def _count(layout: Layout, found: Checkup) -> None:
    log = layout.logs["files"]
    columns = ["batch", "imported_at", "verdict", "original", "sessions"]
    rows = rows_of(read_parts(log.folder, "files", log.parts().values(), columns))
    found.files = len(rows)
    found.sessions = sum(part.rows for part in layout.logs["sessions"].parts().values())
    batches: dict[str, dict[str, Any]] = {}
    for row in rows:
        batch = batches.setdefault(
            row["batch"], {"batch": row["batch"], "imported_at": row["imported_at"].isoformat(), "added": 0}
        )
        if row["verdict"] == "added":
            batch["added"] += 1
    found.batches = sorted(batches.values(), key=lambda batch: str(batch["imported_at"]))
    originals = [row["original"] for row in rows if row["original"] is not None]
    found.originals = len(originals)
    found.damaged += [f"original {address}" for address in damaged(layout.folder, originals)]


def _read_through(layout: Layout, name: str) -> None:
    log = layout.logs[name]
    for part in log.parts().values():
        rows = read_parts(log.folder, name, [part], arrow_schema(name).names).num_rows
        if rows != part.rows:
            raise TableError(f"The archive's table {name!r} is damaged: {part.name} lacks rows.")


def _writable(home: Path) -> bool:
    there = home
    while not there.exists() and there != there.parent:
        there = there.parent
    return os.access(there, os.W_OK)


def _formats() -> dict[str, str]:
    ours = dict.fromkeys(FORMATS, "evengait")
    return ours | {
        name: f"CANNOT be used, from {other.package}: {other.problem}" if other.problem else other.package
        for name, other in other_formats().items()
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "system": platform.system()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
