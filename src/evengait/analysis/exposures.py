"""Sessions into exposures: one row per local date."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from evengait.analysis.gait.adjusted import adjusted_gait
from evengait.analysis.load.day_totals import day_totals
from evengait.analysis.load.down_week import weeks_since_down_week
from evengait.analysis.load.fast_distance import fast_distance
from evengait.analysis.load.longest_run import longest_runs
from evengait.analysis.load.week_rise import week_rise
from evengait.analysis.run_log import RunLog
from evengait.analysis.shoes.age import shoe_columns
from evengait.analysis.surface.paved_share import day_paved_share
from evengait.core.columns import polars_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[np.float64] | list[str | None]]


@dataclass(frozen=True)
class ExposureSettings:
    """What the runner, or a study, may choose.

    Attributes
    ----------
    gap_days : int
        More days than this without any session, of any sport, are not covered. Design choice (grade D): four
        weeks are longer than most pauses for illness or holidays and shorter than most lost recordings.
    shoe_initial_km : mapping of shoe to km
        What a shoe had done before it first shows up.
    """

    gap_days: int = 28
    shoe_initial_km: Mapping[str, float] = field(default_factory=dict)


EXPOSURE_METRICS: tuple[Callable[[RunLog, ExposureSettings], Columns], ...] = (
    lambda log, _: day_totals(log),
    lambda log, _: longest_runs(log),
    lambda log, _: week_rise(log),
    lambda log, _: weeks_since_down_week(log),
    lambda log, _: fast_distance(log),
    lambda log, _: day_paved_share(log),
    lambda log, settings: shoe_columns(log, settings.shoe_initial_km),
    lambda log, _: adjusted_gait(log),
    lambda log, _: {"device": log.most(log.runs["device"].to_list())},
)
"""Every exposure: from the log of sessions to the columns of ``columns.toml`` [exposures] that it fills."""


def exposures_by_day(
    sessions: pl.DataFrame, until: date, *, settings: ExposureSettings | None = None
) -> pl.DataFrame:
    """Lay out what the runner was exposed to, for every local date from the first session to ``until``.

    Parameters
    ----------
    sessions : DataFrame, one row per session
        The [sessions] table, any order; later sessions than ``until`` are left out.
    until : date
        Last day looked at.
    settings : ExposureSettings, optional

    Returns
    -------
    DataFrame, one row per local date
        The [exposures] table. A covered day without a run is a true zero; a gap of more than ``gap_days`` without
        any session is not covered and null throughout. Absent is never zero: a run without altitude makes the
        climb of its date null. Empty where there is no session up to ``until``.

    Raises
    ------
    TableError
        A column of the sessions is missing.

    Examples
    --------
    >>> from datetime import date, datetime, timezone
    >>> row = dict.fromkeys(polars_schema("sessions")) | {"sport": "running", "distance_m": 9000.0}
    >>> row |= {"start": datetime(2026, 5, 1, 6, tzinfo=timezone.utc), "local_date": date(2026, 5, 1)}
    >>> runs = pl.DataFrame([row], schema=polars_schema("sessions"))
    >>> exposures_by_day(runs, date(2026, 5, 2)).select("date", "runs", "distance_m", "climb_m").rows()
    [(datetime.date(2026, 5, 1), 1, 9000.0, None), (datetime.date(2026, 5, 2), 0, 0.0, 0.0)]
    """
    settings = settings or ExposureSettings()
    schema = polars_schema("exposures")
    log = RunLog(sessions, until, settings.gap_days)
    if not len(log):
        return pl.DataFrame(schema=schema)
    days = pl.date_range(log.first, until, eager=True)
    columns: dict[str, object] = {"date": days, "covered": log.covered}
    for metric in EXPOSURE_METRICS:
        columns |= metric(log, settings)
    table = pl.DataFrame({name: columns[name] for name in schema}, strict=False)
    return table.fill_nan(None).cast(schema)  # type: ignore[arg-type]  # a plain dict of dtypes is a schema
