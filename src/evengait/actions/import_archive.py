"""Take files, folders and zips into a runner's archive."""

from __future__ import annotations

import os
import secrets
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evengait.actions._chunk import Made, Ruling, Seen, Task, write_rows
from evengait.actions._known import Known
from evengait.actions._labels import Labels
from evengait.actions._recording import Outcome
from evengait.actions._workers import run_here, run_in_workers
from evengait.core.errors import UsageError
from evengait.ingest._containers import Refusal, Walk
from evengait.ingest._member import Member
from evengait.storage.archive.writer import Chunk, Writer, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from evengait.ingest.strava_export import Label

VERDICTS = ("added", "duplicate", "not_a_session", "failed")

_CHUNK_FILES = 96
_CHUNK_BYTES = 12 * 1024**2
"""Unpacked, by estimate: some 75 hours of 1-s samples, which take about 60 MB while they are written."""

_WORKERS_FROM = 2 * _CHUNK_BYTES
"""Less than this is done sooner in one process than others start."""

_MOST_WORKERS = 3
_GZIP_GROWS = 3


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
    workers: int | None = None,
) -> ImportReport:
    """Take recordings into a runner's archive; what is in already stays as it is.

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
    now = datetime.now(UTC)
    report = ImportReport(f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}")
    with writing(folder, on_wait=on_wait) as writer:
        _Import(writer, report, now, on_progress).run(paths, workers)
    report.seconds = time.monotonic() - begun
    return report


class _Import:
    """One import in progress; the archive is held for writing."""

    def __init__(
        self,
        writer: Writer,
        report: ImportReport,
        now: datetime,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._writer = writer
        self._report = report
        self._now = now
        self._tell = on_progress
        self._known = Known(writer.layout)
        self._chunks = 0
        self._refusals: list[Outcome] = []

    def run(self, paths: Sequence[Path], workers: int | None) -> None:
        layout = self._writer.layout
        walk = Walk(layout.spool, self._is_known, exclude=layout.folder)
        todo: list[Member] = []
        for path in paths:
            for item in walk.members(path):
                self._sort(item, todo)
        total = len(self._report.files) + len(todo) + len(self._refusals)
        if todo:
            self._take_in(todo, total, workers)
        self._record_refusals()
        self._writer.tidy()

    def _sort(self, item: Member | Refusal, todo: list[Member]) -> None:
        if isinstance(item, Refusal):
            self._refusals.append(Outcome(Member(item.source, item.source, "", "", 0), "failed", item.reason))
            return
        self._report.bytes += item.size
        row = self._known.settled(_checked(item).key) if self._known.could_be_known(item) else None
        if row is None:
            todo.append(item)
            return
        verdict = row["verdict"] if row["verdict"] == "not_a_session" else "duplicate"
        reason = row["reason"] if verdict == "not_a_session" else "The same file is in the archive already."
        self._report.files.append(FileReport(item.source, verdict, reason, tuple(row["sessions"] or ())))

    def _is_known(self, member: Member) -> bool:
        return self._known.could_be_known(member) and self._known.settled(_checked(member).key) is not None

    def _take_in(self, todo: list[Member], total: int, workers: int | None) -> None:
        labels = Labels(todo)
        size = sum(map(_unpacked, todo))
        count = min(workers or _processors(), 1 + size // _CHUNK_BYTES)
        tasks = self._tasks(todo, labels)
        spread = count > 1 and size >= _WORKERS_FROM and workers != 1
        made = run_in_workers(tasks, self._rule, count) if spread else run_here(tasks, self._rule)
        self._progress(total)
        for chunk in made:
            self._writer.commit(Chunk(chunk.chunk, chunk.parts))
            self._count(chunk)
            self._progress(total)
        self._report.without_file = labels.without_file
        self._report.problems += labels.problems

    def _tasks(self, todo: Iterable[Member], labels: Labels) -> Iterator[Task]:
        for members in _batched(todo):
            yield self._task(tuple((member, labels.of(member)) for member in members))

    def _task(self, members: tuple[tuple[Member, Label | None], ...]) -> Task:
        self._chunks += 1
        name = f"{self._report.batch}-{self._chunks:04d}"
        return Task(name, self._report.batch, str(self._writer.layout.folder), self._now, members)

    def _rule(self, seen: Sequence[Seen]) -> list[Ruling]:
        return self._known.rule(seen)

    def _count(self, chunk: Made) -> None:
        report = self._report
        report.files += [FileReport(o.member.source, o.verdict, o.reason, o.sessions) for o in chunk.outcomes]
        report.sessions += len(chunk.sessions)
        for session in chunk.sessions:
            if session["shoe"]:
                report.shoes.add(session["shoe"])
            if session["sport"] == "running":
                report.runs += 1
                report.distance_m += session["distance_m"] or 0.0
                day = session["local_date"]
                report.first = min(report.first or day, day)
                report.last = max(report.last or day, day)

    def _record_refusals(self) -> None:
        if not self._refusals:
            return
        self._report.files += [FileReport(o.member.source, o.verdict, o.reason) for o in self._refusals]
        rulings = self._rule([Seen(outcome) for outcome in self._refusals])
        news = [outcome for outcome, ruling in zip(self._refusals, rulings, strict=True) if ruling.row]
        if news:
            self._writer.commit(write_rows(self._task(()), news))

    def _progress(self, total: int) -> None:
        if self._tell is not None:
            self._tell(Progress(len(self._report.files), total, self._report.sessions))


def _checked(member: Member) -> Member:
    """Return the member with its checksum: a loose file is read for it, which is ten times quicker than unpacking."""
    if member.crc32 is not None or member.offset is not None:
        return member
    crc = 0
    with Path(member.path).open("rb") as file:
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return replace(member, crc32=crc)


def _unpacked(member: Member) -> int:
    """Estimate a member's size unpacked, from what is known without reading it."""
    return member.size * (_GZIP_GROWS if member.name.lower().endswith(".gz") else 1)


def _batched(members: Iterable[Member]) -> Iterator[list[Member]]:
    batch: list[Member] = []
    size = 0
    for member in members:
        if batch and (len(batch) >= _CHUNK_FILES or size + _unpacked(member) > _CHUNK_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(member)
        size += _unpacked(member)
    if batch:
        yield batch


def _processors() -> int:
    try:
        here = len(os.sched_getaffinity(0))
    except AttributeError:
        here = os.cpu_count() or 1
    return min(here, _MOST_WORKERS)
