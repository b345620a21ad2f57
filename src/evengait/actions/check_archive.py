"""Check a home and a runner's archive: every file against its hash, every session against its original."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from evengait.actions._checks import Checks
from evengait.actions._finding import BACKUP, ITSELF, REPAIR, UPDATE, Finding
from evengait.core.errors import TableError
from evengait.core.reasons import kept
from evengait.ingest._dispatch import FORMATS, other_formats
from evengait.storage.archive.form import FILE as FORM_FILE
from evengait.storage.archive.form import FORM, read_form
from evengait.storage.archive.heal import leftovers
from evengait.storage.archive.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable
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
    home, writable
        The home, and whether it can be written.
    versions : dict
        Python, the system and the packages that matter.
    formats : dict
        File formats: ours, and those of other packages with where they come from or why they cannot be used.
    form : int or None
        Form of the archive; None = of a program before forms, or no archive yet.
    sessions, files, originals : int
        Rows and kept files.
    batches : list of dict
        The imports: ``batch``, ``imported_at``, ``added``.
    leftovers : int
        Pieces that a cut-off import or a merging left and that count nowhere; the next import removes them.
    damaged : list of str
        A sentence for each finding that harms.
    findings : list of Finding
        Everything that is not as it should be.
    """

    home: str
    writable: bool
    versions: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    form: int | None = None
    sessions: int = 0
    files: int = 0
    originals: int = 0
    batches: list[dict[str, Any]] = field(default_factory=list)
    leftovers: int = 0
    damaged: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing has to be done."""
        return self.writable and not self.damaged


def check_archive(
    home: Path, folder: Path, *, on_progress: Callable[[int, int], None] | None = None
) -> Checkup:
    """Check a home and one runner's folder in it, changing nothing.

    Every file is compared with its hash, every original with its own, every part is read, and every session is
    compared with its original, read again.

    Parameters
    ----------
    home : Path
    folder : Path
        The runner's folder; one that is not there has no rows.
    on_progress : callable, optional
        Called with the originals read again, and those in all.

    Returns
    -------
    Checkup
    """
    found = Checkup(str(home), _writable(home), _versions(), _formats())
    found.findings += _records(home)
    layout = Layout(folder)
    form = _form(folder, found)
    if form is None or form <= FORM:
        checks = Checks(layout)
        found.findings += checks.run(on_progress or (lambda *_: None))
        _count(checks, found)
        if checks.sound:
            _leftovers(layout, found)
    found.damaged = [finding.what for finding in found.findings if finding.harm]
    return found


def _form(folder: Path, found: Checkup) -> int | None:
    try:
        found.form = read_form(folder)
    except TableError as error:
        found.findings.append(Finding("form", FORM_FILE, str(error), REPAIR))
    if found.form is not None and found.form > FORM:
        what = kept("This archive was written by a newer version of evengait. Update the program to open it.")
        found.findings.append(Finding("form", FORM_FILE, what, UPDATE))
    return found.form


def _records(home: Path) -> list[Finding]:
    if not home.exists():
        return []
    from evengait.storage.records.database import FILE
    from evengait.storage.records.integrity import damage

    what = kept("The database of runners, diary and plans is damaged ({words}). Put it back from a backup.")
    return [Finding("records", FILE, what.format(words=words), BACKUP) for words in damage(home)]


def _leftovers(layout: Layout, found: Checkup) -> None:
    left = leftovers(layout)
    pieces = [f"{name}/{part.name}" for name, parts in left.parts.items() for part in parts]
    pieces += [path.relative_to(layout.folder).as_posix() for path in left.strays]
    if left.undoing is not None:
        pieces.append(layout.undoing.name)
    if left.unsettled:
        pieces.append(layout.unsettled.name)
    found.leftovers = len(pieces)
    what = kept("It is left from an import that was cut off, or from merging, and counts nowhere.")
    found.findings += [Finding("leftover", piece, what, ITSELF, harm=False) for piece in pieces]


def _count(checks: Checks, found: Checkup) -> None:
    found.files = len(checks.files)
    found.sessions = len(checks.kept)
    batches: dict[str, dict[str, Any]] = {}
    for row in checks.files:
        batch = batches.setdefault(
            row["batch"], {"batch": row["batch"], "imported_at": row["imported_at"].isoformat(), "added": 0}
        )
        batch["added"] += row["verdict"] == "added"
    found.batches = sorted(batches.values(), key=lambda batch: str(batch["imported_at"]))
    found.originals = sum(row["original"] is not None for row in checks.files)


def _writable(home: Path) -> bool:
    there = home
    while not there.exists() and there != there.parent:
        there = there.parent
    return os.access(there, os.W_OK)


def _formats() -> dict[str, str]:
    ours = dict.fromkeys(FORMATS, "evengait")
    return ours | {
        name: kept("CANNOT be used, from {package}: {problem}", package=other.package, problem=other.problem)
        if other.problem
        else other.package
        for name, other in other_formats().items()
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "system": platform.system()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = kept("not installed")
    return found
