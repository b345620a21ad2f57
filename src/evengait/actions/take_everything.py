"""Take everything along: one zip with the originals, the archive as tables, and every word that is kept."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from typing import TYPE_CHECKING, Any

from evengait.actions.exchange_diary import write_diary
from evengait.actions.exchange_sets import export_sets
from evengait.core.language import figures, marked, say
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.belongings import BELONGINGS, plain_rows, rows_of
from evengait.storage.records.diary import diary_of
from evengait.storage.records.runners import runner_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    import polars as pl

    from evengait.core.runner import RunnerProfile

SAMPLES_AT_ONCE = 40
"""Sessions whose samples are in memory together."""

README = marked("""\
Everything that this desk keeps of you, made on {made} (UTC).

Values are SI, dates are your local ones, instants UTC. null, or an empty cell, is not asked or not known: never zero
and never no. Other people stand here by the name they chose. Keep this file where nobody else reads it: it holds
health data.

originals/   The files as they came, in zips by import. Any program that reads recordings reads them.
archive/     What was read from them: a row a session, sample, file, ground; Parquet, and CSV beside the smaller ones.
             The columns are described in archive/columns.json.
records/     What you told, and what was worked out: a list of rows in each file.

{rows}
To bring it all in again somewhere else: evengait import originals/, evengait log --import records/diary.csv,
evengait strength import records/strength.csv.
""")


def take_everything(home: Path, account: UUID, file: Path, *, now: datetime) -> int:
    """Write everything that is a person's into one zip, its README in the language spoken; return its size in bytes.

    Parameters
    ----------
    home : Path
        Its records are open.
    account : UUID
    file : Path
        Readable by its owner alone; whole or not there.
    now : datetime
        Instant (UTC), for the README.

    Raises
    ------
    OSError
        The disk is full, or a file cannot be read.
    """
    runner = runner_of(account)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with (
        os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as whole,
    ):
        lines = _records(whole, runner, account)
        if runner is not None:
            _archive(whole, runner_folder(home, runner.name))
        whole.writestr("README.txt", say(README, made=now.strftime("%Y-%m-%d %H:%M"), rows="\n".join(lines)))
    part.replace(file)
    return file.stat().st_size


def _records(whole: zipfile.ZipFile, runner: RunnerProfile | None, account: UUID) -> list[str]:
    lines = []
    for one in BELONGINGS:
        rows = rows_of(one, runner.id if runner else None, account)
        if not one.file or rows is None:
            continue
        found = list(plain_rows(rows, account))
        text = json.dumps(found, ensure_ascii=False, indent=1, default=str)
        whole.writestr(f"records/{one.file}.json", text)
        lines.append(f"records/{one.file + '.json':<26} {figures(f'{len(found):>6,}')}  {say(one.about)}")
    if runner is not None:
        whole.writestr("records/diary.csv", write_diary(diary_of(runner.id)))
        whole.writestr("records/strength.csv", export_sets(runner.id, "evengait", weights="kg")[0])
    return [*lines, ""]


def _archive(whole: zipfile.ZipFile, folder: Path) -> None:
    from evengait.core.columns import table

    archive = Archive(folder)
    if not folder.is_dir():
        return
    tables = {"sessions": archive.sessions(), "files": archive.files(), "surfaces": archive.surfaces()}
    for name, frame in tables.items():
        whole.writestr(f"archive/{name}.csv", _csv(frame))
        _parquet(whole, f"archive/{name}.parquet", frame)
    sessions = tables["sessions"]["session"].to_list()
    for number, first in enumerate(range(0, len(sessions), SAMPLES_AT_ONCE), 1):
        samples = archive.samples(sessions[first : first + SAMPLES_AT_ONCE]).collect()
        _parquet(whole, f"archive/samples/{number:04d}.parquet", samples)
    told = ("dtype", "unit", "scale", "meaning")
    about = {
        name: {c.name: {key: getattr(c, key) for key in told} for c in table(name).values()}
        for name in ("sessions", "samples", "files", "surfaces")
    }
    whole.writestr("archive/columns.json", json.dumps(about, ensure_ascii=False, indent=1))
    for original in sorted((folder / "originals").glob("**/*")):
        if original.is_file():
            inside = f"originals/{original.relative_to(folder / 'originals').as_posix()}"
            whole.write(original, inside, compress_type=zipfile.ZIP_STORED)


def _parquet(whole: zipfile.ZipFile, name: str, frame: pl.DataFrame) -> None:
    held = io.BytesIO()
    frame.write_parquet(held)
    whole.writestr(zipfile.ZipInfo(name), held.getvalue())


def _csv(frame: pl.DataFrame) -> str:
    """Return a table as text; lists and instants as JSON and ISO 8601."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.iter_rows():
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if hasattr(value, "isoformat") else value
