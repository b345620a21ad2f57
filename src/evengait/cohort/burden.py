"""Incidence, burden and prevalence in the terms of the 2020 consensus, with small cells hidden.

Bahr et al. 2020, International Olympic Committee consensus statement, doi 10.1136/bjsports-2019-101969.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from evengait.cohort.cells import SMALLEST_CELL, hidden_cells, shown_cells
from evengait.cohort.extra import needed
from evengait.core.errors import UsageError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HOURS = 1_000.0
DRAWS = 1_000
REST = "rest"
"""Sites that are told together, without their names."""
CAVEATS = (
    kept("A health problem is what a runner wrote down; what she did not write down is not here."),
    kept(
        "Days lost are counted from onset to the return to running as before, of problems whose end is known."
    ),
    kept(
        "Hours are those of recorded runs. Runners are drawn anew for the intervals of burden and prevalence."
    ),
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
    told = _followed(problems, seen).with_columns(end=pl.coalesce("returned_on", "closed_on"))
    injuries, known = len(told), told.drop_nulls("end")
    untimed = int(runs.select(pl.coalesce("moving_s", "elapsed_s").is_null().sum()).item())
    enough = told["runner"].n_unique() >= SMALLEST_CELL
    sums = _sums(runs, seen, told)
    return {
        "runners": len(seen),
        "hours": round(float(sums.hours.sum())),
        "runs_without_time": untimed if untimed == 0 or untimed >= SMALLEST_CELL else None,
        "injuries": injuries if enough else None,
        "ends_unknown": shown_cells([injuries - len(known), len(known)])[0] if enough else None,
        "measures": _measures(sums, seed, known["runner"].n_unique() >= SMALLEST_CELL) if enough else None,
        "sites": _sites(told) if enough else [],
        "caveats": list(CAVEATS),
    }


def _followed(problems: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Return the problems that began between a runner's first and last run."""
    told = problems.join(seen, on="runner", maintain_order="left")
    return told.filter(pl.col("onset").is_between("first", "last"))


def _sites(told: pl.DataFrame) -> list[dict[str, Any]]:
    """Return injuries by site; the sites that are hidden together, unnamed: a name says that somebody has it."""
    places = (
        told.group_by("site")
        .agg(injuries=pl.len(), who="runner")
        .sort("injuries", "site", descending=[True, False])
    )
    counts = places["injuries"].to_list()
    hidden = hidden_cells(counts, [frozenset(who) for who in places["who"].to_list()])
    named = [
        {"site": site, "injuries": count}
        for place, (site, count) in enumerate(zip(places["site"], counts, strict=True))
        if place not in hidden
    ]
    return named + [{"site": REST, "injuries": sum(counts[place] for place in hidden)}] * bool(hidden)


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


def _measures(sums: RunnerSums, seed: int, ends_known: bool) -> dict[str, Any]:
    """Return each measure with its 95 % interval; incidence by Poisson's, the others by drawing runners anew.

    Burden is left out where the end is known of fewer than five runners' injuries.
    """
    count, hours = sums.injuries.sum(), sums.hours.sum() / HOURS
    if hours <= 0:
        return {}
    chi2 = needed("scipy.stats").chi2
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(sums.hours), (DRAWS, len(sums.hours)))
    found: dict[str, Any] = {
        "incidence": {
            "value": float(count / hours),
            "interval": [
                float(chi2.ppf(0.025, 2 * count) / 2 / hours),
                float(chi2.ppf(0.975, 2 * count + 2) / 2 / hours),
            ],
            "unit": kept("new injuries per 1,000 hours of running"),
        }
    }
    burden = _drawn(sums.days_lost, sums.hours / HOURS, drawn) | {
        "unit": kept("days lost per 1,000 hours of running")
    }
    prevalence = _drawn(100 * sums.weeks_with, sums.weeks, drawn) | {
        "unit": kept("% of runners in a mean week")
    }
    return found | ({"burden": burden} if ends_known else {}) | {"prevalence": prevalence}


def _drawn(above: Floats, below: Floats, drawn: NDArray[np.int64]) -> dict[str, Any]:
    shares = above[drawn].sum(axis=1) / np.maximum(below[drawn].sum(axis=1), 1e-12)
    return {
        "value": float(above.sum() / below.sum()),
        "interval": np.percentile(shares, [2.5, 97.5]).tolist(),
    }


def injurytools_tables(sessions: pl.DataFrame, problems: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return injuries and exposures as R's injurytools takes them (``prepare_inj``, ``prepare_exp``).

    It stops at an injury without a date of recovery, and cuts off those outside the exposures; so neither is here.

    Returns
    -------
    injuries : DataFrame
        person_id, date_injured, date_recovered (never null, not before the injury), recovery_known (False: the date
        is the last of follow-up), injury_type (the site), side, onset_mode.
    exposures : DataFrame
        person_id, date, time_expo (hours of running on the date; days whose hours are not known are left out).

    References
    ----------
    Zumeta-Olaskoaga et al., injurytools 2.0.1 (CRAN), ``prepare_data``.
    """
    runs = sessions.filter(pl.col("sport") == "running")
    hours = pl.coalesce("moving_s", "elapsed_s") / 3600
    exposures = (
        runs.filter(hours.is_not_null())
        .group_by(person_id="runner", date="local_date")
        .agg(time_expo=hours.sum())
        .sort("person_id", "date")
    )
    seen = exposures.group_by(runner="person_id").agg(first=pl.col("date").min(), last=pl.col("date").max())
    end = pl.coalesce("returned_on", "closed_on")
    injuries = _followed(problems, seen).select(
        person_id="runner", date_injured="onset", date_recovered=pl.max_horizontal(pl.coalesce(end, "last"), "onset"),
        recovery_known=end.is_not_null(), injury_type="site", side="side", onset_mode="mode",
    ).sort("person_id", "date_injured")  # fmt: skip
    return injuries, exposures
