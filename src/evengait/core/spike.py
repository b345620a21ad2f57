"""The spike state of each session, and of the weeks behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.core.language import Said

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGES = (1.10, 1.30, 2.00)
"""Upper edges of the states none, small and moderate: doi 10.1136/bjsports-2024-109380."""
STATES = ("none", "small", "moderate", "large")
WEEK_EDGES = (0.80, 1.30, 1.50)
"""Edges by which week ratio and ACWR are described. Convention (grade D); no threshold is meant."""
WEEK_STATES = ("up to 0.80", "up to 1.30", "up to 1.50", "above 1.50")
STATE_WORDS = Said({
    "none": "none", "small": "small", "moderate": "moderate", "large": "large", "up to 0.80": "up to 0.80",
    "up to 1.30": "up to 1.30", "up to 1.50": "up to 1.50", "above 1.50": "above 1.50",
}, context="spike")  # fmt: skip
"""The states for people; answers keep them in English."""


def state_of(ratio: NDArray[np.float64], edges: tuple[float, ...] = EDGES) -> NDArray[np.int8]:
    """Return the state of each ratio: 0 up to the first edge, edges included; -1 where it is unknown.

    Examples
    --------
    >>> state_of(np.array([0.4, 1.10, 1.11, 1.3, 2.0, 2.01, np.nan])).tolist()
    [0, 0, 1, 1, 2, 3, -1]
    """
    found = np.searchsorted(np.array(edges), np.nan_to_num(ratio, nan=0.0), side="left").astype(np.int8)
    found[np.isnan(ratio)] = -1
    return found
