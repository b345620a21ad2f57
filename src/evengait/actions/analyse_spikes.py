"""Hazard ratios of session spikes over a folder that holds a cohort."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from evengait.analysis.spikes.risk import FACTORS
from evengait.cohort.cells import SMALLEST_CELL
from evengait.cohort.counts import count_cohort
from evengait.cohort.hazards import cumulative_incidence, hazard_ratios, injured_shown
from evengait.cohort.lake import Lake
from evengait.core.errors import TableError, UsageError
from evengait.core.language import say
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.cohort.counts import CohortCounts

CAVEATS = (
    kept(
        "Sessions are compared between runners: whoever spikes may differ in other ways from whoever does not."
    ),
    kept("Week ratio and ACWR stand beside it as description. No threshold is meant."),
    kept("A ratio over a group says nothing about one runner's next run."),
    kept(
        "A session whose 30 days before are not known is at risk in no state; that leaves out everybody's first month."
    ),
)


def analyse_spikes(
    place: str,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    on_done: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Return the answer as a document.

    Parameters
    ----------
    place : str
        A lake, or a folder with ``sessions.parquet`` (runner, local_date, distance_m) and ``runners.parquet`` (runner,
        entered, ended, injured).

    Raises
    ------
    UsageError
        A file is not there, or there are fewer than five runners.
    TableError
        One cannot be read, lacks a column, or a runner stands twice.
    """
    sessions, runners = read_cohort(place)
    counts = count_cohort(
        sessions, runners, workers=workers or os.cpu_count() or 1, cluster=cluster, on_done=on_done
    )
    return spikes_document(counts, runners=len(runners), sessions=len(sessions))


def spikes_document(counts: CohortCounts, *, runners: int, sessions: int) -> dict[str, Any]:
    """Return what the counts of a cohort say.

    Raises
    ------
    UsageError
        Fewer than five runners.
    """
    if runners < SMALLEST_CELL:
        raise UsageError("Fewer than five runners: an answer would give them away.")
    return {
        "runners": runners,
        "sessions": sessions,
        "injured": injured_shown(counts),
        "factors": {factor: hazard_ratios(counts, factor) for factor in FACTORS},
        "cumulative_incidence": cumulative_incidence(counts),
        "caveats": list(CAVEATS),
        "evidence": ["doi 10.1136/bjsports-2024-109380"],
    }


def read_cohort(place: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return sessions and runners of a folder with two files, or of a lake.

    Raises
    ------
    UsageError
        There is neither.
    TableError
        A file cannot be read.
    """
    folder = Path(place)
    if "://" in place or (folder / "runners").is_dir():
        lake = Lake(place)
        runners = lake.read("runners")
        if not len(runners):
            raise UsageError(
                "That lake holds no runner yet. Gather some: evengait cohort build LAKE --home HOME"
            )
        return lake.read("sessions"), runners
    return _read(folder / "sessions.parquet"), _read(folder / "runners.parquet")


def _read(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise UsageError(
            say(
                "{name} is not in that folder. Make a cohort up to see what it takes: evengait cohort simulate DIR",
                name=file.name,
            )
        )
    try:
        return pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError):
        raise TableError(
            kept("{name} is no Parquet file, or is not whole. Write it again.", name=file.name)
        ) from None
