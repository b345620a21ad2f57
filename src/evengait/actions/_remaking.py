"""What a repair makes anew once the tables can be read: rows of files and words, recordings, sessions and samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from evengait.actions._adopting import adopted
from evengait.actions._from_samples import bouts_of_samples
from evengait.actions._reread import row_again
from evengait.actions._words import label_row
from evengait.core.label import KINDS, Label, Said
from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.rewrite import drop_unknown_samples, replace_rows, replace_table
from evengait.storage.archive.rows import plain_table, sessions_table
from evengait.storage.archive.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from evengait.actions._checks import Checks
    from evengait.storage.archive.layout import Layout

    Row = dict[str, Any]

GONE = "Its content was lost to damage on the disk. Import the file again: it comes in then."


def give_rows_to_originals(layout: Layout, checks: Checks) -> int:
    """Make rows of ``files`` for kept originals that have none; returns how many."""
    fresh = list(adopted(layout, checks))
    if fresh:
        replace_rows(layout, "files", "source", _text(()), plain_table("files", fresh))
    return len(fresh)


def forget_lost_originals(layout: Layout, lost: Collection[str]) -> int:
    """Take the addresses of lost originals out of ``files``, so that the next import keeps them anew."""
    return _change_files(layout, lambda row: row | {"original": None} if row["original"] in lost else row)


def forget_lists(layout: Layout) -> None:
    """Forget that the exports' lists were seen, so that the next import reads what they say again."""
    _change_files(layout, lambda row: None if row["format"] == "list" else row)


def forget_recordings(layout: Layout, recordings: set[str]) -> dict[str, str]:
    """Take recordings of which nothing is left out of the tables; returns the file that brings each back."""
    told: dict[str, str] = {}

    def change(row: Row) -> Row:
        gone = recordings & set(row["sessions"] or ())
        if not gone:
            return row
        told.update({name: str(row["source"]) for name in gone})
        left = [name for name in row["sessions"] if name not in gone]
        if left:
            return row | {"sessions": left}
        return row | {"sessions": [], "verdict": "failed", "original": None, "reason": GONE}

    _change_files(layout, change)
    replace_rows(layout, "recordings", "recording", _text(recordings))
    return told


def save_words(layout: Layout, checks: Checks) -> int:
    """Write down anew what lost labels said, as far as sessions still have it; returns of how many."""
    known = {row["sha256"] for row in rows_of(read_table(layout.logs["labels"], "labels", ["sha256"]))}
    rows = []
    for row in checks.kept.values():
        first = checks.recordings.get(next(iter(row["recordings"] or ()), ""))
        said = _said(row)
        if first is None or said is None or first["sha256"] in known:
            continue
        came = {key: first[key] for key in ("batch", "chunk", "imported_at")}
        rows.append(label_row(said, first["sha256"]) | came)
    if rows:
        replace_rows(layout, "labels", "source", _text(()), plain_table("labels", rows))
    return len(rows)


def take_out(layout: Layout, sessions: Collection[str]) -> None:
    """Take sessions and their samples out, for they are made anew."""
    replace_rows(layout, "sessions", "session", _text(sessions))
    replace_rows(layout, "samples", "session", _text(sessions))


def make_of_samples(layout: Layout, checks: Checks, sessions: Collection[str]) -> set[str]:
    """Make rows of sessions from their samples, where these are all that is left of them; returns those made."""
    plans = {name: checks.plans[name] for name in sessions if name in checks.digests}
    rows = [
        row_again(bout, plans[session])
        for session, bout in bouts_of_samples(layout, {name: plan.choice for name, plan in plans.items()})
    ]
    if rows:
        replace_rows(layout, "sessions", "session", _text(()), sessions_table(rows))
    drop_unknown_samples(layout)
    return {row["session"] for row in rows}


def _said(row: Row) -> Said | None:
    """Return what was said of a session, from its own row."""
    told = dict(entry.partition("=")[::2] for entry in row["sources"] or ())
    source = next((told[what] for what in ("name", "note", "shoe", "rpe_cr10") if what in told), None)
    if source is None:
        return None
    dirt = None
    if row["surface_source"] == "dirt_distance" and row["distance_m"] and row["paved_share"] is not None:
        dirt = row["distance_m"] * (1 - row["paved_share"])
    kind = KINDS[0] if source.endswith(".csv") else KINDS[1]
    return Said(kind, source, Label(row["name"], row["note"], row["shoe"], row["rpe_cr10"], dirt))


def _change_files(layout: Layout, change: Callable[[Row], Row | None]) -> int:
    rows = rows_of(read_table(layout.logs["files"], "files", arrow_schema("files").names))
    after = [change(row) for row in rows]
    if after != rows:
        replace_table(layout, "files", plain_table("files", [row for row in after if row is not None]))
    return sum(one != other for one, other in zip(rows, after, strict=True))


def _text(values: Collection[str]) -> Any:
    return pa.array(sorted(values), pa.string())
