"""Write a made-up runner's history as a Strava bulk export: the zip a real runner would bring."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from evengait.ingest.fit.encode import encode_activity
from evengait.simulation.samples import simulate_bout
from evengait.simulation.strava_tables import Listing, listing, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from evengait.simulation.history import SimulatedHistory
    from evengait.simulation.profile import RunnerProfile

Rows = list[dict[str, Any]]

SPARSE_S = 5
_TOGETHER = 8
_WORTH_PROCESSES = 200
_PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
"""A picture without a picture in it: enough to be recognised and passed over."""


@dataclass(frozen=True)
class ExportSummary:
    """What was written.

    Attributes
    ----------
    path : Path
    runs, sessions : int
        Sessions are the runs and the strength work.
    bytes : int
        Size of the zip.
    hours : float
        Recorded time.  [h]
    first, last : date
    """

    path: Path
    runs: int
    sessions: int
    bytes: int
    hours: float
    first: date
    last: date


def simulate_export(
    path: Path,
    *,
    seed: int,
    days: int = 760,
    runs: int | None = None,
    profile: RunnerProfile | None = None,
    history: SimulatedHistory | None = None,
    sparse_before: date | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ExportSummary:
    """Write a Strava-like bulk export of a made-up runner, with the samples of every session.

    Sessions are made, packed and written a few at a time: memory does not grow with the archive.

    Parameters
    ----------
    path : Path
        The zip to write; it appears only when it is whole.
    seed : int
        The same seed gives the same bytes.
    days : int
        Length of the history, if none is given.  [d]
    runs : int, optional
        Keep so many runs, the newest; the history is made as long as that takes.
    profile : RunnerProfile, optional
        Default: drawn from the seed. ``runners.decade_runner()`` makes about 3,000 runs in ten years.
    history : SimulatedHistory, optional
        Default: ``simulate_history(seed, days=days, profile=profile)``.
    sparse_before : date, optional
        Sessions before this day hold a sample in five seconds instead of one a second.
    workers : int, optional
        Processes; default: one for each processor if there are many sessions. A script that is run by its file
        name needs ``if __name__ == "__main__":`` around the call for more than one.
    progress : callable, optional
        Called with the sessions written and their number.

    Returns
    -------
    ExportSummary

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     simulate_export(Path(folder) / "export.zip", seed=1, days=180, runs=2, workers=1).runs
    2
    """
    rows = rows_to_write(history, seed, days, runs, profile)
    if workers is None:
        workers = (os.cpu_count() or 1) if len(rows) >= _WORTH_PROCESSES else 1
    listed = [listing(row) for row in rows]
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for name, text in tables(rows, listed, seed).items():
            archive.writestr(fixed_member(name), text, zipfile.ZIP_DEFLATED)
        archive.writestr(fixed_member("media/1f0e3dad-made-up.jpg"), _PHOTO)
        _write_recordings(archive, rows, listed, seed, sparse_before, workers, progress)
    part.replace(path)
    return ExportSummary(
        path,
        sum(row["sport"] == "running" for row in rows),
        len(rows),
        path.stat().st_size,
        sum(row["moving_s"] for row in rows) / 3600,
        rows[0]["local_date"],
        rows[-1]["local_date"],
    )


def rows_to_write(
    history: SimulatedHistory | None, seed: int, days: int, runs: int | None, profile: RunnerProfile | None
) -> Rows:
    """Return the sessions to write, in order of time."""
    # Only here: a process that packs sessions needs neither tables nor histories.
    from evengait.simulation.history import simulate_history

    made = history or simulate_history(seed, days=days, profile=profile)
    while history is None and runs and (made.sessions["sport"] == "running").sum() < runs:
        days = int(days * 1.08) + 30
        made = simulate_history(seed, days=days, profile=profile)
    rows = list(made.sessions.iter_rows(named=True))
    if runs is None:
        return rows
    places = [place for place, row in enumerate(rows) if row["sport"] == "running"][-runs:]
    return rows[places[0] :]


def _write_recordings(
    archive: zipfile.ZipFile,
    rows: Rows,
    listed: Sequence[Listing],
    seed: int,
    sparse_before: date | None,
    workers: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    steps = [SPARSE_S if sparse_before and row["local_date"] < sparse_before else 1 for row in rows]
    jobs = (
        (rows[start : start + _TOGETHER], seed, steps[start : start + _TOGETHER])
        for start in range(0, len(rows), _TOGETHER)
    )
    written = 0
    for packed in _in_order(jobs, workers):
        for content in packed:
            archive.writestr(fixed_member(listed[written].filename), content)
            written += 1
        if progress:
            progress(written, len(rows))


def _in_order(jobs: Iterator[tuple[Rows, int, list[int]]], workers: int) -> Iterator[list[bytes]]:
    """Pack the jobs, several at once, and give them back in order; never more than a few wait."""
    if workers == 1:
        yield from (pack(*job) for job in jobs)
        return
    # A process of its own from the start: a fork would copy locks that other threads hold.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[bytes]]] = deque()
        for job in islice(jobs, 3 * workers):
            waiting.append(pool.submit(pack, *job))
        while waiting:
            yield waiting.popleft().result()
            for job in islice(jobs, 1):
                waiting.append(pool.submit(pack, *job))


def pack(rows: Rows, seed: int, every_s: Sequence[int]) -> list[bytes]:
    """Return the gzipped FIT file of each session.

    Parameters
    ----------
    rows : list of dict
        Rows of a simulated [sessions] table.
    seed : int
    every_s : sequence of int
        Seconds from sample to sample, for each session.
    """
    return [
        gzip.compress(encode_activity(simulate_bout(row, seed, every_s=step)), 6, mtime=0)
        for row, step in zip(rows, every_s, strict=True)
    ]


def fixed_member(name: str) -> zipfile.ZipInfo:
    """Return a member whose time of writing is fixed, so that the same history gives the same bytes."""
    return zipfile.ZipInfo(name, (2026, 11, 16, 12, 0, 0))
