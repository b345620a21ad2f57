"""A bout into one row of metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.analysis.gait.level_ground import level_ground
from evengait.analysis.load.climb import climb_m
from evengait.analysis.load.distance import distance_m
from evengait.analysis.load.duration import duration_s
from evengait.analysis.load.heart_rate import heart_rate_bpm
from evengait.analysis.load.speed_histogram import speed_histogram
from evengait.analysis.load.steps import steps
from evengait.analysis.load.stretches import Stretches
from evengait.core.columns import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.recording import Bout

METRICS_VERSION = 2
"""Raise it with every change that makes a metric come out different."""

SESSION_METRICS: tuple[Callable[[Stretches], dict[str, object]], ...] = (
    duration_s,
    distance_m,
    climb_m,
    steps,
    heart_rate_bpm,
    speed_histogram,
    level_ground,
)
"""Every session metric: from stretches to the columns of ``columns.toml`` [sessions] that it fills."""


def summarise(bout: Bout) -> dict[str, object]:
    """Compute the metric columns of one session.

    Parameters
    ----------
    bout : Bout
        As a reader gives it.

    Returns
    -------
    dict of column name to value
        ``elapsed_s`` to ``gait_balance_left_pct`` of ``columns.toml`` [sessions], except what the runner says
        (``rpe_cr10``) and what needs an export's own words (``paved_share``, ``surface_source``). Lists come as
        NumPy arrays, NaN inside = null. None = unknown, also where a device's total lies outside its column's range.

    Examples
    --------
    >>> import numpy as np
    >>> from evengait.core.recording import Bout, Samples
    >>> clock = np.arange(601) * 1_000_000
    >>> run = Bout(0, "running", Samples(clock, {"distance_m_x100": (np.arange(601) * 300, None)}))
    >>> row = summarise(run)
    >>> row["distance_m"], row["moving_s"], row["ascent_m"]
    (1800.0, 600.0, None)
    """
    stretches = Stretches(bout)
    row: dict[str, object] = {}
    for metric in SESSION_METRICS:
        row |= metric(stretches)
    return {name: value if _can_be(name, value) else None for name, value in row.items()}


def _can_be(name: str, value: object) -> bool:
    bounds = table("sessions")[name].range
    return bounds is None or not isinstance(value, int | float) or bounds[0] <= value <= bounds[1]
