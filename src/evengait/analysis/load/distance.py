"""Distance of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evengait.analysis.load.stretches import Stretches


def distance_m(stretches: Stretches) -> dict[str, object]:
    """Add up the stretches of a bout.

    Returns
    -------
    distance_m : float or None  [m]
        From the samples (see :func:`evengait.analysis.load.path.path_m`); the device's own total only where
        they tell nothing; None where that is silent too.

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
    return {"distance_m": float(stretches.metres.sum())}
