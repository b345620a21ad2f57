"""The days of a history: which are run, how far, and what is missed, moved, added or lost to illness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.calendar import Calendar
    from evengait.simulation.profile import RunnerProfile
    from evengait.simulation.weeks import Weeks

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

NONE, EASY, MEDIUM, QUALITY, LONG, RACE = range(6)
_SHORTEST_KM = 3.0
_REST_ORDER = (0, 4, 2, 3)
_QUALITY_ORDER = (1, 3)


@dataclass(frozen=True, eq=False)
class Days:
    """One row per day; column 0 the day's main run, column 1 a second one.

    Attributes
    ----------
    km : float array, shape (days, 2)
        0 = no such run.  [km]
    kind : int array, shape (days, 2)
        ``NONE``, ``EASY``, ``MEDIUM``, ``QUALITY``, ``LONG`` or ``RACE``.
    """

    km: Floats
    kind: Ints


def week_template(profile: RunnerProfile) -> tuple[Floats, Ints]:
    """Return a plain week: the share of the distance and the kind of run for each weekday.

    Returns
    -------
    share : float array, shape (7,)
        Sums to 1.
    kind : int array, shape (7,)
    """
    kind = np.full(7, EASY)
    kind[profile.long_weekday] = LONG
    if profile.medium_long is not None:
        kind[profile.medium_long] = MEDIUM
    free = [day for day in _REST_ORDER if kind[day] == EASY]
    kind[free[: profile.rest_days]] = NONE
    kind[[day for day in _QUALITY_ORDER if kind[day] == EASY][: profile.quality_days]] = QUALITY
    weight = np.array([0.0, 1.0, 1.45, 1.15, 0.0, 0.0])[kind]
    if profile.medium_long == 6:
        weight[6] = 1.75
    share = weight / weight.sum() * (1 - profile.long_share)
    share[profile.long_weekday] = profile.long_share
    return share, kind


def run_days(
    profile: RunnerProfile, calendar: Calendar, weeks: Weeks, rng: np.random.Generator, breaks: Floats
) -> Days:
    """Spread the weeks over their days as life does.

    Parameters
    ----------
    profile : RunnerProfile
    calendar : Calendar
    weeks : Weeks
    rng : numpy Generator
    breaks : float array, shape (days,)
        What illness and holidays leave of a day's distance; see ``life_breaks``.

    Returns
    -------
    Days
    """
    days = calendar.days
    share, plain = week_template(profile)
    place = _swapped(profile, calendar, rng)
    kind = plain[place]
    km = share[place] * weeks.km[calendar.week]
    extra = (kind == NONE) & (rng.random(days) < 0.08)
    km = np.where(extra, weeks.usual_km[calendar.week] * 0.6 / max(1, 7 - profile.rest_days), km)
    kind = np.where(extra, EASY, kind)
    km = km * np.exp(rng.normal(0, profile.day_noise, days)) * _long_run_waves(kind, calendar, weeks, rng)
    race = np.where(kind == LONG, weeks.race_km[calendar.week], 0.0)
    missed = (rng.random(days) < profile.missed_runs) & (race == 0)
    km = np.where(missed, 0.0, km) * breaks
    raced = (race > 0) & (breaks > 0.9)
    km, kind = np.where(raced, race, km), np.where(raced, RACE, kind)
    km = np.where(km < np.minimum(_SHORTEST_KM, 0.08 * profile.week_km), 0.0, km)
    return _split(profile, km, np.where(km > 0, kind, NONE), rng)


def _swapped(profile: RunnerProfile, calendar: Calendar, rng: np.random.Generator) -> Ints:
    """Return the weekday whose plan a day follows: in some weeks the long run and its neighbour change places."""
    other = 5 if profile.long_weekday == 6 else 6
    swap = (rng.random(calendar.weeks) < 0.12)[calendar.week]
    place = calendar.weekday.copy()
    place[swap & (calendar.weekday == other)] = profile.long_weekday
    place[swap & (calendar.weekday == profile.long_weekday)] = other
    return place


def _long_run_waves(kind: Ints, calendar: Calendar, weeks: Weeks, rng: np.random.Generator) -> Floats:
    """Let long runs rise over three weeks, and now and then one grow far beyond the plan."""
    wave = (0.94 + 0.06 * (calendar.week % 3)) * weeks.long_factor[calendar.week]
    far = np.where(rng.random(calendar.days) < 0.04, 1 + rng.gamma(2.0, 0.1, calendar.days), 1.0)
    return np.where(kind == LONG, wave * far, 1.0)


def _split(profile: RunnerProfile, km: Floats, kind: Ints, rng: np.random.Generator) -> Days:
    """Make two runs of some plain days."""
    double = (rng.random(len(km)) < profile.double_chance) & ((kind == EASY) | (kind == QUALITY)) & (km > 11)
    second = np.where(double, km * rng.uniform(0.3, 0.42, len(km)), 0.0)
    return Days(
        np.stack([km - second, second], axis=1),
        np.stack([kind, np.where(double, EASY, NONE)], axis=1).astype(np.int64),
    )


def life_breaks(profile: RunnerProfile, calendar: Calendar, rng: np.random.Generator) -> Floats:
    """Return what illness and holidays leave of each day's distance: 1 = all, 0 = no run.

    Illness takes 5 to 14 days whole and is run off with care for about as long; holidays leave less, or nothing.
    """
    left = np.ones(calendar.days)
    years = calendar.days / 365.25
    for start in rng.integers(0, calendar.days, rng.poisson(profile.illnesses_a_year * years)).tolist():
        length = int(rng.integers(5, 15))
        ramp = np.linspace(0.4, 1.0, length + 1)[:-1]
        course = np.concatenate([np.zeros(length), ramp])[: calendar.days - start]
        left[start : start + len(course)] = np.minimum(left[start : start + len(course)], course)
    for start in rng.integers(0, calendar.days, rng.poisson(profile.holidays_a_year * years)).tolist():
        share = 0.0 if rng.random() < 0.25 else float(rng.uniform(0.3, 0.95))
        length = int(rng.integers(4, 8) if share == 0 else rng.integers(6, 15))
        left[start : start + length] = np.minimum(left[start : start + length], share)
    return left
