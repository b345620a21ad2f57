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
from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


VERDICTS = ("added", "duplicate", "not_a_session", "failed")

WORKERS_FROM = 4 * 1024**2
"""Bytes as they came: less is done sooner in one process than others start."""

_MOST_WORKERS = 16

_WORKER_BYTES = 256 * 1024**2
"""What a worker may take with the libraries it loads and the largest usual chunk."""

_OF_MEMORY = 4
"""Workers together take at most a quarter of what the machine has."""


class Stopped(Exception):
    """The import was asked to stop."""


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
    remade : int
        Sessions of earlier imports that were made or named anew: another recording came in, or another word on them.
    bytes : int
        Of the files looked at, as they came.
    seconds : float
        From start to end.
    stopped : bool
        It was asked to stop, and did before the end; what ``files`` lists is in.
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
    remade: int = 0
    problems: list[str] = field(default_factory=list)
    bytes: int = 0
    seconds: float = 0.0
    stopped: bool = False

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
    stop: Callable[[], bool] | None = None,
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
        Processes; None = as many as there are processors, within a quarter of the memory, 16 at most.
    stop : callable, optional
        Asked before every file and ten times a second: whether to stop, with what is committed.

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
            raise UsageError(say("There is nothing at {path}. Check the path.", path=path))
    count = workers or _most_workers()
    pause = _pause(stop)
    now = datetime.now(UTC)
    report = ImportReport(f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}")
    with ExitStack() as stack:
        crew = _early_crew(folder, paths, count)
        if crew is not None:
            stack.enter_context(crew)
        # Only now: the workers load while this process does.
        from evengait.actions._import_run import ImportRun
        from evengait.storage.archive.writer import writing

        try:
            writer = stack.enter_context(writing(folder, on_wait=on_wait, pause=pause))
            ImportRun(writer, report, now, on_progress, pause).run(paths, crew, count)
        except Stopped:
            report.stopped = True
    if (report.sessions or report.remade) and not report.stopped:
        _tell_ground(folder, report, on_ground, pause)
    report.seconds = time.monotonic() - begun
    return report


def _tell_ground(
    folder: Path,
    report: ImportReport,
    tell: Callable[[int, int], None] | None,
    pause: Callable[[], None],
) -> None:
    from evengait.actions._ground import tell_ground

    def told(done: int, total: int) -> None:
        pause()
        if tell is not None:
            tell(done, total)

    try:
        report.on_maps = tell_ground(folder, told)
    except Stopped:
        report.stopped = True
    except TableError as error:
        report.problems.append(str(error))


def workers_for(size: int, most: int) -> int:
    """Return how many workers so many bytes are worth."""
    return min(most, 1 + size // WORKERS_FROM)


def _early_crew(folder: Path, paths: Sequence[Path], most: int) -> Crew | None:
    """Start workers at once where a lot is sure to be new: a big first import."""
    if (folder / "files").exists():
        return None
    count = workers_for(sum(path.stat().st_size for path in paths if path.is_file()), most)
    return Crew(count) if count > 1 else None


def _pause(stop: Callable[[], bool] | None) -> Callable[[], None]:
    def pause() -> None:
        if stop is not None and stop():
            raise Stopped

    return pause


def _most_workers() -> int:
    try:
        here = len(os.sched_getaffinity(0))
    except AttributeError:
        here = os.cpu_count() or 1
    return max(1, min(here, _MOST_WORKERS, _memory() // _OF_MEMORY // _WORKER_BYTES))


def _memory() -> int:
    """Return the machine's memory; one that does not say is taken for eight gigabytes."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 8 * 1024**3
