"""Build small archives without reading any file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.recording import Samples
from evengait.ingest._member import Content
from evengait.storage.archive.layout import part_name
from evengait.storage.archive.originals import write_pack
from evengait.storage.archive.part import write_part
from evengait.storage.archive.rows import plain_table, samples_table, sessions_table
from evengait.storage.archive.writer import Chunk, Writer, writing

if TYPE_CHECKING:
    from pathlib import Path

DAY_US = 86_400_000_000
SHA = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of b"abc"


def session_id(number: int) -> str:
    return f"{number:016x}"


def make_chunk(writer: Writer, batch: str, number: int, *, rows: int = 5) -> Chunk:
    """Write the files of a chunk with one session, without committing them."""
    chunk = f"{batch}-0001" if number < 0 else f"{batch}-{number:04d}"
    start = 1_700_000_000_000_000 + number * DAY_US
    n = np.arange(rows)
    samples = Samples(start + n * 1_000_000, {"heart_rate_bpm": ((140 + n).astype(np.int16), n % 2 == 0)})
    session = session_id(number)
    row = {
        "session": session,
        "start": start,
        "local_date": date(2026, 1, 1),
        "sport": "running",
        "elapsed_s": float(rows),
        "batch": batch,
        "speed_hist_m": np.array([1.0, np.nan]),
    }
    file = {
        "batch": batch,
        "chunk": chunk,
        "source": f"a.zip!{number}.fit",
        "sha256": SHA,
        "verdict": "added",
        "sessions": [session],
        "original": f"originals/{chunk}.zip!{SHA}",
        "imported_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    layout = writer.layout
    tables = {
        "samples": samples_table([(session, samples)]),
        "sessions": sessions_table([row]),
        "files": plain_table("files", [file]),
    }
    write_pack(layout.originals / f"{chunk}.zip", [(SHA, Content(b"abc", 0, None))])
    parts = {
        name: write_part(layout.logs[name].folder, part_name(chunk), name, table)
        for name, table in tables.items()
    }
    return Chunk(chunk, parts)


def add(folder: Path, batch: str, *numbers: int) -> None:
    """Import one session per number."""
    with writing(folder) as writer:
        for number in numbers:
            writer.commit(make_chunk(writer, batch, number))
