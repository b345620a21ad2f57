"""What the watch and its sensor add of their own: when they were changed, and what that did to the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.profile import RunnerProfile

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

WATCHES = ("development watch-1", "development watch-2")
SENSORS = WATCHES
"""Maker and product as FIT has them for devices that nobody sells; each measures gait by itself or not at all."""


@dataclass(frozen=True, eq=False)
class Equipment:
    """One entry per day.

    Attributes
    ----------
    watch : int array
        Place in ``WATCHES`` and ``SENSORS``.
    dynamics, balance : bool array
        Whether contact time, and left/right balance, were measured.
    climb_factor : float array
        Ascent as the watch shows it over ascent as it was: without a barometer too much.
    step_rate, contact_time, balance_pct : float array
        What the sensor adds.  [steps/min], [ms], [percentage points]
    """

    watch: NDArray[np.int64]
    dynamics: Bools
    balance: Bools
    climb_factor: Floats
    step_rate: Floats
    contact_time: Floats
    balance_pct: Floats


def draw_equipment(profile: RunnerProfile, days: int, rng: np.random.Generator) -> Equipment:
    """Draw the equipment of a history.

    Parameters
    ----------
    profile : RunnerProfile
    days : int
    rng : numpy Generator

    Returns
    -------
    Equipment
    """
    climb, step, contact, balance = (
        rng.uniform(1.1, 1.4),
        rng.normal(0, 0.9),
        rng.normal(0, 6),
        rng.normal(0, 0.6),
    )
    changed = -1 if profile.watch_changed is None else int(profile.watch_changed * days)
    old = np.arange(days) < changed
    measured = np.where(old, profile.dynamics and profile.old_watch_dynamics, profile.dynamics)
    return Equipment(
        (~old).astype(np.int64),
        measured,
        measured & profile.balance,
        np.where(old, climb, 1.0).astype(np.float64),
        np.where(old, step, 0.0).astype(np.float64),
        np.where(old, contact, 0.0).astype(np.float64),
        np.where(old, balance, 0.0).astype(np.float64),
    )
