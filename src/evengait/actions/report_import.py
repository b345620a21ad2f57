"""Tell what came of an import that the desk did, from the archive, as ``import --json`` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.storage.archive import Archive

if TYPE_CHECKING:
    from pathlib import Path

    from evengait.core.import_job import ImportJob


def import_document(folder: Path, job: ImportJob) -> dict[str, Any]:
    """Return the document of a finished import.

    Parameters
    ----------
    folder : Path
        The runner's folder.
    job : ImportJob
        One that has a batch.
    """
    archive = Archive(folder)
    files = archive.files().filter(pl.col("batch") == job.batch).sort("source")
    shoes = archive.sessions().filter(pl.col("batch") == job.batch)["shoe"].drop_nulls().unique().sort()
    seconds = (job.changed_at - job.started_at).total_seconds() if job.changed_at and job.started_at else 0.0
    return {
        "batch": job.batch,
        "counts": {"added": 0, "duplicate": 0, "not_a_session": 0, "failed": 0} | job.counts,
        "files": [_file(row) for row in files.iter_rows(named=True)],
        "bytes": job.bytes_received,
        "seconds": round(seconds, 3),
        "sessions": job.sessions,
        "runs": job.runs,
        "first": job.first.isoformat() if job.first else None,
        "last": job.last.isoformat() if job.last else None,
        "shoes": shoes.to_list(),
        "without_file": job.without_file,
        "problems": list(job.problems),
        "stopped": False,
    }


def _file(row: dict[str, Any]) -> dict[str, Any]:
    sessions = list(row["sessions"] or ())
    return {
        "source": row["source"],
        "verdict": row["verdict"],
        "reason": row["reason"],
        "session": sessions[0] if sessions else None,
        "sessions": sessions,
    }
