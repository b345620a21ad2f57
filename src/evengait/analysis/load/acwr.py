"""The acute-to-chronic workload ratio, uncoupled: described, never called a risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.analysis.load.week_rise import rise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def acwr(daily: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide the load of 7 days by the weekly mean of the 21 days before them.

    Parameters
    ----------
    daily : float64 array of shape (n,)
        Load of each day in any unit, 0 on rest days, NaN = unknown.

    Returns
    -------
    float64 array of shape (n,)  [ratio]
        NaN where one of the 28 days is unknown or the 21 hold no load.

    References
    ----------
    Uncoupled, so that the week is no part of its own yardstick (Lolli et al. 2019, Br J Sports Med 53:921). In
    435 runners it went *inversely* with injury (Nakaoka et al. 2021, doi 10.1007/s40279-021-01483-0), in 5,205
    too (Schuster Brandt Frandsen et al. 2025): no threshold, no colour.

    Examples
    --------
    >>> import numpy as np
    >>> acwr(np.array([300.0] * 21 + [450.0] * 7))[-1]
    np.float64(1.5)
    """
    return rise(daily)
