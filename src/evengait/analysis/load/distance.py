"""Distance of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from evengait.analysis.load.stretches import Stretches

_AGREES = 0.005
"""Share of the device's total that counter and stretches may be off together: rounding, cut jumps."""


def distance_m(stretches: Stretches) -> dict[str, object]:
    """Add up the stretches of a bout.

    Returns
    -------
    distance_m : float or None  [m]
        From the samples (see :func:`evengait.analysis.load.path.path_m`), and what the device's counter had
        counted before the first of them, where its own total says that this is part of the session; the total
        itself only where the samples tell nothing; None where that is silent too.

    Examples
    --------
    >>> import numpy as np
    >>> from evengait.analysis.load.stretches import Stretches
    >>> from evengait.core.recording import Bout, Samples
    >>> clock, counter = np.arange(3) * 1_000_000, np.array([150, 450, 800])
    >>> distance_m(Stretches(Bout(0, "running", Samples(clock, {"distance_m_x100": (counter, None)}))))
    {'distance_m': 6.5}
    """
    if stretches.metres is None or not len(stretches.metres):
        return {"distance_m": stretches.bout.totals.distance_m}
    metres = float(stretches.metres.sum())
    return {"distance_m": metres + _before_the_first_sample(stretches, metres)}


def _before_the_first_sample(stretches: Stretches, metres: float) -> float:
    """Return what a counter begins with: distance that was run while no sample was written, or an earlier session's."""
    counter, total = stretches.samples.floats("distance_m_x100"), stretches.bout.totals.distance_m
    if counter is None or total is None:
        return 0.0
    begun = float(counter[np.argmax(~np.isnan(counter))])
    counted = abs(total - metres - begun) <= max(1.0, _AGREES * total)
    return begun if begun > 0 and counted else 0.0
