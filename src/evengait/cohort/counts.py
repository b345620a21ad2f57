"""Count a cohort: every runner's sessions by state, and when follow-up ended, added up as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from evengait.analysis.run_log import NEEDED, RunLog
from evengait.analysis.spikes.risk import RiskCounts, no_counts, risk_counts
from evengait.cohort.engine import run_batches
from evengait.core.columns import polars_schema
from evengait.core.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

GAP_DAYS = 28
BATCHES_A_WORKER = 24
SMALLEST_BATCH = 40


@dataclass(frozen=True)
class CohortCounts:
    """What the runners of a cohort add up to; whole numbers alone.

    Attributes
    ----------
    risk : RiskCounts
    left, injured : int64 array of shape (days,)
        Runners whose follow-up ended after so many days, without and with an injury.
    """

    risk: RiskCounts
    left: NDArray[np.int64]
    injured: NDArray[np.int64]

    def __add__(self, other: CohortCounts) -> CohortCounts:
        """Return the counts of both."""
        return CohortCounts(
            self.risk + other.risk, _sum(self.left, other.left), _sum(self.injured, other.injured)
        )


def _sum(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    first, second = sorted((one, other), key=len, reverse=True)
    found = first.copy()
    found[: len(second)] += second
    return found


def count_cohort(
    sessions: pl.DataFrame,
    runners: pl.DataFrame,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    on_done: Callable[[int, int], None] | None = None,
) -> CohortCounts:
    """Count every runner's sessions by state, in batches, on the engine of choice.

    Parameters
    ----------
    sessions : DataFrame
        runner, local_date, distance_m; more columns of the [sessions] table are used where they are there.
    runners : DataFrame
        runner, entered, ended (dates of follow-up), injured (bool).

    Returns
    -------
    CohortCounts
        The same to the last digit whatever the engine: whole numbers, added up in the order of the batches.

    Raises
    ------
    TableError
        A column is missing, or a runner stands twice.
    """
    for table, names in (
        (sessions, ("runner", "local_date", "distance_m")),
        (runners, ("runner", "entered", "ended", "injured")),
    ):
        for name in names:
            if name not in table.columns:
                raise TableError(f"Column '{name}' is missing from the cohort's table.", column=name)
    if runners["runner"].n_unique() < len(runners):
        raise TableError("A runner stands twice in the table of runners. Keep one row each.", column="runner")
    size = max(len(runners) // (BATCHES_A_WORKER * (workers or 2)), SMALLEST_BATCH)
    people = runners.sort("runner")
    batches = _batches(sessions, people, size)
    return reduce(
        lambda a, b: a + b,
        run_batches(_count, batches, workers=workers, cluster=cluster, on_done=on_done),
        nobody(),
    )


def nobody() -> CohortCounts:
    """Return the counts of no runner."""
    return CohortCounts(no_counts(), np.zeros(0, np.int64), np.zeros(0, np.int64))


def _batches(
    sessions: pl.DataFrame, people: pl.DataFrame, size: int
) -> list[tuple[pl.DataFrame, pl.DataFrame]]:
    known = [name for name in ("runner", *NEEDED) if name in sessions.columns]
    table = sessions.select(known).sort("runner", "local_date", maintain_order=True)
    names = table["runner"].to_numpy()
    found = []
    for first in range(0, len(people), size):
        batch = people[first : first + size]
        low = np.searchsorted(names, batch["runner"][0], side="left")
        high = np.searchsorted(names, batch["runner"][-1], side="right")
        found.append((table[int(low) : int(high)], batch))
    return found


def _count(batch: tuple[pl.DataFrame, pl.DataFrame]) -> CohortCounts:
    sessions, people = batch
    whole = whole_sessions(sessions)
    by_runner = {
        key[0]: rows for key, rows in whole.partition_by("runner", as_dict=True, include_key=False).items()
    }
    total = nobody()
    risks = no_counts()
    spans: list[tuple[int, bool]] = []
    for runner, entered, ended, injured in people.select("runner", "entered", "ended", "injured").iter_rows():
        spans.append(((ended - entered).days, injured))
        if runner in by_runner:
            log = RunLog(by_runner[runner], ended, GAP_DAYS)
            if len(log):
                risks = risks + risk_counts(log, entered=entered, ended=ended, injured=injured)
    longest = max((days for days, _ in spans), default=-1) + 1
    left, hurt = np.zeros(longest, np.int64), np.zeros(longest, np.int64)
    for days, injured in spans:
        (hurt if injured else left)[days] += 1
    return CohortCounts(risks, total.left if not spans else left, total.injured if not spans else hurt)


def whole_sessions(sessions: pl.DataFrame) -> pl.DataFrame:
    """Return the sessions with every column that a log of runs needs, null where a cohort's table lacks it."""
    schema = polars_schema("sessions")
    missing = [pl.lit(None, schema[name]).alias(name) for name in NEEDED if name not in sessions.columns]
    whole = sessions.with_columns(missing)
    if "sport" not in sessions.columns:
        whole = whole.with_columns(sport=pl.lit("running"))
    if "start" not in sessions.columns:
        noon = pl.col("local_date").cast(pl.Datetime("us")).dt.replace_time_zone("UTC") + timedelta(hours=12)
        whole = whole.with_columns(start=noon)
    return whole
