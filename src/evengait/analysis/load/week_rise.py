"""A week against the three before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.analysis.series import ratio, shifted, window_sum

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog


def week_rise(log: RunLog) -> dict[str, NDArray[np.float64]]:
    """Divide the distance of the 7 days ending on each date by the weekly mean of the 21 days before them.

    Returns
    -------
    week_rise : float64 array of shape (days,)  [ratio]
        NaN where one of the 28 days is unknown, and where nothing was run in the 21.

    References
    ----------
    The uncoupled form (Lolli et al. 2019, Br J Sports Med 53:921). Described, never called a risk: in 5,205
    runners week-to-week change went with no more injuries (Schuster Brandt Frandsen et al. 2025).
    """
    return {"week_rise": rise(log.total(log.numbers("distance_m")))}


def rise(daily: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide the last 7 values by a third of the 21 before.

    Examples
    --------
    >>> import numpy as np
    >>> rise(np.array([1.0] * 21 + [2.0] * 7))[-1]
    np.float64(2.0)
    """
    usual = shifted(window_sum(daily, 21), 7) / 3
    return ratio(window_sum(daily, 7), usual)
