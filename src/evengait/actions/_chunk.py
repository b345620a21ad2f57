"""One chunk of an import, from files to Parquet: a worker's task. Nothing counts until the parent commits it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evengait.actions._session_row import number
from evengait.actions.read_member import Examined, Outcome, examine
from evengait.storage.archive.layout import Layout, part_name
from evengait.storage.archive.originals import write_pack
from evengait.storage.archive.part import write_part
from evengait.storage.archive.rows import plain_table, samples_table, sessions_table
from evengait.storage.archive.writer import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from evengait.core.label import Said
    from evengait.ingest._member import Member
    from evengait.storage.archive.log import Part


@dataclass(frozen=True)
class Task:
    """Files to take in together, and where the chunk's own files go."""

    chunk: str
    batch: str
    folder: str
    imported_at: datetime
    members: tuple[tuple[Member, Said | None], ...]


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


def make_chunk(
    task: Task,
    rule: Callable[[Sequence[Seen]], Sequence[Ruling]],
    pause: Callable[[], None] = lambda: None,
) -> Made:
    """Read, decode and summarise a task's files, and write what is new as one part per table.

    Parameters
    ----------
    task : Task
    rule : callable
        Rules on all files at once; only the parent knows what is in the archive already.
    pause : callable
        Called before every file; what it raises ends the chunk, of which nothing counts then.

    Raises
    ------
    OSError
        The archive cannot be written.
    """
    examined = []
    for member, said in task.members:
        pause()
        examined.append(examine(member, said, task.batch))
    rulings = rule([_seen(item) for item in examined])
    for item, ruling in zip(examined, rulings, strict=True):
        _apply(item, ruling)
    return _write(task, list(zip(examined, rulings, strict=True)))


def write_rows(task: Task, outcomes: Sequence[Outcome]) -> Chunk:
    """Write rows of ``files`` for outcomes that brought no session; returns the chunk to commit."""
    rows = [_file_row(task, outcome, Ruling(())) for outcome in outcomes]
    return Chunk(task.chunk, _parts(task, {"files": plain_table("files", rows)}))


def _seen(item: Examined) -> Seen:
    bouts = []
    for took in item.bouts:
        start = took.bout.start_us
        elapsed_us = round((number(took.session.get("elapsed_s")) or 0.0) * 1e6)
        bouts.append((took.session["session"], start, start + elapsed_us, took.bout.sport))
    return Seen(item.outcome, tuple(bouts))


def _apply(item: Examined, ruling: Ruling) -> None:
    if not item.bouts:
        return
    reasons = [reason for reason in (ruling.reason, item.outcome.reason) if reason]
    item.outcome = replace(
        item.outcome,
        verdict="added" if any(ruling.keep) else "duplicate",
        reason=" ".join(reasons) or None,
        sessions=ruling.sessions,
    )


def _write(task: Task, ruled: list[tuple[Examined, Ruling]]) -> Made:
    layout = Layout(Path(task.folder))
    new = [took for item, ruling in ruled for took, keep in zip(item.bouts, ruling.keep, strict=True) if keep]
    originals = [
        (item.outcome.sha256 or "", item.content)
        for item, ruling in ruled
        if ruling.original and item.content is not None
    ]
    if originals:
        write_pack(layout.originals / f"{task.chunk}.zip", originals)
    tables: dict[str, Any] = {}
    if new:
        tables["samples"] = samples_table([(took.session["session"], took.bout.samples) for took in new])
        tables["sessions"] = sessions_table([took.session for took in new])
    tables |= {
        name: plain_table(name, rows)
        for name, rows in (
            ("recordings", _recording_rows(task, ruled)),
            ("labels", _label_rows(task, ruled)),
            ("files", [_file_row(task, item.outcome, ruling) for item, ruling in ruled if ruling.row]),
        )
        if rows
    }
    brief = ("sport", "local_date", "distance_m", "shoe")
    outcomes = tuple(item.outcome for item, _ in ruled)
    return Made(
        task.chunk,
        _parts(task, tables),
        outcomes,
        tuple({key: took.session.get(key) for key in brief} for took in new),
    )


def _parts(task: Task, tables: dict[str, Any]) -> dict[str, Part]:
    logs = Layout(Path(task.folder)).logs
    return {
        name: write_part(logs[name].folder, part_name(task.chunk), name, table)
        for name, table in tables.items()
    }


def _recording_rows(task: Task, ruled: list[tuple[Examined, Ruling]]) -> list[dict[str, Any]]:
    came = {"batch": task.batch, "chunk": task.chunk, "imported_at": task.imported_at}
    return [took.recording | came for item, ruling in ruled if ruling.original for took in item.bouts]


def _label_rows(task: Task, ruled: list[tuple[Examined, Ruling]]) -> list[dict[str, Any]]:
    return [
        label_row(task, item.said, item.outcome.sha256)
        for item, ruling in ruled
        if item.said is not None and ruling.original
    ]


def label_row(task: Task, said: Said, sha256: str | None) -> dict[str, Any]:
    """Return a row of ``labels``."""
    label = said.label
    return {
        "kind": said.kind,
        "source": said.source,
        "sha256": sha256,
        "start": said.start,
        "sport": said.sport,
        "name": label.name,
        "note": label.note,
        "shoe": label.gear,
        "rpe_cr10": label.rpe_cr10,
        "dirt_distance_m": label.dirt_distance_m,
        "batch": task.batch,
        "chunk": task.chunk,
        "imported_at": task.imported_at,
    }


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
        "packed_crc32": outcome.crc32 if outcome.crc32 is not None else outcome.member.crc32,
        "packed_bytes": outcome.member.size,
        "imported_at": task.imported_at,
    }
