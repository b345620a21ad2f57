"""The samples of one run, from several recordings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.same_run.best import GAIT
from evengait.core.recording import Samples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from evengait.analysis.same_run.best import Choice
    from evengait.core.recording import Bout
    from evengait.core.same_run import Limits

_MEASURED = frozenset(GAIT[:2])
"""What the column ``gait_sensor`` speaks of."""


def merged(choice: Choice, bouts: Mapping[str, Bout], limits: Limits) -> Bout:
    """Return one bout: the chosen samples, and beside them the columns that only others have.

    Parameters
    ----------
    choice : Choice
    bouts : mapping of str to Bout
        By recording: those that give samples or columns.
    limits : Limits

    Returns
    -------
    Bout
        A sample has another recording's value where that has one at nearly the same instant; null elsewhere.
    """
    first = bouts[choice.samples]
    columns = dict(first.samples.columns)
    sensor = first.gait_sensor
    for name, added in choice.columns.items():
        other = bouts[name]
        places, near = _nearest(
            other.samples.timestamp_us + choice.shifts[name], first.samples.timestamp_us, limits.align_s
        )
        for column in added:
            columns[column] = _taken(other.samples, column, places, near)
        if _MEASURED.intersection(added):
            sensor = other.gait_sensor
    return replace(
        first,
        samples=Samples(first.samples.timestamp_us, columns),
        sport=choice.sport,
        sub_sport=choice.sub_sport,
        utc_offset_s=choice.utc_offset_s,
        gait_sensor=sensor,
    )


def _nearest(
    clock: NDArray[np.int64], wanted: NDArray[np.int64], within_s: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the nearest row for each instant, and whether it is near enough."""
    if not len(clock):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    after = np.minimum(np.searchsorted(clock, wanted), len(clock) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.abs(clock[before] - wanted) <= np.abs(clock[after] - wanted)
    places = np.where(nearer, before, after)
    return places, np.abs(clock[places] - wanted) <= within_s * 1e6


def _taken(
    samples: Samples, column: str, places: NDArray[np.int64], near: NDArray[np.bool_]
) -> tuple[NDArray[np.integer], NDArray[np.bool_]]:
    values, valid = samples.columns[column]
    if not len(values):
        return np.zeros(len(places), values.dtype), near
    return values[places], near if valid is None else near & valid[places]
