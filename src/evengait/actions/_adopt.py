"""Archives from before recordings had rows of their own: their originals are read once more, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from evengait.actions._recording_row import brief_of, recording_row
from evengait.actions.read_member import bouts_that_count
from evengait.core.errors import EvengaitError
from evengait.ingest._dispatch import HEAD, read, recognise
from evengait.storage.archive.contents import read_table, rows_of
from evengait.storage.archive.originals import read_original
from evengait.storage.archive.rewrite import replace_rows
from evengait.storage.archive.rows import recordings_table

if TYPE_CHECKING:
    from evengait.core.same_run import Limits
    from evengait.storage.archive.writer import Writer

_COLUMNS = ("sha256", "original", "source", "batch", "chunk", "imported_at")


def adopt(writer: Writer, limits: Limits) -> None:
    """Give every kept file of an archive without any its rows of ``recordings``; what cannot be read stays as it is.

    Raises
    ------
    OSError
        The archive cannot be written.
    """
    logs = writer.layout.logs
    if not logs["recordings"].parts() and logs["sessions"].parts():
        list_recordings(writer, limits)


def list_recordings(writer: Writer, limits: Limits) -> None:
    """Give every kept file that has none its rows of ``recordings``, whatever others have."""
    logs = writer.layout.logs
    known = set(read_table(logs["recordings"], "recordings", ["sha256"]).column("sha256").to_pylist())
    rows: list[dict[str, Any]] = []
    for file in rows_of(read_table(logs["files"], "files", _COLUMNS)):
        if file["original"] is not None and file["sha256"] not in known:
            known.add(file["sha256"])
            rows += _rows(writer, file, limits)
    if rows:
        writer.unsettle()
        replace_rows(
            writer.layout, "recordings", "recording", pa.array([], pa.string()), recordings_table(rows)
        )


def _rows(writer: Writer, file: dict[str, Any], limits: Limits) -> list[dict[str, Any]]:
    try:
        data = read_original(writer.layout.folder, file["original"])
        recording = read(recognise(data[:HEAD]) or "", data)
    except (EvengaitError, KeyError):
        return []
    problem = " ".join(recording.problems) or None
    came = {key: file[key] for key in ("source", "batch", "chunk", "imported_at")}
    return [
        recording_row(brief_of(bout, file["sha256"], place, limits), file["sha256"], place, problem) | came
        for place, bout in enumerate(bouts_that_count(recording))
    ]
