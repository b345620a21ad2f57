"""Steps of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from evengait.analysis.load.stretches import Stretches

LEAST_KNOWN_SHARE = 0.8
"""Step rate must be known for this much of the moving time. Design choice."""


def steps(stretches: Stretches) -> dict[str, object]:
    """Integrate the step rate over the moving time.

    Returns
    -------
    steps : float or None  [steps, both feet]
        Moving time without a step rate counts at the session's mean rate, up to a fifth of it. Beyond that, and
        without any step rate, the device's own total, or None.

    Examples
    --------
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> samples = Samples(np.arange(61) * 1_000_000, {"step_rate_spm_x64": (np.full(61, 180 * 64), None)})
    >>> steps(Stretches(Bout(0, "running", samples)))
    {'steps': 180.0}
    """
    said: dict[str, object] = {"steps": stretches.bout.totals.steps}
    rate = stretches.samples.floats("step_rate_spm_x64")
    if rate is None or len(rate) < 2:
        return said
    known = ~np.isnan(rate[1:])
    weights = stretches.moving_s
    total, seen = float(weights.sum()), float(weights[known].sum())
    if seen <= 0 or seen < LEAST_KNOWN_SHARE * total:
        return said
    counted = float((rate[1:][known] * weights[known]).sum()) / 60
    return {"steps": counted * total / seen}
