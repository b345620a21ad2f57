"""Sessions laid out by day: what every exposure is made from."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from evengait.analysis.series import ratio, sum_by
from evengait.core.errors import TableError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEEDED = (
    "start", "local_date", "sport", "device", "gait_sensor", "shoe", "moving_s", "distance_m", "ascent_m",
    "descent_m", "steps", "paved_share", "gravel_share", "speed_hist_m", "gait_speed_bin", "gait_seconds",
    "gait_step_rate_spm", "gait_contact_time_ms", "gait_balance_left_pct",
)  # fmt: skip

LEAST_KNOWN_SHARE = 0.5
"""A share or mean of a date stands for it only if known for this part of the date's distance. Design choice."""


class RunLog:
    """The runs of a table of sessions, and the days they fall on.

    Parameters
    ----------
    sessions : DataFrame
        The [sessions] table, any order. Sessions after ``until`` are left out.
    until : date
        Last day looked at.
    gap_days : int
        A longer run of days without any session, of any sport, is not covered.

    Attributes
    ----------
    first : date
        Local date of the first session; ``until`` where there is none, and then no day at all.
    covered : bool array of shape (days,)
        The days from ``first`` to ``until``; False inside a gap.
    day : int64 array of shape (runs,)
        The day each run falls on, rising; runs in order of their start. Only ``sport == "running"`` is a run.

    Raises
    ------
    TableError
        A column is missing.
    """

    def __init__(self, sessions: pl.DataFrame, until: date, gap_days: int) -> None:
        for name in NEEDED:
            if name not in sessions.columns:
                raise TableError(
                    kept("Column '{name}' is missing from the sessions.", name=name), column=name
                )
        there = sessions.filter(pl.col("local_date") <= until).sort("start", maintain_order=True)
        self.sessions = there
        first = there["local_date"].min()
        self.first = first if isinstance(first, date) else until
        size = (until - self.first).days + 1 if len(there) else 0
        self.covered = covered_days(self.day_of(there), size, gap_days)
        self.runs = there.filter(pl.col("sport") == "running").sort("local_date", maintain_order=True)
        self.day = self.day_of(self.runs)
        self._numbers: dict[str, Floats] = {}

    def __len__(self) -> int:
        return len(self.covered)

    def day_of(self, sessions: pl.DataFrame) -> NDArray[np.int64]:
        """Return the day each session falls on."""
        days = sessions["local_date"].to_physical().to_numpy().astype(np.int64)
        return days - (self.first - date(1970, 1, 1)).days

    def numbers(self, name: str) -> Floats:
        """Return a column of the runs, NaN = null."""
        if name not in self._numbers:
            self._numbers[name] = self.runs[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        return self._numbers[name]

    @cached_property
    def run_days(self) -> NDArray[np.bool_]:
        """True on days with a run."""
        out = np.zeros(len(self), bool)
        out[self.day] = True
        return out

    def total(self, values: Floats) -> Floats:
        """Add up a value over each day's runs: NaN where one is NaN or the day is not covered, 0 without a run."""
        out = sum_by(self.day, values, len(self))
        out[~self.covered] = np.nan
        return out

    @cached_property
    def weights(self) -> Floats:
        """Metres of each run; a run without distance weighs one metre, so that it counts only where alone."""
        return np.maximum(np.nan_to_num(self.numbers("distance_m"), nan=1.0), 1.0)

    def mean(self, values: Floats) -> Floats:
        """Average a value over each day's runs by distance: NaN unless known for half of it."""
        known = ~np.isnan(values)
        seen = sum_by(self.day, self.weights * known, len(self))
        total = sum_by(self.day, np.where(known, values * self.weights, 0.0), len(self))
        enough = seen >= LEAST_KNOWN_SHARE * sum_by(self.day, self.weights, len(self))
        return np.where(enough, ratio(total, seen), np.nan)

    def most(self, labels: Sequence[str | None]) -> list[str | None]:
        """Return the label of most of each day's distance; None without a run, or where most has none."""
        sums: list[dict[str | None, float]] = [{} for _ in range(len(self))]
        for day, label, weight in zip(self.day.tolist(), labels, self.weights.tolist(), strict=True):
            sums[day][label] = sums[day].get(label, 0.0) + weight
        return [max(of, key=of.__getitem__) if of else None for of in sums]

    def rows(self, name: str) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return a list column of the runs flat, with the run each value belongs to; null lists give nothing."""
        lists = self.runs[name]
        lengths = lists.list.len().fill_null(0).to_numpy().astype(np.int64)
        flat = lists.drop_nulls().explode(empty_as_null=False)
        return np.repeat(np.arange(len(lengths)), lengths), flat.cast(pl.Float64).fill_null(np.nan).to_numpy()


def covered_days(session_days: NDArray[np.integer[Any]], size: int, gap_days: int) -> NDArray[np.bool_]:
    """Tell which days are covered: all but those inside a run of more than ``gap_days`` days without a session.

    The days after the last session follow the same rule: a runner who stops because of a pain leaves true zeros
    for four weeks; later, nobody can tell a pause from a watch that is no longer read.

    Examples
    --------
    >>> covered_days(np.array([0, 4]), 7, gap_days=2).tolist()
    [True, False, False, False, True, True, True]
    """
    edges = np.unique(np.append(session_days, size))
    out = np.ones(size, bool)
    for place in np.flatnonzero(np.diff(edges) - 1 > gap_days).tolist():
        out[edges[place] + 1 : edges[place + 1]] = False
    return out
