"""One chunk of an import, from files to Parquet: a worker's task. Nothing counts until the parent commits it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evengait.actions._recording_row import recording_row
from evengait.actions._session_row import labelled
from evengait.actions._words import label_row
from evengait.actions.read_member import Examined, Outcome, Took, examine
from evengait.analysis.same_run.best import PLACE
from evengait.storage.archive.layout import Layout, part_name
from evengait.storage.archive.originals import write_pack
from evengait.storage.archive.part import write_part
from evengait.storage.archive.rows import plain_table, recordings_table, samples_table, sessions_table
from evengait.storage.archive.writer import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from evengait.core.label import Said
    from evengait.core.same_run import Brief
    from evengait.ingest._member import Member
    from evengait.storage.archive.log import Part


IN_BRIEF = ("session", "sport", "local_date", "distance_m", "shoe")
"""What the summary of an import needs of its sessions."""


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
    said : Said or None
        What the runner said of it in a table beside it.
    briefs : tuple of Brief
        Its bouts.
    """

    outcome: Outcome
    said: Said | None = None
    briefs: tuple[Brief, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """What to do with a file.

    Attributes
    ----------
    keep : tuple of bool
        Which of its bouts are sessions of their own; others are made one with recordings that are in already.
    recordings : tuple of str
        The recordings in it.
    reason : str or None
        Why a bout is no session of its own.
    row, original : bool
        Whether it gets a row in ``files``, and whether the file itself is kept.
    said : tuple of tuple of Said
        What the runner said of each bout.
    again : bool
        Whether only the file itself is kept, because its original was lost.
    """

    keep: tuple[bool, ...]
    recordings: tuple[str, ...] = ()
    reason: str | None = None
    row: bool = True
    original: bool = False
    said: tuple[tuple[Said, ...], ...] = ()
    again: bool = False


@dataclass(frozen=True)
class Made:
    """A finished chunk: parts on the disk, what became of its files, its sessions in brief, its originals' hashes."""

    chunk: str
    parts: dict[str, Part]
    outcomes: tuple[Outcome, ...]
    sessions: tuple[dict[str, Any], ...]
    originals: tuple[str, ...] = ()


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
        examined.append(examine(member, said))
    rulings = rule([_seen(item) for item in examined])
    for item, ruling in zip(examined, rulings, strict=True):
        _apply(item, ruling)
    return _write(task, list(zip(examined, rulings, strict=True)))


def write_rows(
    task: Task, outcomes: Sequence[Outcome], words: Sequence[tuple[Said, str | None]] = ()
) -> Chunk:
    """Write rows of ``files`` for outcomes that brought no session, and of ``labels``; returns the chunk to commit."""
    tables = {"files": plain_table("files", [_file_row(task, outcome, Ruling(())) for outcome in outcomes])}
    if words:
        tables["labels"] = plain_table("labels", [label_row(*word) | _came(task) for word in words])
    return Chunk(task.chunk, _parts(task, tables))


def _seen(item: Examined) -> Seen:
    return Seen(item.outcome, item.said, tuple(took.brief for took in item.bouts))


def _apply(item: Examined, ruling: Ruling) -> None:
    if not item.bouts:
        return
    reasons = [reason for reason in (ruling.reason, item.problem) if reason]
    item.outcome = replace(
        item.outcome,
        verdict="added" if any(ruling.keep) else "duplicate",
        reason=" ".join(reasons) or None,
        sessions=ruling.recordings,
    )


def _write(task: Task, ruled: list[tuple[Examined, Ruling]]) -> Made:
    layout = Layout(Path(task.folder))
    new = [
        (took, _row(task, took, said))
        for item, ruling in ruled
        for took, keep, said in zip(
            item.bouts, ruling.keep, ruling.said or ((),) * len(item.bouts), strict=True
        )
        if keep
    ]
    originals = [
        (item.outcome.sha256 or "", item.content)
        for item, ruling in ruled
        if ruling.original and item.content is not None
    ]
    if originals:
        write_pack(layout.originals / f"{task.chunk}.zip", originals)
    tables: dict[str, Any] = {}
    if new:
        tables["samples"] = samples_table([(row["session"], took.bout.samples) for took, row in new])
        tables["sessions"] = sessions_table([row for _, row in new])
    if recordings := _recording_rows(task, ruled):
        tables["recordings"] = recordings_table(recordings)
    if labels := _label_rows(task, ruled):
        tables["labels"] = plain_table("labels", labels)
    if rows := [_file_row(task, item.outcome, ruling) for item, ruling in ruled if ruling.row]:
        tables["files"] = plain_table("files", rows)
    outcomes = tuple(item.outcome for item, _ in ruled)
    return Made(
        task.chunk,
        _parts(task, tables),
        outcomes,
        tuple({key: row.get(key) for key in IN_BRIEF} for _, row in new),
        tuple(sha for sha, _ in originals),
    )


def _row(task: Task, took: Took, said: Sequence[Said]) -> dict[str, Any]:
    brief = took.brief
    row = took.session | {"session": brief.recording, "batch": task.batch, "recordings": [brief.recording]}
    return row | labelled(row, said, positions=PLACE[0] in brief.columns)


def _parts(task: Task, tables: dict[str, Any]) -> dict[str, Part]:
    logs = Layout(Path(task.folder)).logs
    return {
        name: write_part(logs[name].folder, part_name(task.chunk), name, table)
        for name, table in tables.items()
    }


def _recording_rows(task: Task, ruled: list[tuple[Examined, Ruling]]) -> list[dict[str, Any]]:
    return [
        recording_row(took.brief, item.outcome.sha256 or "", took.place, item.problem)
        | _came(task)
        | {"source": item.outcome.member.source}
        for item, ruling in ruled
        if ruling.original and not ruling.again
        for took in item.bouts
    ]


def _label_rows(task: Task, ruled: list[tuple[Examined, Ruling]]) -> list[dict[str, Any]]:
    return [
        label_row(item.said, item.outcome.sha256) | _came(task)
        for item, ruling in ruled
        if item.said is not None and ruling.original and not ruling.again
    ]


def _came(task: Task) -> dict[str, Any]:
    return {"batch": task.batch, "chunk": task.chunk, "imported_at": task.imported_at}


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
