"""The ground under each run: paved share, climb and descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.simulation.days import EASY, LONG, QUALITY, RACE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.calendar import Calendar
    from evengait.simulation.days import Days
    from evengait.simulation.profile import RunnerProfile

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

_PAVED_ON_TRAIL_RUN = 0.15
_TRAIL_LIKING = np.array([0.0, 1.0, 1.05, 0.4, 1.25, 0.7])
"""How much likelier than an easy run each kind of run is to be on trails."""


@dataclass(frozen=True, eq=False)
class Ground:
    """As ``Days``: one row per day, one column per run; values where there is no run mean nothing.

    Attributes
    ----------
    paved : float array
        Share of the distance on pavement, as it was.
    trail : bool array
        The run was a trail run.
    treadmill : bool array
    ascent_m, descent_m : float array
        As they were, before any watch's error.  [m]
    """

    paved: Floats
    trail: Bools
    treadmill: Bools
    ascent_m: Floats
    descent_m: Floats


def draw_ground(profile: RunnerProfile, calendar: Calendar, days: Days, rng: np.random.Generator) -> Ground:
    """Draw where each run went: trails less in winter and for fast running, more for long runs.

    Parameters
    ----------
    profile : RunnerProfile
    calendar : Calendar
    days : Days
    rng : numpy Generator

    Returns
    -------
    Ground
    """
    shape = days.km.shape
    winter = calendar.winter[:, None]
    weekly = np.exp(rng.normal(0, 0.15, calendar.weeks))[calendar.week][:, None]
    chance = (
        profile.trail_share
        / (1 - _PAVED_ON_TRAIL_RUN)
        * _TRAIL_LIKING[days.kind]
        * (1.15 - 0.35 * winter)
        * weekly
    )
    trail = rng.random(shape) < np.minimum(chance, 0.97)
    on_trail, on_road = rng.beta(2, 2 / _PAVED_ON_TRAIL_RUN - 2, shape), rng.beta(9, 0.6, shape)
    road = np.where(rng.random(shape) < 0.7, 1.0, on_road)
    indoors = (rng.random(shape) < 0.01 + 0.09 * winter) & profile.treadmill
    treadmill = indoors & ((days.kind == EASY) | (days.kind == QUALITY))
    steep = np.where(trail, profile.climb_trail, profile.climb_road) * np.exp(rng.normal(0, 0.3, shape))
    steep *= (
        (1 - 0.2 * winter) * np.where(days.kind == QUALITY, 0.6, 1.0) * np.where(days.kind == LONG, 1.15, 1.0)
    )
    ascent = days.km * steep
    loop = np.where(rng.random(shape) < 0.04, rng.normal(0, 0.15, shape), rng.normal(0, 0.01, shape))
    descent = ascent * np.clip(1 + loop, 0.3, 2.0)
    flat = ~treadmill
    return Ground(np.where(trail, on_trail, road), trail & flat, treadmill, ascent * flat, descent * flat)


def race_on_road(days: Days) -> Bools:
    """Return the runs that are road races: worn shoes and pace follow the road there."""
    out: Bools = (days.kind == RACE) & (days.km < 45)
    return out
