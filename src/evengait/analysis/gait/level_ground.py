"""Step rate, contact time and left/right balance on level ground, by speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.altitude import smooth_altitude_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.load.stretches import Stretches

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

LEVEL_GRADE = 0.02
HALF_WINDOW_M = 25.0
LEAST_SPEED_M_S = 2.0
MOST_SPEED_CHANGE_M_S = 1.0
BINS_PER_M_S = 4
INDOOR = ("treadmill", "indoor_running", "virtual_activity")
LEVEL_BY_BUILD = ("track",)

MEASURES = {
    "gait_step_rate_spm": ("step_rate_spm_x64", 120.0, 260.0),
    "gait_contact_time_ms": ("contact_time_ms_x10", 100.0, 500.0),
    "gait_balance_left_pct": ("balance_left_pct_x100", 30.0, 70.0),
}
"""Column made, column read, and the range outside of which a value is not a runner's. Design choice."""
COLUMNS = ("gait_speed_bin", "gait_seconds", *MEASURES)


def level_ground(stretches: Stretches) -> dict[str, object]:
    """Average the gait over steady running on level ground, in speed bins of 0.25 m/s.

    A stretch counts if the runner moves at 2 m/s or more, the speed five seconds before and after differs by
    at most 1 m/s, and the ground rises or falls by at most 2 % over about 50 m. Unknown is not level: without
    altitude only a track counts. A treadmill never does: its incline is not recorded, its speed is a guess.

    Returns
    -------
    the five columns ``gait_*`` of ``columns.toml`` [sessions] : arrays of shape (bins,), or None
        Bins rising, NaN = not measured in the bin; None where nothing was measured, bin by bin and column by
        column. A sample counts for the stretch before it, at most 10 s.

    References
    ----------
    Level ground: gait models from contact times do not hold on inclines (Meyer 2023, Int J Sports Med 44:673).
    The limits are design choices (grade D).

    Examples
    --------
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> flat = {"altitude_m_x5": (np.full(61, 500), None), "distance_m_x100": (np.arange(61) * 310, None)}
    >>> lap = Samples(np.arange(61) * 1_000_000, flat | {"balance_left_pct_x100": (np.full(61, 5050), None)})
    >>> found = level_ground(Stretches(Bout(0, "running", lap)))
    >>> found["gait_speed_bin"].tolist(), found["gait_balance_left_pct"].tolist()
    ([12], [50.5])
    """
    read = {name: _valid(stretches, *of) for name, of in MEASURES.items()}
    found = {name: values for name, values in read.items() if values is not None}
    use = _usable(stretches) if found and stretches.bout.sport == "running" else None
    where = np.zeros(0, np.int64) if use is None else np.flatnonzero(use)
    if stretches.speed is None or not len(where):
        return dict.fromkeys(COLUMNS)
    bins = (stretches.speed[where] * BINS_PER_M_S + 1e-9).astype(np.int64)
    weights = np.minimum(stretches.seconds[where], 10.0)
    return _binned({name: values[where] for name, values in found.items()}, bins, weights)


def _binned(found: dict[str, Floats], bins: NDArray[np.int64], weights: Floats) -> dict[str, object]:
    """Average each measure within each bin, by seconds."""
    size = int(bins.max()) + 1
    means: dict[str, Floats] = {}
    any_known = np.zeros(len(bins), bool)
    for name, values in found.items():
        known = ~np.isnan(values)
        any_known |= known
        seconds = np.bincount(bins, weights * known, size)
        total = np.bincount(bins, np.where(known, values * weights, 0.0), size)
        means[name] = np.divide(total, seconds, out=np.full(size, np.nan), where=seconds > 0)
    seconds = np.bincount(bins, weights * any_known, size)
    kept = np.flatnonzero(seconds > 0)
    out: dict[str, object] = dict.fromkeys(COLUMNS)
    if len(kept):
        out["gait_speed_bin"] = kept.astype(np.int16)
        out["gait_seconds"] = seconds[kept].astype(np.float32)
        for name, mean in means.items():
            out[name] = None if np.isnan(mean).all() else mean[kept].astype(np.float32)
    return out


def _valid(stretches: Stretches, column: str, low: float, high: float) -> Floats | None:
    values = stretches.samples.floats(column)
    if values is None or len(values) < 2:
        return None
    values = values[1:]
    # A comparison with NaN is False, so what is unknown stays unknown.
    return np.where((values >= low) & (values <= high), values, np.nan)


def _usable(stretches: Stretches) -> Bools | None:
    """Mark moving, steady, level stretches; None where speed or grade is not known at all."""
    speed, sub_sport = stretches.speed, stretches.bout.sub_sport
    if speed is None or sub_sport in INDOOR:
        return None
    use = stretches.moving & (speed >= LEAST_SPEED_M_S)
    half = stretches.window
    steady = np.zeros(len(speed), bool)
    steady[half:-half] = np.abs(speed[2 * half :] - speed[: -2 * half]) <= MOST_SPEED_CHANGE_M_S
    use &= steady
    if sub_sport in LEVEL_BY_BUILD:
        return use
    grade = _grade(stretches)
    return None if grade is None else use & (np.abs(grade) <= LEVEL_GRADE)


def _grade(stretches: Stretches) -> Floats | None:
    """Rise over run across about 25 m either side of each stretch; NaN where the path hardly advances."""
    height, along = smooth_altitude_m(stretches), stretches.along_m
    if height is None or along is None or along[-1] <= 0:
        return None
    half = max(1, round(HALF_WINDOW_M * len(along) / float(along[-1])))
    index = np.arange(1, len(along))
    low, high = np.maximum(index - half, 0), np.minimum(index + half, len(along) - 1)
    run = along[high] - along[low]
    unknown = np.full(len(run), np.nan)
    out: Floats = np.divide(height[high] - height[low], run, out=unknown, where=run >= HALF_WINDOW_M / 2)
    return out
