"""A bout as stretches between neighbouring samples: what every session metric is made from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.path import path_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.core.recording import Bout

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

TOP_SPEED_M_S = {"running": 12.5, "walking": 5.0, "hiking": 5.0, "swimming": 4.0}
"""Running: just above the fastest sprint ever measured (12.4 m/s). What exceeds it is a jump of position."""
OTHER_TOP_SPEED_M_S = 40.0
MOVING_SPEED_M_S = 0.5
"""Slower counts as standing. Design choice: under a slow walk (0.8 m/s), over the drift of a resting fix."""
LONG_STRETCH_S = 10.0
"""Beyond it a sample's own speed says little of the stretch before it; distance over time is used."""
CLOCK_SET_S = 172_800.0
"""No pause is longer than two days: such a step is a device's clock being set, and no time at all."""
LONGEST_UNKNOWN_S = 30.0
"""A longer silence without any distance is taken for a stop, not for running."""


class Stretches:
    """The ``n - 1`` stretches between ``n`` samples, each computed once and only if a metric asks for it.

    Parameters
    ----------
    bout : Bout
        As a reader gives it. Every array below is float64 of shape (n - 1,), NaN = unknown.
    """

    def __init__(self, bout: Bout) -> None:
        self.bout = bout
        self.samples = bout.samples
        self.top_speed_m_s = TOP_SPEED_M_S.get(bout.sport, OTHER_TOP_SPEED_M_S)

    @cached_property
    def clock_s(self) -> Floats:
        """Seconds from the first sample to each of the ``n`` samples."""
        us = self.samples.timestamp_us
        out: Floats = (us - us[0]) * 1e-6 if len(us) else np.zeros(0)
        if len(out) and out[-1] > CLOCK_SET_S:
            gaps = np.diff(out, prepend=0.0)
            out = np.cumsum(np.where(gaps > CLOCK_SET_S, 0.0, gaps))
        return out

    @cached_property
    def seconds(self) -> Floats:
        """Seconds with the timer running in each stretch."""
        running = np.diff(self.clock_s)
        if self.bout.pauses_us and len(running):
            edges, total = _paused(self.bout, int(self.samples.timestamp_us[0]))
            running = np.maximum(running - np.diff(np.interp(self.clock_s, edges, total)), 0.0)
        return running

    @cached_property
    def window(self) -> int:
        """Samples in about five seconds: half the width of windows over time."""
        span = float(self.clock_s[-1]) if len(self.clock_s) else 0.0
        return max(1, round(5.0 * len(self.clock_s) / span)) if span > 0 else 1

    @cached_property
    def metres(self) -> Floats | None:
        """Metres advanced in each stretch; None where nothing tells (see :func:`path_m`)."""
        return path_m(self)

    @cached_property
    def along_m(self) -> Floats | None:
        """Metres from the first sample to each of the ``n`` samples."""
        return None if self.metres is None else np.concatenate(([0.0], np.cumsum(self.metres)))

    @cached_property
    def speed(self) -> Floats | None:
        """Speed in each stretch, in m/s: the device's where it is fresh, else distance over time."""
        said = self.samples.floats("speed_m_s_x1000")
        if said is None:
            return self._slope()
        out: Floats = np.clip(said[1:], 0.0, self.top_speed_m_s)
        stale = (self.seconds > LONG_STRETCH_S) | np.isnan(out)
        if stale.any() and (slope := self._slope()) is not None:
            out = np.where(stale, slope, out)
        return out

    def _slope(self) -> Floats | None:
        """Return distance over running time, across about five seconds either side; long stretches stand alone."""
        if self.along_m is None:
            return None
        run = np.concatenate(([0.0], np.cumsum(self.seconds)))
        index = np.arange(len(self.seconds))
        low, high = np.maximum(index - self.window + 1, 0), np.minimum(index + self.window, len(index))
        far, long = self.along_m[high] - self.along_m[low], run[high] - run[low]
        out = np.divide(far, long, out=np.zeros_like(far), where=long > 0)
        alone = self.seconds > LONG_STRETCH_S
        if alone.any():
            out[alone] = self.metres[alone] / self.seconds[alone]  # type: ignore[index]  # along_m is there, so metres is
        capped: Floats = np.minimum(out, self.top_speed_m_s)
        return capped

    @cached_property
    def moving(self) -> Bools:
        """True where the timer runs and the runner moves."""
        running = self.seconds > 0
        if self.speed is None:
            return running & (self.seconds <= LONGEST_UNKNOWN_S)
        unknown = np.isnan(self.speed) & (self.seconds <= LONGEST_UNKNOWN_S)
        return running & ((self.speed >= MOVING_SPEED_M_S) | unknown)

    @cached_property
    def moving_s(self) -> Floats:
        """Seconds moving in each stretch, 0 elsewhere."""
        out: Floats = self.seconds * self.moving
        return out


def _paused(bout: Bout, zero_us: int) -> tuple[Floats, Floats]:
    """Return instants in seconds and the pause time gone by at each, for interpolation."""
    edges, total, gone = [], [], 0.0
    last = -np.inf
    for start_us, end_us in sorted(bout.pauses_us):
        start, end = max((start_us - zero_us) * 1e-6, last), (end_us - zero_us) * 1e-6
        if end <= start:
            continue
        edges += [start, end]
        total += [gone, gone + end - start]
        gone, last = total[-1], end
    return (np.array(edges), np.array(total)) if edges else (np.zeros(1), np.zeros(1))
