"""``record`` messages as the house's integer columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.core.columns import table
from evengait.ingest.fit._rows import whole_numbers
from evengait.ingest.fit._sport import ON_FOOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from evengait.ingest.fit._message import Message

    Pair = tuple[NDArray[Any], NDArray[np.bool_] | None]
    Column = tuple[NDArray[np.integer], NDArray[np.bool_] | None]

NATIVE: dict[str, tuple[tuple[str, ...], int]] = {
    "lat_semicircles": (("position_lat",), 0),
    "lon_semicircles": (("position_long",), 0),
    "altitude_m_x5": (("enhanced_altitude", "altitude"), -2500),
    "distance_m_x100": (("distance",), 0),
    "speed_m_s_x1000": (("enhanced_speed", "speed"), 0),
    "heart_rate_bpm": (("heart_rate",), 0),
    "contact_time_ms_x10": (("stance_time",), 0),
    "balance_left_pct_x100": (("stance_time_balance",), 0),
    "vertical_oscillation_mm_x10": (("vertical_oscillation",), 0),
    "step_length_mm_x10": (("step_length",), 0),
    "power_w": (("power",), 0),
    "temperature_c": (("temperature",), 0),
}
"""House column: the record fields that hold it, first the preferred; what to add to the raw integer."""

ZERO_IS_NULL = frozenset(
    {"contact_time_ms_x10", "balance_left_pct_x100", "vertical_oscillation_mm_x10", "step_length_mm_x10"}
)
"""Devices write 0 here for "not measured"."""

DEVELOPER: dict[str, tuple[str, dict[str, float]]] = {
    "ground time": ("contact_time_ms_x10", {"ms": 10, "milliseconds": 10}),
    "stance time": ("contact_time_ms_x10", {"ms": 10, "milliseconds": 10}),
    "vertical oscillation": (
        "vertical_oscillation_mm_x10",
        {"mm": 10, "millimeters": 10, "cm": 100, "centimeters": 100},
    ),
    "power": ("power_w", {"w": 1, "watts": 1}),
}
"""Developer fields (as Stryd's) that stand in where the device's own is absent: column, factor by unit."""

MOST_STRIDES = 120
"""Strides a minute no runner reaches as a median; a higher "cadence" counts steps."""

SEMICIRCLES_90 = 1 << 30


def wanted() -> frozenset[str]:
    """Return the record fields that the samples are made from."""
    names = {name for sources, _ in NATIVE.values() for name in sources}
    return frozenset(names | {"timestamp", "cadence", "fractional_cadence", "cadence256"})


def house_columns(
    raw: Mapping[str, Pair], record: Message, rows: NDArray[np.int64] | slice, sport: str
) -> dict[str, Column]:
    """Return the samples' columns for some rows of the record messages.

    Parameters
    ----------
    raw : mapping of str to (values, valid)
        Raw integers of the fields in ``wanted``.
    record : Message
        For developer fields.
    rows : int64 array or slice
    sport : str
        House word: only on foot is cadence a step rate.

    Returns
    -------
    dict of str to (values, valid)
        As ``columns.toml`` [samples]; a column without any value is left out.
    """
    out: dict[str, Column] = {}
    for name, (sources, add) in NATIVE.items():
        pair = _first(raw, sources, rows)
        if pair is not None:
            _put(out, name, pair[0] + add if add else pair[0], pair[1])
    if sport in ON_FOOT:
        steps = _step_rate(raw, rows)
        if steps is not None:
            _put(out, "step_rate_spm_x64", *steps)
    if record.developer:
        _developer(out, record, rows, sport)
    _no_fix(out)
    return out


def from_zero(columns: dict[str, Column], before: int) -> int:
    """Make distance count from the session's own start, and never fall; in place.

    Parameters
    ----------
    columns : dict of str to (values, valid)
    before : int
        Where the session before it in the same file ended; 0 for the first. Devices count on through the
        sessions of a multisport recording: what stood before is taken off, if the distance did go on from there.

    Returns
    -------
    int
        Where this session ended, counted as the device does.
    """
    if "distance_m_x100" not in columns:
        return before
    values, valid = columns["distance_m_x100"]
    known = np.flatnonzero(valid) if valid is not None else np.arange(len(values))
    seen = values[known].astype(np.int64)
    end = int(seen[-1])
    shift = before if before and seen[0] >= before else 0
    kept = seen >= np.maximum.accumulate(seen)
    flags = np.zeros(len(values), bool)
    flags[known[kept]] = True
    if shift or not kept.all():
        moved = np.where(flags, values - shift, 0).astype(values.dtype)
        columns["distance_m_x100"] = moved, None if flags.all() else flags
    return end


def _flat(
    raw: Mapping[str, Pair], name: str, rows: NDArray[np.int64] | slice
) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
    pair = whole_numbers(raw.get(name))
    return None if pair is None else (pair[0][rows], pair[1][rows])


def _first(raw: Mapping[str, Pair], sources: tuple[str, ...], rows: NDArray[np.int64] | slice) -> Any:
    """Return the first source; its gaps filled from the next."""
    found = [pair for name in sources if (pair := _flat(raw, name, rows)) is not None]
    if not found:
        return None
    values, flags = found[0]
    for more, known in found[1:]:
        if not flags.all():
            values, flags = np.where(flags, values, more), flags | known
    return values, flags


def _step_rate(raw: Mapping[str, Pair], rows: NDArray[np.int64] | slice) -> Any:
    """Return steps a minute × 64 from strides a minute and their 128ths: 2 (c + f / 128) × 64 = 128 c + f."""
    pair = _flat(raw, "cadence", rows)
    if pair is None:
        fine = _flat(raw, "cadence256", rows)
        return None if fine is None else (fine[0] // 2, fine[1])
    values, flags = pair
    out = values * 128
    part = _flat(raw, "fractional_cadence", rows)
    if part is not None:
        out += np.where(part[1], part[0], 0)
    moving = values[flags & (values > 0)]
    if len(moving) and np.median(moving) > MOST_STRIDES:
        out //= 2
    return out, flags


def _developer(
    out: dict[str, Column],
    record: Message,
    rows: NDArray[np.int64] | slice,
    sport: str,
) -> None:
    for column, described in record.developer.items():
        words = (described.name or "").strip().casefold()
        units = (described.units or "").strip().casefold()
        name, factors = DEVELOPER.get(words, ("", {}))
        factor = factors.get(units)
        if words == "cadence" and sport in ON_FOOT:
            name, factor = "step_rate_spm_x64", 128
        if factor is None or name in out:
            continue
        pair = record.column(column)
        if pair is None or pair[0].dtype.kind not in "uif" or pair[0].ndim > 1:
            continue
        values, valid = pair
        flags = np.isfinite(values) if valid is None else valid & np.isfinite(values)
        scaled = np.where(flags, values, 0).astype(np.float64)[rows] * factor
        if name == "step_rate_spm_x64":
            moving = scaled[flags[rows] & (scaled > 0)]
            if len(moving) and np.median(moving) > MOST_STRIDES * 128:
                scaled /= 2
        known = flags[rows] & (np.abs(scaled) < 2**31)
        _put(out, name, np.rint(np.where(known, scaled, 0)).astype(np.int64), known)


def _put(
    out: dict[str, Column],
    name: str,
    values: NDArray[np.int64],
    flags: NDArray[np.bool_],
) -> None:
    """Add a column in its own dtype; values outside its range are null, a column without values is left out."""
    column = table("samples")[name]
    low, high = column.range or (-(2**31), 2**31 - 1)
    flags = flags & (values >= low * column.scale) & (values <= high * column.scale)
    if name in ZERO_IS_NULL:
        flags &= values != 0
    if not flags.any():
        return
    whole = bool(flags.all())
    if not whole:
        values = np.where(flags, values, 0)
    out[name] = values.astype(column.dtype), None if whole else flags


def _no_fix(out: dict[str, Column]) -> None:
    """Drop positions that are no fix: half of a pair missing, both zero, or past a pole."""
    if "lat_semicircles" not in out or "lon_semicircles" not in out:
        out.pop("lat_semicircles", None)
        out.pop("lon_semicircles", None)
        return
    (lat, lat_known), (lon, lon_known) = out["lat_semicircles"], out["lon_semicircles"]
    fix = ((lat != 0) | (lon != 0)) & (np.abs(lat.astype(np.int64)) <= SEMICIRCLES_90)
    for known in (lat_known, lon_known):
        if known is not None:
            fix &= known
    if fix.all():
        return
    for name in ("lat_semicircles", "lon_semicircles"):
        if fix.any():
            out[name] = np.where(fix, out[name][0], 0).astype(np.int32), fix
        else:
            del out[name]
