"""How fast each run was: its distance in every speed bin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.simulation.days import LONG, QUALITY, RACE
from evengait.simulation.ground import race_on_road

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.days import Days
    from evengait.simulation.ground import Ground
    from evengait.simulation.profile import RunnerProfile
    from evengait.simulation.weeks import Weeks

    Floats = NDArray[np.float64]

BINS = 40
BIN_M_S = 0.25
CENTRES = (np.arange(BINS) + 0.5) * BIN_M_S
"""The middle of each bin of ``sessions.speed_hist_m``.  [m/s]"""

THRESHOLD = 1.22
"""Threshold speed over easy speed."""


def speeds(
    profile: RunnerProfile, days: Days, ground: Ground, weeks_fit: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Return the speed of the plain part of each run, of its fast part, and the share of distance run fast.

    Parameters
    ----------
    profile : RunnerProfile
    days : Days
    ground : Ground
    weeks_fit : float array, shape (days,)
        Fitness, 1 = as at the height of the build-up; see ``fitness``.
    rng : numpy Generator

    Returns
    -------
    plain, fast, share : float array, each of shape (days, 2)
        [m/s], [m/s], 0 to 1
    """
    shape = days.km.shape
    easy = profile.easy_speed * weeks_fit[:, None] * np.exp(rng.normal(0, 0.03, shape))
    steep = ground.ascent_m / np.maximum(days.km, 0.1)
    plain = (
        easy
        * (1 - 0.04 * ground.trail)
        * (1 - 0.003 * np.minimum(steep, 60))
        * np.where(days.kind == LONG, 0.99, 1.0)
    )
    effort = THRESHOLD * (1.06 - 0.055 * np.log2(np.maximum(days.km, 5) / 10))
    raced = easy * np.where(race_on_road(days), effort, 1.02)
    plain = np.where(days.kind == RACE, raced, plain)
    fast = easy * THRESHOLD * rng.uniform(0.98, 1.12, shape)
    finish = (days.kind == LONG) & (rng.random(shape) < 0.2)
    share = np.where(days.kind == QUALITY, rng.uniform(0.25, 0.5, shape), np.where(finish, 0.15, 0.0))
    return plain, fast, share


def fitness(weeks: Weeks, week_of_day: NDArray[np.int64]) -> Floats:
    """Return how fit the runner is on each day: a tenth more distance goes with about half a per cent more speed."""
    usual = weeks.usual_km / weeks.usual_km.max()
    out: Floats = (usual**0.06)[week_of_day]
    return out


def speed_histogram(km: Floats, plain: Floats, fast: Floats, share: Floats, trail: Floats) -> Floats:
    """Return the distance of each run in the speed bins.

    Parameters
    ----------
    km, plain, fast, share, trail : float array, shape (runs,)
        Distance [km], speeds [m/s], share run fast, 1 for a trail run.

    Returns
    -------
    float array, shape (runs, 40)
        Sums to the distance of each run.  [m]
    """
    slow = _bell(plain, 0.17 + 0.24 * trail)
    swift = _bell(fast, 0.16 + 0.0 * trail)
    weight = (1 - share)[:, None] * slow + share[:, None] * swift
    weight[weight < 0.004] = 0.0
    weight /= weight.sum(axis=1, keepdims=True)
    return weight * (km * 1000)[:, None]


def _bell(middle: Floats, spread: Floats) -> Floats:
    height = np.exp(-0.5 * ((CENTRES[None, :] - middle[:, None]) / spread[:, None]) ** 2)
    out: Floats = height / height.sum(axis=1, keepdims=True)
    return out
