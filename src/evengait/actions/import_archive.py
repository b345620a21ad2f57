"""Take files, folders and zips into a runner's archive."""

from __future__ import annotations

import os
import secrets
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from evengait.actions._workers import Crew
from evengait.core.errors import TableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


VERDICTS = ("added", "duplicate", "not_a_session", "failed")

WORKERS_FROM = 4 * 1024**2
"""Bytes as they came: less is done sooner in one process than others start."""

_MOST_WORKERS = 3


@dataclass(frozen=True)
class FileReport:
    """What became of one file, for people and for ``--json``."""

    source: str
    verdict: str
    reason: str | None = None
    sessions: tuple[str, ...] = ()


@dataclass
class ImportReport:
    """What an import did.

    Attributes
    ----------
    batch : str
        Its name, for ``undo``.
    files : list of FileReport
        Every file that was looked at.
    runs, distance_m, first, last, shoes
        Of the running sessions that were added; ``shoes`` of every session on foot.
    sessions : int
        Sessions added, of every sport.
    without_file : int
        Activities that the export lists but has no recording of.
    on_maps : int
        Sessions newly told the ground of by a map.
    bytes : int
        Of the files looked at, as they came.
    seconds : float
        From start to end.
    """

    batch: str
    files: list[FileReport] = field(default_factory=list)
    sessions: int = 0
    runs: int = 0
    distance_m: float = 0.0
    first: date | None = None
    last: date | None = None
    shoes: set[str] = field(default_factory=set)
    without_file: int = 0
    on_maps: int = 0
    problems: list[str] = field(default_factory=list)
    bytes: int = 0
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """Files by verdict."""
        found = Counter(file.verdict for file in self.files)
        return {verdict: found[verdict] for verdict in VERDICTS}


@dataclass(frozen=True)
class Progress:
    """Where an import stands: files done, files in all, sessions added so far."""

    done: int
    total: int
    sessions: int


def import_archive(
    folder: Path,
    paths: Sequence[Path],
    *,
    on_progress: Callable[[Progress], None] | None = None,
    on_wait: Callable[[], None] | None = None,
    on_ground: Callable[[int, int], None] | None = None,
    workers: int | None = None,
) -> ImportReport:
    """Take recordings into a runner's archive; what is in already stays as it is.

    Where the home has maps, new sessions are matched to them.

    Parameters
    ----------
    folder : Path
        The runner's folder, ``<home>/runners/<runner>``; made where there is none.
    paths : sequence of Path
        Files, folders and zips.
    on_progress : callable, optional
        Called after every committed chunk.
    on_wait : callable, optional
        Called once where another import is writing and this one has to wait.
    on_ground : callable, optional
        Called with the sessions matched to a map, and those to match.
    workers : int, optional
        Processes; None = as many as there are processors, three at most.

    Returns
    -------
    ImportReport

    Raises
    ------
    UsageError
        A path is not there.
    OSError
        The archive cannot be written; what was committed before stays.
    """
    begun = time.monotonic()
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is nothing at {path}. Check the path.")
    count = workers or _processors()
    now = datetime.now(UTC)
    report = ImportReport(f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}")
    with ExitStack() as stack:
        crew = _early_crew(folder, paths, count)
        if crew is not None:
            stack.enter_context(crew)
        # Only now: the workers load while this process does.
        from evengait.actions._import_run import ImportRun
        from evengait.storage.archive.writer import writing

        writer = stack.enter_context(writing(folder, on_wait=on_wait))
        ImportRun(writer, report, now, on_progress).run(paths, crew, count)
    if report.sessions:
        _tell_ground(folder, report, on_ground)
    report.seconds = time.monotonic() - begun
    return report


def _tell_ground(folder: Path, report: ImportReport, tell: Callable[[int, int], None] | None) -> None:
    from evengait.storage.home import home_of
    from evengait.storage.maps.shelf import Shelf

    home = home_of(folder)
    if not Shelf(home).infos():
        return
    from evengait.actions.match_surfaces import match_surfaces

    try:
        report.on_maps = match_surfaces(home, folder, on_progress=tell).matched.total()
    except TableError as error:
        report.problems.append(str(error))


def _early_crew(folder: Path, paths: Sequence[Path], count: int) -> Crew | None:
    """Start workers at once where a lot is sure to be new: a big first import."""
    if count < 2 or (folder / "files").exists():
        return None
    sizes = (path.stat().st_size for path in paths if path.is_file())
    return Crew(count) if sum(sizes) >= WORKERS_FROM else None


def _processors() -> int:
    try:
        here = len(os.sched_getaffinity(0))
    except AttributeError:
        here = os.cpu_count() or 1
    return min(here, _MOST_WORKERS)
