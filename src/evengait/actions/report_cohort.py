"""Incidence, burden and prevalence of a lake, and its tables for another program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from evengait.actions.analyse_spikes import spikes_document
from evengait.cohort.burden import burden_report, injurytools_tables
from evengait.cohort.cells import SMALLEST_CELL
from evengait.cohort.counts import count_cohort
from evengait.cohort.lake import Lake
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

APART = kept("together with the numbers above they would give fewer than five runners away")


def report_cohort(
    place: str, export: Path | None = None, *, workers: int | None = None, cluster: str | None = None
) -> dict[str, Any]:
    """Return the report, session spikes with it.

    Parameters
    ----------
    export : Path, optional
        Write ``injuries.csv`` and ``exposures.csv`` for R's injurytools there too.

    Returns
    -------
    dict
        Of ``burden_report``; ``spikes``, the document of ``analyse_spikes``, or None and ``no_spikes_why``.

    Raises
    ------
    UsageError
        Fewer than five runners.
    EvengaitError
        The lake cannot be read.
    """
    lake = Lake(place)
    sessions, problems = lake.read("sessions"), lake.read("problems")
    answer = burden_report(sessions, problems)
    answer |= _spikes(sessions, lake.read("runners"), answer["injuries"], workers, cluster)
    if export is not None:
        export.mkdir(parents=True, exist_ok=True)
        for name, table in zip(
            ("injuries.csv", "exposures.csv"), injurytools_tables(sessions, problems), strict=True
        ):
            part = export / (name + ".part")
            table.write_csv(part, null_value="NA")
            part.replace(export / name)
    return answer


def _spikes(
    sessions: pl.DataFrame,
    runners: pl.DataFrame,
    injuries: int | None,
    workers: int | None,
    cluster: str | None,
) -> dict[str, Any]:
    """Return the spikes; none where all injuries less those that ended follow-up are one to four."""
    if len(runners) < SMALLEST_CELL:
        return {"spikes": None, "no_spikes_why": kept("follow-up is known of fewer than five runners")}
    counts = count_cohort(sessions, runners, workers=workers or os.cpu_count() or 1, cluster=cluster)
    found = spikes_document(counts, runners=len(runners), sessions=len(sessions))
    if injuries is not None and found["injured"] and 0 < abs(injuries - found["injured"]) < SMALLEST_CELL:
        return {"spikes": None, "no_spikes_why": APART}
    return {"spikes": found, "no_spikes_why": None}
