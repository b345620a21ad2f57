"""Files with the schema, size and prevalence of a published injury data set, made up from a known answer.

The schema: Lövdal, den Hartigh and Azzopardi 2021, doi 10.34894/UWU9PV. Nothing in them was measured on anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Approach = Literal["day", "week"]
ATHLETES = 74
ROWS, INJURIES = {"day": 42_766, "week": 42_798}, {"day": 583, "week": 575}
DAY = (
    "nr. sessions", "total km", "km Z3-4", "km Z5-T1-T2", "km sprinting", "strength training", "hours alternative",
    "perceived exertion", "perceived trainingSuccess", "perceived recovery",
)  # fmt: skip
WEEK = (
    "nr. sessions", "nr. rest days", "total kms", "max km one day", "total km Z3-Z4-Z5-T1-T2",
    "nr. tough sessions (effort in Z5, T1 or T2)", "nr. days with interval session", "total km Z3-4",
    "max km Z3-4 one day", "total km Z5-T1-T2", "max km Z5-T1-T2 one day", "total hours alternative training",
    "nr. strength trainings", "avg exertion", "min exertion", "max exertion", "avg training success",
    "min training success", "max training success", "avg recovery", "min recovery", "max recovery",
)  # fmt: skip
EFFECTS = {
    "day": {"perceived exertion": 0.60, "total km": 0.35},
    "week": {"avg exertion": 0.50, "total kms": 0.35},
}
"""Log odds for each of the athlete's own standard deviations, in the most recent block."""
NO_ENTRY = -0.01
FIT_DAYS = 21
SPARE = 2.1
"""Days that are made up for each row that is kept: three weeks on either side of an injury are left out."""


@dataclass(frozen=True)
class MadeUpInjuries:
    """One file and its answer.

    Attributes
    ----------
    table : DataFrame
        As the published CSV.
    score : float64 array of shape (rows,)
        The true log odds of each row, up to each athlete's own constant.
    effects : mapping of column to float
        Log odds for each of the athlete's own standard deviations.
    """

    table: pl.DataFrame
    score: Floats
    effects: dict[str, float]


def simulate_injury_table(
    approach: Approach, *, seed: int, athletes: int = ATHLETES, share: float = 1.0, strength: float = 1.0
) -> MadeUpInjuries:
    """Make one of the two files up.

    Parameters
    ----------
    share : float
        Of the rows and injuries of the published file.
    strength : float
        Factor on the effects; 0 = nothing predicts anything.
    """
    rng = np.random.default_rng([seed, approach == "week"])
    rows, injuries = round(ROWS[approach] * share), round(INJURIES[approach] * share)
    parts = rng.dirichlet(np.full(athletes, 3.0)) * rows * SPARE + 120
    made = [_athlete(int(days), approach, rng) for days in parts]
    x = np.concatenate(made)
    who = np.repeat(np.arange(athletes), [len(one) for one in made])
    day = np.concatenate([int(rng.integers(0, 400)) + np.arange(len(one)) for one in made])
    names = DAY if approach == "day" else WEEK
    effects = {name: value * strength for name, value in EFFECTS[approach].items()}
    score = np.zeros(len(x))
    for name, effect in effects.items():
        score += effect * _own_scores(x[:, 0, names.index(name)], who)
    hurt, fit = _injuries(score, who, injuries, rng)
    healthy = np.flatnonzero(fit)
    kept = np.sort(np.concatenate([hurt, _whole_spans(healthy, rows - len(hurt), rng)]))
    return MadeUpInjuries(
        _table(x[kept], who[kept], np.isin(kept, hurt), day[kept], approach), score[kept], effects
    )


def _athlete(days: int, approach: Approach, rng: np.random.Generator) -> Floats:
    """Return (rows, blocks, features): the most recent block first."""
    daily = _days(days + 7 * 3, rng)
    if approach == "day":
        windows = np.lib.stride_tricks.sliding_window_view(daily[14:-1], 7, axis=0)
        return np.ascontiguousarray(windows.transpose(0, 2, 1)[:, ::-1])
    weeks = _weeks(np.lib.stride_tricks.sliding_window_view(daily[:-1], 7, axis=0))
    return np.stack([weeks[14:], weeks[7:-7], weeks[:-14]], axis=1)


def _days(count: int, rng: np.random.Generator) -> Floats:
    """Return what one athlete logged each day, columns as in the day file."""
    noise = rng.normal(0, 1, count)
    form = np.zeros(count)
    for i in range(1, count):
        form[i] = 0.6 * form[i - 1] + 0.8 * noise[i]
    trains = rng.random(count) < rng.uniform(0.65, 0.92)
    twice = trains & (rng.random(count) < rng.uniform(0.0, 0.3))
    tough = trains & (rng.random(count) < 0.3)
    km = np.where(trains, rng.lognormal(np.log(rng.uniform(7, 13)), 0.4, count) * (1 + 0.5 * twice), 0.0)
    fast = np.where(tough, km * rng.uniform(0.05, 0.5, count), 0.0)
    fastest = np.where(tough & (rng.random(count) < 0.5), km * rng.uniform(0.02, 0.2, count), 0.0)
    sprint = np.where(rng.random(count) < 0.06, 0.6, 0.0) * trains
    power = (rng.random(count) < 0.2).astype(float)
    other = np.where(rng.random(count) < 0.12, rng.uniform(0.3, 2.0, count), 0.0)
    exertion = np.clip(0.22 + 0.09 * form + 0.08 * tough + rng.normal(0, 0.05, count), 0, 1)
    success = np.clip(0.5 + rng.normal(0, 0.15, count), 0, 1)
    recovery = np.clip(0.25 + 0.05 * form + rng.normal(0, 0.08, count), 0, 1)
    logged = trains | (power > 0) | (other > 0)
    told = [np.where(logged, values, NO_ENTRY) for values in (exertion, success, recovery)]
    columns = (trains + twice * 1.0, km, fast, fastest, sprint, power, other, *told)
    return np.round(np.stack(columns, axis=1), 2)


def _weeks(windows: Floats) -> Floats:
    """Return the week file's features of each window (rows, daily columns, 7)."""
    sessions, km, fast, fastest, _, power, other = (windows[:, i] for i in range(7))
    told = []
    for i in (7, 8, 9):
        values = np.where(windows[:, i] < 0, np.nan, windows[:, i])
        some: NDArray[np.bool_] = np.asarray(~np.isnan(values).all(axis=1))
        filled = np.where(some[:, None], values, NO_ENTRY)
        told += [np.nanmean(filled, axis=1), np.nanmin(filled, axis=1), np.nanmax(filled, axis=1)]
    columns = [
        sessions.sum(1), (sessions == 0).sum(1), km.sum(1), km.max(1), (fast + fastest).sum(1),
        (fastest > 0).sum(1), (fast > 0).sum(1), fast.sum(1), fast.max(1), fastest.sum(1), fastest.max(1),
        other.sum(1), power.sum(1), *told,
    ]  # fmt: skip
    return np.stack(columns, axis=1)


def _own_scores(values: Floats, who: NDArray[np.int64]) -> Floats:
    counts = np.bincount(who)
    mean = np.bincount(who, values) / counts
    spread = np.sqrt(np.maximum(np.bincount(who, values**2) / counts - mean**2, 1e-6))
    return np.asarray((values - mean[who]) / spread[who])


def _injuries(
    score: Floats, who: NDArray[np.int64], count: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Draw rows by their odds, no two of an athlete within three weeks; return them, and the rows far from all."""
    order = np.argsort(-(score + rng.gumbel(size=len(score))))
    fit = np.ones(len(score), bool)
    starts = np.searchsorted(who, np.arange(who[-1] + 2))
    hurt: list[int] = []
    for row in order.tolist():
        if len(hurt) == count:
            break
        if fit[row]:
            hurt.append(row)
            low, high = max(row - FIT_DAYS, starts[who[row]]), min(row + FIT_DAYS + 1, starts[who[row] + 1])
            fit[low:high] = False
    return np.array(sorted(hurt)), fit


def _whole_spans(healthy: NDArray[np.int64], wanted: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return as many healthy rows as wanted, in whole spans of days: months are left out at random."""
    month = healthy // 40
    spans = rng.permutation(np.unique(month))
    sizes = np.bincount(month)[spans]
    taken = int(np.searchsorted(np.cumsum(sizes), wanted)) + 1
    return healthy[np.isin(month, spans[:taken])][:wanted]


def _table(
    x: Floats, who: NDArray[np.int64], hurt: NDArray[np.bool_], day: NDArray[np.int64], approach: Approach
) -> pl.DataFrame:
    names = DAY if approach == "day" else WEEK
    # The day file has the oldest block first, the week file the most recent.
    ordered = x[:, ::-1] if approach == "day" else x
    data = {
        f"{name}.{block}" if block else name: ordered[:, block, i]
        for block in range(x.shape[1])
        for i, name in enumerate(names)
    }
    keys = {"Athlete ID": who, "injury": hurt.astype(np.int64)}
    if approach == "week":
        km = x[:, :, WEEK.index("total kms")]
        keys |= {
            f"rel total kms week {a}_{b}": np.divide(
                km[:, a], km[:, b], out=np.zeros(len(km)), where=km[:, b] > 0
            )
            for a, b in ((0, 1), (0, 2), (1, 2))
        }
    return pl.DataFrame(data | keys | {"Date": day})
