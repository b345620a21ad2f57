"""Mean heart rate of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from evengait.analysis.load.stretches import Stretches


def heart_rate_bpm(stretches: Stretches) -> dict[str, object]:
    """Average the heart rate over the time the timer ran.

    Returns
    -------
    heart_rate_bpm : float or None  [1/min]
        Each sample counts for the stretch before it, at most 10 s. Without any: the device's own, or None.

    Examples
    --------
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> beats = np.array([90, 120, 150], np.int16)
    >>> clock = np.array([0, 2, 4]) * 1_000_000
    >>> heart_rate_bpm(Stretches(Bout(0, "running", Samples(clock, {"heart_rate_bpm": (beats, None)}))))
    {'heart_rate_bpm': 135.0}
    """
    said: dict[str, object] = {"heart_rate_bpm": stretches.bout.totals.heart_rate_bpm}
    beats = stretches.samples.floats("heart_rate_bpm")
    if beats is None or len(beats) < 2:
        return said
    known = beats[1:] > 0
    weights = np.minimum(stretches.seconds, 10.0) * known
    total = float(weights.sum())
    if total <= 0:
        return said
    return {"heart_rate_bpm": float(np.dot(np.where(known, beats[1:], 0.0), weights)) / total}
