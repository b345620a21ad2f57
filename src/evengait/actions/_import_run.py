"""One import in progress: find what is new, have it read, commit it chunk by chunk."""

from __future__ import annotations

import time
import zlib
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evengait.actions._chunk import Made, Ruling, Seen, Task, write_rows
from evengait.actions._known import Known
from evengait.actions._labels import Labels
from evengait.actions._workers import Crew, run_here
from evengait.actions.import_archive import FileReport, ImportReport, Progress, Stopped, workers_for
from evengait.actions.read_member import Outcome
from evengait.ingest._containers import Refusal, Walk
from evengait.ingest._member import Member
from evengait.storage.archive.writer import Chunk, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from evengait.core.label import Said

_CHUNK_FILES = 96
_CHUNK_BYTES = 12 * 1024**2
"""Unpacked, by estimate: some 75 hours of 1-s samples, which take about 60 MB while they are written."""

_GZIP_GROWS = 3

_COMMIT_EVERY_S = 1.0
"""What a kill may cost at most: work that the next import does again."""


class ImportRun:
    """One import in progress; the archive is held for writing."""

    def __init__(
        self,
        writer: Writer,
        report: ImportReport,
        now: datetime,
        on_progress: Callable[[Progress], None] | None,
        pause: Callable[[], None],
    ) -> None:
        self._writer = writer
        self._report = report
        self._now = now
        self._tell = on_progress
        self._pause = pause
        self._known = Known(writer.layout)
        self._chunks = 0
        self._refusals: list[Outcome] = []

    def run(self, paths: Sequence[Path], crew: Crew | None, count: int) -> None:
        """Look through what was given, take in what is new, and leave the archive tidy.

        Parameters
        ----------
        paths : sequence of Path
        crew : Crew or None
            Workers that were started already.
        count : int
            How many to start at most, where it is worth it.

        Raises
        ------
        Stopped
            Somebody asked for it; what was made until then is committed.
        """
        layout = self._writer.layout
        walk = Walk(layout.spool, self._is_known, exclude=layout.folder)
        todo: list[Member] = []
        for path in paths:
            for item in walk.members(path):
                self._pause()
                self._sort(item, todo)
        total = len(self._report.files) + len(todo) + len(self._refusals)
        if todo:
            self._take_in(todo, total, crew, count)
        self._record_refusals()
        self._writer.tidy()

    def _sort(self, item: Member | Refusal, todo: list[Member]) -> None:
        if isinstance(item, Refusal):
            self._refusals.append(
                Outcome(Member(item.source, item.source, "", "", 0), item.verdict, item.reason)
            )
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

    def _take_in(self, todo: list[Member], total: int, crew: Crew | None, count: int) -> None:
        labels = Labels(todo)
        tasks = self._tasks(todo, labels)
        with ExitStack() as stack:
            worth = workers_for(sum(member.packed or member.size for member in todo), count)
            if crew is None and worth > 1:
                crew = stack.enter_context(Crew(worth))
            self._progress(total)
            doing = run_here if crew is None else crew.run
            made = doing(tasks, self._rule, self._pause)
            for chunks in _gathered(made):
                self._writer.commit(*(Chunk(chunk.chunk, chunk.parts) for chunk in chunks))
                for chunk in chunks:
                    self._count(chunk)
                self._progress(total)
        self._report.without_file = labels.without_file
        self._report.problems += labels.problems

    def _tasks(self, todo: Iterable[Member], labels: Labels) -> Iterator[Task]:
        for members in _batched(todo):
            yield self._task(tuple((member, labels.of(member)) for member in members))

    def _task(self, members: tuple[tuple[Member, Said | None], ...]) -> Task:
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


def _gathered(made: Iterable[Made]) -> Iterator[list[Made]]:
    """Gather what is made in a second or so, to be committed together: a commit takes the disk some milliseconds."""
    waiting: list[Made] = []
    since = time.monotonic()
    stopped = None
    try:
        for chunk in made:
            waiting.append(chunk)
            if time.monotonic() - since >= _COMMIT_EVERY_S:
                yield waiting
                waiting, since = [], time.monotonic()
    except Stopped as asked:
        stopped = asked
    if waiting:
        yield waiting
    if stopped is not None:
        raise stopped


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
