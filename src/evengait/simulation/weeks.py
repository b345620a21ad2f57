"""The weeks of a history: build-up, off-season, down weeks, races, and the weeks that went otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.calendar import Calendar
    from evengait.simulation.profile import RunnerProfile

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

RACES_KM = np.array([10.0, 21.1, 42.2, 50.0])
_RACE_CHANCE = np.array([[0.6, 0.4, 0.0, 0.0], [0.4, 0.48, 0.12, 0.0], [0.3, 0.45, 0.18, 0.07]])
"""Rows: under 50, under 80, from 80 km a week; columns as RACES_KM."""
_TAPER = {10.0: (0.95, 0.8), 21.1: (0.9, 0.75), 42.2: (0.8, 0.6), 50.0: (0.8, 0.6)}
"""Share of the usual distance in the two weeks before the race week ends; the race itself comes on top."""
_RECOVERY = {10.0: (0.95, 1.0), 21.1: (0.8, 1.0), 42.2: (0.5, 0.75), 50.0: (0.45, 0.7)}


@dataclass(frozen=True, eq=False)
class Weeks:
    """One entry per calendar week.

    Attributes
    ----------
    usual_km : float array, shape (weeks,)
        What the runner means to run in a week that is not a down week.  [km]
    km : float array, shape (weeks,)
        What the week comes to: down weeks, taper, recovery and the ups and downs of life.  [km]
    long_factor : float array, shape (weeks,)
        How much the long run grows beyond its plain share in the weeks before a long race.
    race_km : float array, shape (weeks,)
        Length of the race on the long-run day; 0 = none.  [km]
    down : bool array, shape (weeks,)
    """

    usual_km: Floats
    km: Floats
    long_factor: Floats
    race_km: Floats
    down: Bools


def plan_weeks(profile: RunnerProfile, calendar: Calendar, rng: np.random.Generator) -> Weeks:
    """Draw the weeks of a history.

    Parameters
    ----------
    profile : RunnerProfile
    calendar : Calendar
    rng : numpy Generator

    Returns
    -------
    Weeks
    """
    usual, off_season = _build_up(profile, calendar.weeks, rng)
    down = _down_weeks(profile, calendar.weeks, rng)
    factor = np.where(down, profile.down_to + rng.uniform(-0.03, 0.03, calendar.weeks), 1.0)
    races, around, long_factor = _races(profile, usual, rng)
    factor = np.minimum(np.minimum(factor, around), np.where(off_season, 0.55, 1.0))
    return Weeks(
        usual, usual * factor * np.exp(_noise(profile, calendar.weeks, rng)), long_factor, races, down
    )


def _build_up(profile: RunnerProfile, weeks: int, rng: np.random.Generator) -> tuple[Floats, Bools]:
    """Rise in the present build-up, its forerunners a year and more before, with two or three easy weeks between."""
    ago = np.arange(weeks - 1, -1, -1)
    season = np.where(ago < profile.build_weeks, 0, 1 + (ago - profile.build_weeks) // 52)
    start = np.where(season == 0, profile.build_weeks, profile.build_weeks + 52 * season)
    length = np.where(season == 0, profile.build_weeks, 52)
    done = np.clip((start - ago) / length, 0, 1)
    rises = np.concatenate([[profile.build * min(1, profile.build_weeks / 44)], rng.uniform(0.08, 0.35, 12)])
    heights = np.cumprod(np.concatenate([[1.0, profile.earlier_level], rng.uniform(0.9, 1.06, 11)])).clip(
        0.6, 1.2
    )
    season = np.minimum(season, 12)
    rise = rises[season]
    usual = profile.week_km * heights[season] * (1 + rise * done) / (1 + rise)
    return usual, (start - ago <= rng.integers(2, 4)) & (start - ago > 0)


def _down_weeks(profile: RunnerProfile, weeks: int, rng: np.random.Generator) -> Bools:
    count = weeks // 3 + 2
    gaps = profile.down_every + rng.choice([-1, 0, 1], count, p=[0.12, 0.76, 0.12]) * (profile.down_skip > 0)
    left_out = rng.random(count) < profile.down_skip
    ends = rng.integers(0, profile.down_every) + np.cumsum(gaps)
    down = np.zeros(weeks, dtype=bool)
    down[ends[~left_out & (ends < weeks)]] = True
    return down


def _races(profile: RunnerProfile, usual: Floats, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Return the races, what the weeks around them shrink to, and how the long runs before them grow."""
    weeks = len(usual)
    races, around, longer = np.zeros(weeks), np.ones(weeks), np.ones(weeks)
    count = int(rng.poisson(profile.races_a_year * weeks / 52))
    chance = _RACE_CHANCE[0 if profile.week_km < 50 else 1 if profile.week_km < 80 else 2]
    before = -9
    for week in np.sort(rng.integers(0, weeks, count)).tolist():
        if week - before < 5:
            continue
        before = week
        length = float(RACES_KM[np.searchsorted(np.cumsum(chance), rng.random())])
        races[week] = length
        for place, share in zip((-1, 0, 1, 2), _TAPER[length] + _RECOVERY[length], strict=True):
            if 0 <= week + place < weeks:
                around[week + place] = min(around[week + place], share)
        plain = profile.long_share * usual[week]
        begin = max(0, week - 10)
        rise = np.linspace(1, np.clip(0.75 * length / plain, 1, 1.6), 9)[: max(0, week - 1 - begin)]
        longer[begin : begin + len(rise)] = np.maximum(longer[begin : begin + len(rise)], rise)
    return races, around, longer


def _noise(profile: RunnerProfile, weeks: int, rng: np.random.Generator) -> Floats:
    return correlated(rng, weeks, profile.week_memory) * profile.week_noise


def correlated(rng: np.random.Generator, size: int, memory: float) -> Floats:
    """Return noise of standard deviation 1 in which each value remembers the one before.

    Parameters
    ----------
    rng : numpy Generator
    size : int
    memory : float
        Correlation of neighbours, 0 to below 1.

    Returns
    -------
    float array, shape (size,)
    """
    fresh = rng.standard_normal(size)
    reach = 1 if memory == 0 else min(size, int(np.ceil(np.log(1e-3) / np.log(memory))) + 1)
    weights = memory ** np.arange(reach)
    out: Floats = np.convolve(fresh, weights)[:size] / np.sqrt(
        np.cumsum(weights**2)[np.minimum(np.arange(size), reach - 1)]
    )
    return out
