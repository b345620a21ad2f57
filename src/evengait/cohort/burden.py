"""Incidence, burden and prevalence in the terms of the 2020 consensus, with small cells hidden.

Bahr et al. 2020, International Olympic Committee consensus statement, doi 10.1136/bjsports-2019-101969.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from evengait.cohort.cells import SMALLEST_CELL, shown_cells
from evengait.cohort.extra import needed
from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HOURS = 1_000.0
DRAWS = 1_000
CAVEATS = (
    "A health problem is what a runner wrote down; what she did not write down is not here.",
    "Days lost are counted from onset to the return to running as before, of problems whose end is known.",
    "Hours are those of recorded runs. Runners are drawn anew for the intervals of burden and prevalence.",
)


@dataclass(frozen=True)
class RunnerSums:
    """One number for each runner, in one order."""

    hours: Floats
    injuries: Floats
    days_lost: Floats
    weeks: Floats
    weeks_with: Floats


def burden_report(sessions: pl.DataFrame, problems: pl.DataFrame, *, seed: int = 1) -> dict[str, Any]:
    """Return the report as a document.

    Parameters
    ----------
    sessions : DataFrame
        runner, local_date, sport, moving_s, elapsed_s.
    problems : DataFrame
        runner, onset, site, mode, returned_on, closed_on.

    Raises
    ------
    UsageError
        Fewer than five runners with a run.
    """
    runs = sessions.filter(pl.col("sport") == "running")
    seen = runs.group_by("runner").agg(first=pl.col("local_date").min(), last=pl.col("local_date").max())
    if len(seen) < SMALLEST_CELL:
        raise UsageError("Fewer than five runners: a report would give them away.")
    told = problems.join(seen, on="runner").filter(pl.col("onset").is_between("first", "last"))
    told = told.with_columns(end=pl.coalesce("returned_on", "closed_on"))
    sums = _sums(runs, seen, told)
    places = told.group_by("site").len().sort("len", "site", descending=[True, False])
    counts = shown_cells(places["len"].to_list())
    injuries = int(sums.injuries.sum())
    return {
        "runners": len(seen),
        "hours": round(float(sums.hours.sum())),
        "runs_without_time": int(runs.select(pl.coalesce("moving_s", "elapsed_s").is_null().sum()).item()),
        "injuries": injuries if injuries >= SMALLEST_CELL else None,
        "ends_unknown": shown_cells([int(told["end"].null_count()), injuries])[0],
        "measures": _measures(sums, seed) if injuries >= SMALLEST_CELL else None,
        "sites": [{"site": site, "injuries": n} for site, n in zip(places["site"], counts, strict=True)],
        "caveats": list(CAVEATS),
    }


def _sums(runs: pl.DataFrame, seen: pl.DataFrame, told: pl.DataFrame) -> RunnerSums:
    hours = runs.group_by("runner").agg(hours=pl.coalesce("moving_s", "elapsed_s").sum() / 3600)
    lost = told.group_by("runner").agg(
        injuries=pl.len(), days_lost=(pl.col("end") - pl.col("onset")).dt.total_days().sum()
    )
    week = pl.col("onset").dt.truncate("1w")
    until = pl.min_horizontal(pl.coalesce("end", "onset"), "last").dt.truncate("1w")
    weeks_with = (
        told.select("runner", week=pl.date_ranges(week, until, interval="1w"))
        .explode("week")
        .unique()
        .group_by("runner")
        .agg(weeks_with=pl.len())
    )
    span = (pl.col("last").dt.truncate("1w") - pl.col("first").dt.truncate("1w")).dt.total_days() // 7 + 1
    table = seen.sort("runner").with_columns(weeks=span)
    for other in (hours, lost, weeks_with):
        table = table.join(other, on="runner", how="left", maintain_order="left")
    table = table.with_columns(pl.col("hours", "injuries", "days_lost", "weeks_with").fill_null(0))
    names = ("hours", "injuries", "days_lost", "weeks", "weeks_with")
    return RunnerSums(*(table[name].cast(pl.Float64).to_numpy() for name in names))


def _measures(sums: RunnerSums, seed: int) -> dict[str, Any]:
    """Return each measure with its 95 % interval; incidence by Poisson's, the others by drawing runners anew."""
    count, hours = sums.injuries.sum(), sums.hours.sum() / HOURS
    if hours <= 0:
        return {}
    chi2 = needed("scipy.stats").chi2
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(sums.hours), (DRAWS, len(sums.hours)))
    return {
        "incidence": {
            "value": float(count / hours),
            "interval": [
                float(chi2.ppf(0.025, 2 * count) / 2 / hours),
                float(chi2.ppf(0.975, 2 * count + 2) / 2 / hours),
            ],
            "unit": "new injuries per 1,000 hours of running",
        },
        "burden": _drawn(sums.days_lost, sums.hours / HOURS, drawn) | {"unit": "days lost per 1,000 hours of running"},
        "prevalence": _drawn(100 * sums.weeks_with, sums.weeks, drawn) | {"unit": "% of runners in a mean week"},
    }  # fmt: skip


def _drawn(above: Floats, below: Floats, drawn: NDArray[np.int64]) -> dict[str, Any]:
    shares = above[drawn].sum(axis=1) / np.maximum(below[drawn].sum(axis=1), 1e-12)
    return {
        "value": float(above.sum() / below.sum()),
        "interval": np.percentile(shares, [2.5, 97.5]).tolist(),
    }


def injurytools_tables(sessions: pl.DataFrame, problems: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return injuries and exposures as R's injurytools reads them (``prepare_inj``, ``prepare_exp``).

    Returns
    -------
    injuries : DataFrame
        person_id, date_injured, date_recovered (null = not known), injury_type (the site), side, onset_mode.
    exposures : DataFrame
        person_id, date, time_expo (hours of running on the date).
    """
    injuries = problems.select(
        person_id="runner", date_injured="onset", date_recovered=pl.coalesce("returned_on", "closed_on"),
        injury_type="site", side="side", onset_mode="mode",
    ).sort("person_id", "date_injured")  # fmt: skip
    runs = sessions.filter(pl.col("sport") == "running")
    exposures = runs.group_by(person_id="runner", date="local_date").agg(
        time_expo=pl.coalesce("moving_s", "elapsed_s").sum() / 3600
    )
    return injuries, exposures.sort("person_id", "date")
