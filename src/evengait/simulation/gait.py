"""The gait of each run by speed, as a sensor would give it: noise that remembers, slow drift, the speed's own part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.simulation.pace import CENTRES
from evengait.simulation.weeks import correlated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.equipment import Equipment
    from evengait.simulation.profile import RunnerProfile

    Floats = NDArray[np.float64]

_SLOWEST_M_S = 2.0
_LEAST_S = 20.0
_STEPS_PER_M_S, _CONTACT_PER_M_S = 8.0, -38.0
"""Change with speed; made up to be plausible, not a source."""


@dataclass(frozen=True, eq=False)
class DayGait:
    """The day's own level at 3 m/s: one entry per day.

    Attributes
    ----------
    step_rate, contact_time, balance : float array
        [steps/min], [ms], [% left]
    """

    step_rate: Floats
    contact_time: Floats
    balance: Floats


def day_gait(profile: RunnerProfile, equipment: Equipment, rng: np.random.Generator) -> DayGait:
    """Draw the gait of each day at 3 m/s.

    Parameters
    ----------
    profile : RunnerProfile
    equipment : Equipment
    rng : numpy Generator

    Returns
    -------
    DayGait
    """
    days = len(equipment.watch)

    def level(noise: float, drift_a_year: float) -> Floats:
        drift = np.cumsum(rng.standard_normal(days)) * drift_a_year / np.sqrt(365)
        out: Floats = noise * correlated(rng, days, 0.35) + drift - drift[-1]
        return out

    return DayGait(
        profile.step_rate + level(1.1, 1.0) + equipment.step_rate,
        profile.contact_time + level(2.8, 3.0) + equipment.contact_time,
        profile.balance_mean + level(profile.balance_noise, 0.3) + equipment.balance_pct,
    )


def level_seconds(histogram_m: Floats, climb_m_per_km: Floats) -> Floats:
    """Return the seconds of level running in each speed bin: the hillier the run, the fewer.

    Parameters
    ----------
    histogram_m : float array, shape (runs, 40)
        [m]
    climb_m_per_km : float array, shape (runs,)

    Returns
    -------
    float array, shape (runs, 40)
        0 below 2 m/s and where there were less than 20 s.  [s]
    """
    seconds = histogram_m / CENTRES * (0.92 * np.exp(-climb_m_per_km / 25))[:, None]
    out: Floats = np.where((seconds < _LEAST_S) | (CENTRES < _SLOWEST_M_S + 0.1), 0.0, seconds)
    return out


def by_speed(
    level: Floats, runs: NDArray[np.int64], bins: NDArray[np.int64], noise: Floats, what: str
) -> Floats:
    """Return a gait value for each pair of run and speed bin.

    Parameters
    ----------
    level : float array, shape (runs,)
        The run's level at 3 m/s.
    runs, bins : int array, shape (n,)
        Which run, which speed bin.
    noise : float array, shape (n,)
        Standard deviation 1.
    what : str
        ``step_rate``, ``contact_time`` or ``balance``.

    Returns
    -------
    float array, shape (n,)
    """
    slope, spread = {
        "step_rate": (_STEPS_PER_M_S, 0.5),
        "contact_time": (_CONTACT_PER_M_S, 1.0),
        "balance": (0.08, 0.08),
    }[what]
    out: Floats = level[runs] + slope * (CENTRES[bins] - 3.0) + spread * noise
    return out
