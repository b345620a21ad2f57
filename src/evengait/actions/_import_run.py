"""One import in progress: find what is new, have it read, commit it chunk by chunk."""

from __future__ import annotations

import shutil
import time
import zlib
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evengait.actions._adopt import adopt
from evengait.actions._chunk import Made, Seen, Task, write_rows
from evengait.actions._known import SAME_FILE, Known
from evengait.actions._lists import Lists, what_list
from evengait.actions._rules import Rules
from evengait.actions._runs import Runs
from evengait.actions._settle import Settling
from evengait.actions._words import MOST_HOLDERS, Words
from evengait.actions._workers import Crew, run_here
from evengait.actions.import_archive import FileReport, ImportReport, Progress, Stopped, workers_for
from evengait.actions.read_member import Outcome
from evengait.ingest._containers import Refusal, Walk
from evengait.ingest._member import Member
from evengait.knowledge.same_run import same_run_limits
from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.writer import Chunk, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from evengait.actions._known import Row
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
        adopt(writer, same_run_limits())
        self._writer = writer
        self._report = report
        self._now = now
        self._tell = on_progress
        self._pause = pause
        self._known = Known(writer.layout)
        self._elsewhere = False
        self._chunks = 0
        self._refusals: list[Outcome] = []
        self._lists: list[Member] = []
        self._held: list[tuple[Member, Row]] = []
        self._brief: dict[str, dict[str, Any]] = {}
        self._resettle = writer.unsettled

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
        total = len(self._report.files) + len(todo) + len(self._refusals) + len(self._lists)
        lists = Lists(self._lists)
        with ExitStack() as stack:
            worth = workers_for(sum(one.packed or one.size for one in todo), count)
            if crew is None and worth > 1:
                crew = stack.enter_context(Crew(worth))
            try:
                self._work(todo, lists, total, crew)
            except Stopped:
                self._sum_up(lists)  # what is committed is told
                raise
            self._sum_up(lists)
        self._writer.tidy()
        # Copies of packed zips in zips are as large as the zip.
        shutil.rmtree(layout.spool, ignore_errors=True)

    # What is in is only read where anything may be new: an import of the same again is over at once.
    @cached_property
    def _runs(self) -> Runs:
        return Runs(self._writer.layout, same_run_limits())

    @cached_property
    def _words(self) -> Words:
        return Words(self._writer.layout, same_run_limits(), self._now)

    @cached_property
    def _rules(self) -> Rules:
        known, limits, unsettle = self._known, same_run_limits(), self._writer.unsettle
        return Rules(known, self._runs, self._words, self._report.batch, limits, unsettle)

    @cached_property
    def _settling(self) -> Settling:
        return Settling(self._writer, self._runs, self._words, self._known.originals, same_run_limits())

    @property
    def _news(self) -> bool:
        """Whether the import brings anything that is not in, at a place where it was not seen."""
        return self._elsewhere or ("_rules" in vars(self) and self._rules.news)

    def _work(self, todo: list[Member], lists: Lists, total: int, crew: Crew | None) -> None:
        if todo:
            self._progress(total)
        new_lists = self._take_lists(lists)
        if todo:
            self._take_in(todo, lists, total, crew)
        self._record_refusals()
        if not new_lists and self._news:
            self._learn(lists)
        self._settle(crew)
        self._hold()

    def _sort(self, item: Member | Refusal, todo: list[Member]) -> None:
        if isinstance(item, Refusal):
            self._refusals.append(
                Outcome(Member(item.source, item.source, "", "", 0), item.verdict, item.reason)
            )
            return
        self._report.bytes += item.size
        if what_list(item) is not None:
            self._lists.append(_checked(item))
            return
        row = self._known.settled(_checked(item).key) if self._known.could_be_known(item) else None
        if row is None:
            todo.append(item)
            return
        verdict = row["verdict"] if row["verdict"] == "not_a_session" else "duplicate"
        reason = row["reason"] if verdict == "not_a_session" else SAME_FILE
        self._report.files.append(FileReport(item.source, verdict, reason, tuple(row["sessions"] or ())))
        if row["sessions"]:
            self._held.append((item, row))
            self._elsewhere |= self._known.is_elsewhere(item.source, row["sha256"])

    def _is_known(self, member: Member) -> bool:
        return self._known.could_be_known(member) and self._known.settled(_checked(member).key) is not None

    def _take_lists(self, lists: Lists) -> bool:
        """Take in what new lists say, before the recordings that they speak of; tells whether there were any."""
        outcomes = [Outcome(one, "not_a_session", what_list(one), format="list") for one in self._lists]
        self._report.files += [FileReport(o.member.source, o.verdict, o.reason) for o in outcomes]
        news = [outcome for outcome in outcomes if self._known.is_news(outcome)]
        if news:
            self._rules.news = True
            self._learn(lists)
            self._commit_rows(news)
        return bool(news)

    def _learn(self, lists: Lists) -> None:
        for said in lists.entries():
            self._words.learn(said, None)
        for member, row in self._held:
            said_of = lists.of(member)
            if said_of is not None:
                self._words.learn(said_of, row["sha256"])

    def _take_in(self, todo: list[Member], lists: Lists, total: int, crew: Crew | None) -> None:
        tasks = self._tasks(todo, lists)
        doing = run_here if crew is None else crew.run
        for chunks in _gathered(doing(tasks, self._rules.rule, self._pause)):
            self._writer.commit(*(Chunk(chunk.chunk, chunk.parts) for chunk in chunks))
            for chunk in chunks:
                self._count(chunk)
            self._progress(total)

    def _tasks(self, todo: Iterable[Member], lists: Lists) -> Iterator[Task]:
        for members in _batched(todo):
            yield self._task(tuple((member, lists.of(member)) for member in members))

    def _task(self, members: tuple[tuple[Member, Said | None], ...] = ()) -> Task:
        self._chunks += 1
        name = f"{self._report.batch}-{self._chunks:04d}"
        return Task(name, self._report.batch, str(self._writer.layout.folder), self._now, members)

    def _count(self, chunk: Made) -> None:
        report = self._report
        report.files += [FileReport(o.member.source, o.verdict, o.reason, o.sessions) for o in chunk.outcomes]
        report.sessions += len(chunk.sessions)
        self._brief |= {session["session"]: session for session in chunk.sessions}
        for sha in chunk.originals:
            self._known.originals[sha] = f"originals/{chunk.chunk}.zip!{sha}"

    def _record_refusals(self) -> None:
        if not self._refusals:
            return
        self._report.files += [FileReport(o.member.source, o.verdict, o.reason) for o in self._refusals]
        rulings = self._rules.rule([Seen(outcome) for outcome in self._refusals])
        news = [outcome for outcome, ruling in zip(self._refusals, rulings, strict=True) if ruling.row]
        if news:
            self._commit_rows(news)

    def _settle(self, crew: Crew | None) -> None:
        if not (self._news or self._resettle):
            return
        touched = self._rules.touched | {
            one.brief.recording
            for one in self._runs
            if one.brief.recording not in self._rules.new and self._words.changed_on(one.brief, one.sha256)
        }
        if touched or self._resettle:
            self._settling.settle(None if self._resettle else touched, self._pause, crew)

    def _hold(self) -> None:
        """Remember what was brought again, where anything was new: an undo of the first then leaves it to this one."""
        if not self._news:
            return
        again = [
            _again(*held) for held in self._held if self._known.holders(held[1]["sha256"]) < MOST_HOLDERS
        ]
        self._commit_rows(again)

    def _commit_rows(self, outcomes: list[Outcome]) -> None:
        words = self._words.to_write(news=self._news)
        if words and not outcomes:
            # A chunk counts by its rows of files: one at least goes with the words.
            outcomes = [_again(*held) for held in self._held[:1]]
            outcomes = outcomes or [
                Outcome(one, "not_a_session", what_list(one), format="list") for one in self._lists
            ]
        if outcomes:
            self._writer.commit(write_rows(self._task(), outcomes, words))

    def _sum_up(self, lists: Lists) -> None:
        """Say which sessions each file is in now, and count those that are wholly new."""
        report = self._report
        report.without_file = lists.without_file
        report.problems += lists.problems
        new = self._rules.new if "_rules" in vars(self) else set()
        remade = []
        if "_settling" in vars(self):
            remade = self._settling.rows
            report.problems += self._settling.problems
        self._brief |= {row["session"]: row for row in remade}
        session_of: dict[str, str] = {}
        log = self._writer.layout.logs["sessions"]
        found = []
        for row in rows_of(read_table(log, "sessions", ["session", "recordings"])):
            session_of |= dict.fromkeys(row["recordings"] or (), row["session"])
            if row["recordings"] and new.issuperset(row["recordings"]):
                found.append(self._brief[row["session"]])
        report.files = [
            replace(file, sessions=tuple(dict.fromkeys(session_of.get(name, name) for name in file.sessions)))
            for file in report.files
        ]
        report.sessions = len(found)
        report.remade = sum(not new.issuperset(row["recordings"]) for row in remade)
        report.shoes = {session["shoe"] for session in found if session["shoe"]}
        runs = [session for session in found if session["sport"] == "running"]
        report.runs = len(runs)
        report.distance_m = sum(session["distance_m"] or 0.0 for session in runs)
        days = [session["local_date"] for session in runs]
        report.first, report.last = min(days, default=None), max(days, default=None)

    def _progress(self, total: int) -> None:
        if self._tell is not None:
            self._tell(Progress(len(self._report.files), total, self._report.sessions))


def _again(member: Member, row: Row) -> Outcome:
    """Return the outcome of a file that is in the archive already, without having read it."""
    return Outcome(
        member,
        "duplicate",
        SAME_FILE,
        tuple(row["sessions"]),
        row["sha256"],
        row["bytes"],
        row["format"],
        row["packed_crc32"],
    )


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
