"""Rows of points as the house's integer columns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.columns import table
from evengait.ingest.xml._grammar import PLACE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Column = tuple[NDArray[np.integer], NDArray[np.bool_] | None]

PLAIN = {
    "altitude_m_x5": "altitude",
    "distance_m_x100": "distance",
    "speed_m_s_x1000": "speed",
    "heart_rate_bpm": "heart_rate",
    "power_w": "power",
    "temperature_c": "temperature",
}
"""House column: the column of the points with the same unit."""

DYNAMICS = {
    "contact_time_ms_x10": ("contact_time", ((1.0, 1000.0),)),
    "balance_left_pct_x100": ("balance", ((1.0, 100.0),)),
    "vertical_oscillation_mm_x10": ("vertical_oscillation", ((1.0, 1000.0), (20.0, 10.0))),
    "step_length_mm_x10": ("step_length", ((10.0, 1000.0), (300.0, 10.0))),
}
"""House column: the points' column, and for larger units the median that they stay below, with their factor.

No schema fixes units here, and exporters differ: seconds or milliseconds, a share or per cent, metres, centimetres or
millimetres. Running puts each far from the others. Zero means "not measured", as in FIT.
"""

ON_FOOT = frozenset({"running", "walking", "hiking"})

MOST_STRIDES = 120
"""Strides a minute no runner reaches as a median; a higher "cadence" counts steps."""

_SEMICIRCLES = 2**31 / 180


def house_columns(rows: Floats, sport: str) -> dict[str, Column]:
    """Return the samples' columns of some points.

    Parameters
    ----------
    rows : float64 array, shape (n, columns)
        As ``COLUMNS`` of the grammar.
    sport : str
        House word: only on foot is cadence a step rate.

    Returns
    -------
    dict of str to (values, valid)
        As ``columns.toml`` [samples]: values outside their range are null, a column without any value is left out.
    """
    by_column = np.ascontiguousarray(rows.T)
    said = ~np.isnan(by_column)
    there: Bools = np.logical_or.reduce(said, axis=1)
    out: dict[str, Column] = {}
    if there[PLACE["lat"]] and there[PLACE["lon"]]:
        _positions(out, by_column[PLACE["lat"]], by_column[PLACE["lon"]])
    for name, source in PLAIN.items():
        if there[PLACE[source]]:
            _put(out, name, by_column[PLACE[source]])
    for name, (source, units) in DYNAMICS.items():
        if there[PLACE[source]]:
            _put(out, name, _in_small_unit(by_column[PLACE[source]], units))
    if sport in ON_FOOT:
        strides = _strides(by_column, there)
        if strides is not None:
            _put(out, "step_rate_spm_x64", 2 * strides)
    if "distance_m_x100" in out:
        _from_zero(out)
    return out


@cache
def _limits(name: str) -> tuple[int, float, float, np.dtype[np.integer]]:
    column = table("samples")[name]
    low, high = column.range or (-(2**31), 2**31 - 1)
    return column.scale, low * column.scale, high * column.scale, np.dtype(column.dtype)


def _put(out: dict[str, Column], name: str, values: Floats) -> None:
    scale, low, high, dtype = _limits(name)
    scaled = np.rint(values * scale if scale != 1 else values)
    good = (scaled >= low) & (scaled <= high)  # false for NaN
    if good.all():
        out[name] = scaled.astype(dtype), None
    elif good.any():
        out[name] = np.where(good, scaled, 0).astype(dtype), good


def _positions(out: dict[str, Column], lat: Floats, lon: Floats) -> None:
    """Add the fixes; null where half of a pair is missing, both are zero, or past a pole or the date line."""
    fix = (np.abs(lat) <= 90) & (np.abs(lon) <= 180) & ((lat != 0) | (lon != 0))
    whole = bool(fix.all())
    if not whole and not fix.any():
        return
    for name, degrees in (("lat_semicircles", lat), ("lon_semicircles", lon)):
        turned = np.rint((degrees if whole else np.where(fix, degrees, 0.0)) * _SEMICIRCLES)
        out[name] = np.minimum(turned, 2**31 - 1).astype(np.int32), None if whole else fix


def _in_small_unit(values: Floats, units: tuple[tuple[float, float], ...]) -> Floats:
    measured = np.where(values > 0, values, np.nan)
    known = measured[~np.isnan(measured)]
    median = float(np.median(known)) if len(known) else np.inf
    factor = next((factor for below, factor in units if median < below), 1.0)
    return measured * factor


def _strides(by_column: Floats, there: Bools) -> Floats | None:
    """Return strides a minute: the foot pod's word first, then the general one. Both count one leg.

    Some apps write steps instead; where a median is more than legs can do, it is halved.
    """
    strides: Floats
    pod, general = by_column[PLACE["run_cadence"]], by_column[PLACE["cadence"]]
    if not there[PLACE["run_cadence"]]:
        if not there[PLACE["cadence"]]:
            return None
        strides = general
    else:
        strides = np.where(np.isnan(pod), general, pod).astype(np.float64) if there[PLACE["cadence"]] else pod
    moving = strides[strides > 0]
    if len(moving) and float(np.median(moving)) > MOST_STRIDES:
        strides = strides / 2
    return strides


def _from_zero(out: dict[str, Column]) -> None:
    """Make distance never fall: what falls behind the farthest so far is null."""
    values, valid = out["distance_m_x100"]
    far = values if valid is None else np.where(valid, values, 0)
    kept = far >= np.maximum.accumulate(far)
    if kept.all():
        return
    good = kept if valid is None else kept & valid
    out["distance_m_x100"] = np.where(good, values, 0).astype(values.dtype), good
