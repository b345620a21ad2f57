"""Random numbers that stay the same where nothing was planted: one stream for each part of a history."""

from __future__ import annotations

import numpy as np

PARTS = (
    "profile",
    "weeks",
    "days",
    "breaks",
    "ground",
    "pace",
    "shoes",
    "gait",
    "devices",
    "gaps",
    "onset",
    "plant",
    "strength",
    "clock",
    "gait_noise",
    "heart",
)
"""A new part goes to the end: its place is its seed."""


def stream(seed: int, part: str) -> np.random.Generator:
    """Return the random numbers of one part of one history.

    Every part draws a number of values that depends on the length of the history only, never on what was drawn
    before or planted; so a planted cause changes nothing but itself.

    Parameters
    ----------
    seed : int
        The history's seed, 0 or above.
    part : str
        One of ``PARTS``.

    Raises
    ------
    ValueError
        No such part.

    Examples
    --------
    >>> float(stream(3, "days").random()) == float(stream(3, "days").random())
    True
    """
    return np.random.default_rng([seed, PARTS.index(part)])
