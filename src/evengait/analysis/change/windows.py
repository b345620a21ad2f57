"""Window values: what a factor's window held, for every day it could end on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from evengait.core.factor import Factor

COMPLETE = 0.8
"""Share of a window's distance whose value must be known; below it the window is unknown. Design choice."""


SPIKE = 1.10
"""A run beyond this multiple of the longest of the 30 days before is a session spike [spike-small-hrr]."""


@dataclass(frozen=True)
class Days:
    """Exposures as arrays over consecutive days.

    Attributes
    ----------
    first : int
        Ordinal of day 0 (``date.toordinal``).
    columns : dict of str to float64 array, shape (days,)
        NaN = null.
    texts : dict of str to int64 array, shape (days,)
        Codes of the text columns, carried forward over days without one; -1 before the first.
    """

    first: int
    columns: dict[str, NDArray[np.float64]]
    texts: dict[str, NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.columns["covered"])


def days_of(exposures: pl.DataFrame) -> Days:
    """Turn the [exposures] table into arrays.

    Parameters
    ----------
    exposures : DataFrame, one row per consecutive date
    """
    import polars as pl

    columns: dict[str, NDArray[np.float64]] = {}
    texts: dict[str, NDArray[np.int64]] = {}
    for name, dtype in exposures.schema.items():
        if dtype == pl.String:
            coded = exposures[name].cast(pl.Categorical).to_physical().cast(pl.Int64)
            texts[name] = coded.forward_fill().fill_null(-1).to_numpy()
        elif name != "date":
            columns[name] = exposures[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
    return Days(exposures["date"][0].toordinal(), columns, texts)


def window_values(days: Days, factor: Factor, *, without_spikes: bool = False) -> NDArray[np.float64]:
    """Value of a factor's window ending on each day.

    Parameters
    ----------
    days : Days
    factor : Factor
    without_spikes : bool
        Count days of a session spike as days without a run (``sum`` and ``rise``).

    Returns
    -------
    float64 array, shape (days,)
        NaN where the window reaches before the first day, into a gap of coverage, over a change of the watch or sensor
        that the factor is kept within, or where too little of it is known.

    Notes
    -----
    A ``sum`` or ``mean`` is known where at least 80 % of the distance run in the window has a value.
    """
    value = days.columns[factor.column]
    if without_spikes:
        value = np.where(days.columns["session_spike"] > SPIKE, 0.0, value)
    out = _AGGREGATES[factor.aggregate](days, value, factor)
    if factor.window_days > 1:
        uncovered = _rolling_sum((days.columns["covered"] != 1).astype(float), factor.window_days)
        out = np.where(uncovered == 0, out, np.nan)
        if factor.within:
            out = np.where(_one_label(days.texts[factor.within], factor.window_days), out, np.nan)
    return _reach(out, factor)


def _one_label(codes: NDArray[np.int64], window: int) -> NDArray[np.bool_]:
    """Tell whether the window ending on each day saw one label only."""
    changed = np.concatenate([[0.0], (codes[1:] != codes[:-1]).astype(float)])
    # The change on a window's first day lies before it.
    one: NDArray[np.bool_] = _rolling_sum(changed, window - 1) == 0
    return one


def _reach(values: NDArray[np.float64], factor: Factor) -> NDArray[np.float64]:
    best = values
    for lag in range(1, factor.reach_days + 1):
        earlier = np.concatenate([np.full(lag, np.nan), values[:-lag]])
        best = np.fmin(best, earlier) if factor.direction == "low" else np.fmax(best, earlier)
    return best


def _rolling_sum(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(values)])
    out = np.full(len(values), np.nan)
    out[window - 1 :] = total[window:] - total[:-window]
    return out


def _known_share(days: Days, known: NDArray[np.bool_], window: int) -> NDArray[np.float64]:
    distance = np.nan_to_num(days.columns["distance_m"])
    run = _rolling_sum(distance, window)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(run > 0, _rolling_sum(np.where(known, distance, 0.0), window) / run, 1.0)


def _sum(days: Days, value: NDArray[np.float64], factor: Factor) -> NDArray[np.float64]:
    known = ~np.isnan(value)
    total = _rolling_sum(np.where(known, value, 0.0), factor.window_days)
    return np.where(_known_share(days, known, factor.window_days) >= COMPLETE, total, np.nan)


def _mean(days: Days, value: NDArray[np.float64], factor: Factor) -> NDArray[np.float64]:
    known = ~np.isnan(value)
    weight = np.nan_to_num(days.columns[factor.weight]) if factor.weight else np.ones(len(value))
    weight = np.where(known, weight, 0.0)
    top = _rolling_sum(weight * np.where(known, value, 0.0), factor.window_days)
    bottom = _rolling_sum(weight, factor.window_days)
    runs = _rolling_sum((weight > 0).astype(float), factor.window_days)
    enough = runs >= factor.min_runs
    if factor.weight == "distance_m":
        enough &= _known_share(days, known, factor.window_days) >= COMPLETE
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(enough & (bottom > 0), top / bottom, np.nan)


def _max(_days: Days, value: NDArray[np.float64], factor: Factor) -> NDArray[np.float64]:
    padded = np.concatenate(
        [np.full(factor.window_days - 1, -np.inf), np.where(np.isnan(value), -np.inf, value)]
    )
    top = np.lib.stride_tricks.sliding_window_view(padded, factor.window_days).max(axis=1)
    return np.where(np.isinf(top), np.nan, top)


def _before(value: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Weekly mean of the 21 days before a window; NaN where nothing was run in them."""
    total = np.full(len(value), np.nan)
    total[window:] = _rolling_sum(np.nan_to_num(value), 21)[:-window] / 3
    return np.where(total > 0, total, np.nan)


def _rise(_days: Days, value: NDArray[np.float64], factor: Factor) -> NDArray[np.float64]:
    return _rolling_sum(np.nan_to_num(value), factor.window_days) / _before(value, factor.window_days)


def _last(_days: Days, value: NDArray[np.float64], _factor: Factor) -> NDArray[np.float64]:
    return value


_AGGREGATES = {"sum": _sum, "mean": _mean, "max": _max, "last": _last, "rise": _rise}
