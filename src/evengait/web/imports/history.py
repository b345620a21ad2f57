"""What was brought in: the imports of the archive, and those that are under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from django.conf import settings

from evengait.core.reasons import reason_in_words
from evengait.storage.archive import Archive
from evengait.storage.home import runner_folder
from evengait.storage.records.import_jobs import jobs_of

if TYPE_CHECKING:
    from datetime import datetime

    from evengait.core.import_job import ImportJob
    from evengait.core.runner import RunnerProfile

ON_A_PAGE = 50
MOST_SHOWN = 200


@dataclass(frozen=True)
class Batch:
    """One import that is in the archive. ``job``: where the desk did it; None for the command line's."""

    name: str
    at: datetime
    added: int
    failed: int
    sessions: int
    job: ImportJob | None


def archive_of(runner: RunnerProfile) -> Archive:
    """Return a runner's archive for reading."""
    return Archive(runner_folder(settings.HOME, runner.name))


def batches(runner: RunnerProfile) -> list[Batch]:
    """Return the imports in the archive, the latest 200, latest first."""
    jobs = {job.batch: job for job in jobs_of(runner.id) if job.batch and job.kind != "undo"}
    rows = (
        archive_of(runner)
        .batches()
        .sort("imported_at", descending=True)
        .head(MOST_SHOWN)
        .iter_rows(named=True)
    )
    return [
        Batch(
            row["batch"],
            row["imported_at"],
            row["added"],
            row["failed"],
            row["sessions"],
            jobs.get(row["batch"]),
        )
        for row in rows
    ]


def files_with_reasons(
    runner: RunnerProfile, batch: str, verdict: str, page: int
) -> tuple[list[tuple[str, str]], int]:
    """Return one page of an import's files of one verdict that have a reason, and how many there are.

    Parameters
    ----------
    verdict : str
        ``failed``: they could not be read. ``added``: they came in incomplete.
    """
    files = archive_of(runner).files()
    found = files.filter(
        (pl.col("batch") == batch) & (pl.col("verdict") == verdict) & (pl.col("reason").fill_null("") != "")
    ).sort("source")
    shown = found.slice((page - 1) * ON_A_PAGE, ON_A_PAGE).select("source", "reason")
    return [(source, reason_in_words(reason)) for source, reason in shown.rows()], found.height
