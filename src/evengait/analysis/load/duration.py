"""Elapsed and moving time of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evengait.analysis.load.stretches import Stretches


def duration_s(stretches: Stretches) -> dict[str, object]:
    """Tell the time from first to last sample, and the part of it with timer running and runner moving.

    Returns
    -------
    elapsed_s, moving_s : float or None  [s]
        Moving is a speed of at least 0.5 m/s (the device's own, or over about ten seconds); without any speed
        it is the running timer, silences over 30 s left out. With fewer than two samples: the device's totals.

    Examples
    --------
    >>> import numpy as np
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> clock = np.array([0, 10, 70, 80]) * 1_000_000  # a stop of a minute in the middle
    >>> counter = np.array([0, 3000, 3100, 6100])
    >>> duration_s(Stretches(Bout(0, "running", Samples(clock, {"distance_m_x100": (counter, None)}))))
    {'elapsed_s': 80.0, 'moving_s': 20.0}
    """
    if len(stretches.clock_s) < 2:
        totals = stretches.bout.totals
        return {"elapsed_s": totals.elapsed_s, "moving_s": totals.timer_s}
    return {"elapsed_s": float(stretches.clock_s[-1]), "moving_s": float(stretches.moving_s.sum())}
