"""Count a cohort: every runner's sessions by state, and when follow-up ended, added up as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from evengait.analysis.spikes.lean_log import end_to_end
from evengait.analysis.spikes.risk import RiskCounts, no_counts, risk_counts, session_states
from evengait.cohort.engine import run_batches
from evengait.core.errors import TableError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

GAP_DAYS = 28
BATCHES_A_WORKER = 24
SMALLEST_BATCH = 40
TOGETHER = 64
"""Runners that are laid out in one log: more do not fit into a processor's cache."""


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
        runner, local_date, distance_m; ``sport`` and ``start`` of the [sessions] table are used where they are there.
    runners : DataFrame
        runner, entered, ended (dates of follow-up), injured (bool).

    Returns
    -------
    CohortCounts
        The same to the last digit whatever the engine: whole numbers, added up in the order of the batches.

    Raises
    ------
    TableError
        A column is missing, a runner stands twice, or her follow-up ends before it begins.
    """
    for table, names in (
        (sessions, ("runner", "local_date", "distance_m")),
        (runners, ("runner", "entered", "ended", "injured")),
    ):
        for name in names:
            if name not in table.columns:
                raise TableError(
                    kept("Column '{name}' is missing from the cohort's table.", name=name), column=name
                )
    if runners["runner"].n_unique() < len(runners):
        raise TableError(
            kept("A runner stands twice in the table of runners. Keep one row each."), column="runner"
        )
    if (runners["ended"] < runners["entered"]).any():
        raise TableError(kept("A runner's follow-up ends before it begins."), column="ended")
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


@dataclass(frozen=True)
class Batch:
    """Some runners and their sessions, in their order: arrays, because they are sent to workers; no names."""

    entered: NDArray[np.int32]
    ended: NDArray[np.int32]
    injured: NDArray[np.bool_]
    starts: NDArray[np.int64]
    day: NDArray[np.int32]
    metres: NDArray[np.float64]
    running: NDArray[np.bool_]


def _batches(sessions: pl.DataFrame, people: pl.DataFrame, size: int) -> list[Batch]:
    order = [name for name in ("runner", "local_date", "start") if name in sessions.columns]
    table = sessions.sort(order, maintain_order=True)
    names = people["runner"]
    sizes = names.to_frame().join(
        table.group_by("runner").len(), on="runner", how="left", maintain_order="left"
    )
    table = table.filter(pl.col("runner").is_in(names.implode()))
    starts = np.append(0, np.cumsum(sizes["len"].fill_null(0).to_numpy().astype(np.int64)))
    day = table["local_date"].cast(pl.Date).to_physical().to_numpy()
    metres = table["distance_m"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    running = np.ones(len(table), bool)
    if "sport" in table.columns:
        running = (table["sport"] == "running").fill_null(value=False).to_numpy()
    entered, ended = (people[name].cast(pl.Date).to_physical().to_numpy() for name in ("entered", "ended"))
    injured = people["injured"].to_numpy()
    found = []
    for first in range(0, len(people), size):
        some = slice(first, first + size)
        cut = slice(int(starts[first]), int(starts[min(first + size, len(people))]))
        inside = starts[first : first + size + 1] - starts[first]
        told = (entered[some], ended[some], injured[some])
        found.append(Batch(*told, inside, day[cut], metres[cut], running[cut]))
    return found


def _count(batch: Batch) -> CohortCounts:
    followed, injured = batch.ended - batch.entered, batch.injured
    left, hurt = (
        np.bincount(followed[chosen], minlength=followed.max() + 1) for chosen in (~injured, injured)
    )
    risks = no_counts()
    for first in range(0, len(injured), TOGETHER):
        risks = risks + _risks(batch, slice(first, first + TOGETHER))
    return CohortCounts(risks, left, hurt)


def _risks(batch: Batch, some: slice) -> RiskCounts:
    """Count some runners' sessions; before entry they count for what came before, not as time at risk."""
    entered, ended, injured = batch.entered[some], batch.ended[some], batch.injured[some]
    starts = batch.starts[some.start : some.start + len(entered) + 1]
    who = np.repeat(np.arange(len(entered)), np.diff(starts))
    kept = np.flatnonzero(batch.day[starts[0] : starts[-1]] <= ended[who])
    if not len(kept):
        return no_counts()
    who, kept = who[kept], kept + starts[0]
    day, running = batch.day[kept], batch.running[kept]
    states = session_states(end_to_end(who, day, batch.metres[kept], running, GAP_DAYS))
    who, day = who[running], day[running]
    inside = np.flatnonzero(day >= entered[who])
    who = who[inside]
    number = np.arange(len(who)) - np.searchsorted(who, who)
    last = np.append(who[1:] != who[:-1], True)[: len(who)]
    return risk_counts({name: state[inside] for name, state in states.items()}, number, last & injured[who])
