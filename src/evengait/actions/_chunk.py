"""One chunk of an import, from files to Parquet: a worker's task. Nothing counts until the parent commits it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evengait.actions.read_member import Examined, Outcome, examine, number
from evengait.storage.archive.layout import Layout, part_name
from evengait.storage.archive.originals import write_pack
from evengait.storage.archive.part import write_part
from evengait.storage.archive.rows import files_table, samples_table, sessions_table
from evengait.storage.archive.writer import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from evengait.ingest._member import Member
    from evengait.ingest.strava_export import Label
    from evengait.storage.archive.log import Part


@dataclass(frozen=True)
class Task:
    """Files to take in together, and where the chunk's own files go."""

    chunk: str
    batch: str
    folder: str
    imported_at: datetime
    members: tuple[tuple[Member, Label | None], ...]


@dataclass(frozen=True)
class Seen:
    """A file as its worker saw it.

    Attributes
    ----------
    outcome : Outcome
    bouts : tuple of (session, start, end, sport)
        Microseconds since 1970-01-01 UTC.
    """

    outcome: Outcome
    bouts: tuple[tuple[str, int, int, str], ...] = ()


@dataclass(frozen=True)
class Ruling:
    """What to do with a file.

    Attributes
    ----------
    keep : tuple of bool
        Which of its bouts are new.
    sessions : tuple of str
        The sessions it is in the archive with: the new ones, or else those it is in already.
    reason : str or None
        Why a bout is not new.
    row, original : bool
        Whether it gets a row in ``files``, and whether the file itself is kept.
    """

    keep: tuple[bool, ...]
    sessions: tuple[str, ...] = ()
    reason: str | None = None
    row: bool = True
    original: bool = False


@dataclass(frozen=True)
class Made:
    """A finished chunk: parts on the disk, what became of its files, and its sessions in brief for the summary."""

    chunk: str
    parts: dict[str, Part]
    outcomes: tuple[Outcome, ...]
    sessions: tuple[dict[str, Any], ...]


def make_chunk(task: Task, rule: Callable[[Sequence[Seen]], Sequence[Ruling]]) -> Made:
    """Read, decode and summarise a task's files, and write what is new as one part per table.

    Parameters
    ----------
    task : Task
    rule : callable
        Rules on all files at once; only the parent knows what is in the archive already.

    Raises
    ------
    OSError
        The archive cannot be written.
    """
    examined = [examine(member, label, task.batch) for member, label in task.members]
    rulings = rule([_seen(item) for item in examined])
    for item, ruling in zip(examined, rulings, strict=True):
        _apply(item, ruling)
    return _write(task, list(zip(examined, rulings, strict=True)))


def write_rows(task: Task, outcomes: Sequence[Outcome]) -> Chunk:
    """Write rows of ``files`` for outcomes that brought no session; returns the chunk to commit."""
    log = Layout(Path(task.folder)).logs["files"]
    rows = files_table([_file_row(task, outcome, Ruling(())) for outcome in outcomes])
    return Chunk(task.chunk, {"files": write_part(log.folder, part_name(task.chunk), "files", rows)})


def _seen(item: Examined) -> Seen:
    bouts = []
    for row, bout in item.bouts:
        elapsed_us = round((number(row.get("elapsed_s")) or 0.0) * 1e6)
        bouts.append((row["session"], bout.start_us, bout.start_us + elapsed_us, bout.sport))
    return Seen(item.outcome, tuple(bouts))


def _apply(item: Examined, ruling: Ruling) -> None:
    if not item.bouts:
        return
    item.bouts = [bout for bout, keep in zip(item.bouts, ruling.keep, strict=True) if keep]
    reasons = [reason for reason in (ruling.reason, item.outcome.reason) if reason]
    item.outcome = replace(
        item.outcome,
        verdict="added" if item.bouts else "duplicate",
        reason=" ".join(reasons) or None,
        sessions=ruling.sessions,
    )


def _write(task: Task, ruled: list[tuple[Examined, Ruling]]) -> Made:
    layout = Layout(Path(task.folder))
    sessions = [bout for item, _ in ruled for bout in item.bouts]
    rows = [_file_row(task, item.outcome, ruling) for item, ruling in ruled if ruling.row]
    originals = [
        (item.outcome.sha256 or "", item.content)
        for item, ruling in ruled
        if ruling.original and item.content is not None
    ]
    if originals:
        write_pack(layout.originals / f"{task.chunk}.zip", originals)
    tables: dict[str, Any] = {}
    if sessions:
        tables["samples"] = samples_table([(row["session"], bout.samples) for row, bout in sessions])
        tables["sessions"] = sessions_table([row for row, _ in sessions])
    if rows:
        tables["files"] = files_table(rows)
    parts = {
        name: write_part(layout.logs[name].folder, part_name(task.chunk), name, table)
        for name, table in tables.items()
    }
    brief = ("sport", "local_date", "distance_m", "shoe")
    outcomes = tuple(item.outcome for item, _ in ruled)
    return Made(
        task.chunk, parts, outcomes, tuple({key: row.get(key) for key in brief} for row, _ in sessions)
    )


def _file_row(task: Task, outcome: Outcome, ruling: Ruling) -> dict[str, Any]:
    return {
        "batch": task.batch,
        "chunk": task.chunk,
        "source": outcome.member.source,
        "sha256": outcome.sha256,
        "bytes": outcome.bytes,
        "format": outcome.format,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "sessions": list(outcome.sessions),
        "original": f"originals/{task.chunk}.zip!{outcome.sha256}" if ruling.original else None,
        "packed_crc32": outcome.crc32,
        "packed_bytes": outcome.member.size,
        "imported_at": task.imported_at,
    }
