"""How much of the distance was on paved ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

LABELS = {"paved": 1.0, "road": 1.0, "street": 1.0, "mixed": 0.5, "unpaved": 0.0, "dirt": 0.0, "trail": 0.0}
"""What a runner's own word says. ``mixed`` as one half is a design choice."""

SUB_SPORTS = {"trail": 0.0, "street": 1.0, "road": 1.0}
"""What the watch's own profile says. A plain run says nothing: it is the profile people leave on for all ground.
A treadmill or a running track is neither paved ground nor trail: unknown."""


def paved_share(
    sub_sport: str | None, distance_m: float | None, dirt_distance_m: float | None, label: str | float | None
) -> tuple[float | None, str | None]:
    """Tell a session's paved share and where it came from: the runner's label, dirt distance, or sub-sport.

    Parameters
    ----------
    sub_sport : str or None
        The device's finer word.
    distance_m : float or None
        Of the session.  [m]
    dirt_distance_m : float or None
        Part of it on unpaved ground, as Strava computes it; 0 = all paved, None = not said.  [m]
    label : str, float or None
        The runner's own word (a key of ``LABELS``) or share; a word nobody knows says nothing.

    Returns
    -------
    share : float or None, 0 to 1
    source : ``label``, ``dirt_distance``, ``sub_sport`` or None

    Notes
    -----
    On a treadmill nothing but a label counts: no map can see it.

    Examples
    --------
    >>> paved_share("trail", 10_000.0, 2_500.0, None)
    (0.75, 'dirt_distance')
    >>> paved_share("trail", 10_000.0, None, None)
    (0.0, 'sub_sport')
    >>> paved_share("treadmill", 10_000.0, 0.0, None)
    (None, None)
    """
    if isinstance(label, str):
        label = LABELS.get(label.strip().lower())
    if label is not None and 0 <= label <= 1:
        return float(label), "label"
    if sub_sport in ("treadmill", "indoor_running", "virtual_activity"):
        return None, None
    if dirt_distance_m is not None and distance_m is not None and distance_m > 0 and dirt_distance_m >= 0:
        return 1.0 - min(dirt_distance_m / distance_m, 1.0), "dirt_distance"
    if sub_sport in SUB_SPORTS:
        return SUB_SPORTS[sub_sport], "sub_sport"
    return None, None


def day_paved_share(log: RunLog) -> dict[str, NDArray[np.float64]]:
    """Average the paved and the gravel share of each date's runs by distance.

    Returns
    -------
    paved_share, gravel_share : float64 array of shape (days,), 0 to 1
        NaN without a run, and where known for under half of the date's distance.
    """
    return {name: log.mean(log.numbers(name)) for name in ("paved_share", "gravel_share")}
