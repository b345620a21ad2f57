"""Incidence, burden and prevalence of a lake, and its tables for another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evengait.cohort.burden import burden_report, injurytools_tables
from evengait.cohort.lake import Lake

if TYPE_CHECKING:
    from pathlib import Path


def report_cohort(place: str, export: Path | None = None) -> dict[str, Any]:
    """Return the report; with ``export`` write ``injuries.csv`` and ``exposures.csv`` for R's injurytools there too.

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
    if export is not None:
        export.mkdir(parents=True, exist_ok=True)
        for name, table in zip(
            ("injuries.csv", "exposures.csv"), injurytools_tables(sessions, problems), strict=True
        ):
            part = export / (name + ".part")
            table.write_csv(part, null_value="NA")
            part.replace(export / name)
    return answer
