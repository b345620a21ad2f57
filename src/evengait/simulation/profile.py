"""Who runs: habits, body, watch and shoes of a made-up runner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from evengait.simulation.streams import stream

if TYPE_CHECKING:
    from evengait.simulation.plants import Kind

SurfaceSource = Literal["label", "dirt_distance", "sub_sport", "none"]
ShoeLabels = Literal["all", "some", "none"]


@dataclass(frozen=True)
class RunnerProfile:
    """Habits and equipment of one runner; ``draw_profile`` draws one, ``runners.py`` has some by name.

    Attributes
    ----------
    week_km : float
        Weekly distance at the height of the present build-up.  [km]
    build : float
        Rise over the present build-up of about a year, as a share.
    build_weeks : int
        How long ago the build-up began, counted from the last day.  [weeks]
    earlier_level : float
        Height of the build-up before this one, as a share of ``week_km``.
    week_noise, week_memory : float
        Standard deviation of the log of weekly distance, and its correlation from week to week.
    day_noise : float
        Standard deviation of the log of a single run about its plan.
    missed_runs : float
        Share of the planned runs that do not happen.
    down_every : int
        Weeks from one down week to the next.
    down_to : float
        What a down week leaves of a plain one, as a share.
    down_skip : float
        Chance that a down week is shifted or left out.
    rest_days : int
        Days without a run in a plain week.
    long_share : float
        Share of a week's distance in its long run.
    long_weekday : int
        5 = Saturday, 6 = Sunday.
    quality_days : int
        Fast sessions a week.
    medium_long : int or None
        Weekday of a second longer run.
    double_chance : float
        Chance that a plain day's distance is split over two runs.
    races_a_year, illnesses_a_year, holidays_a_year : float
    trail_share : float
        Share of the distance off pavement.
    climb_road, climb_trail : float
        Ascent for each kilometre.  [m/km]
    treadmill : bool
        Takes to a treadmill now and then, above all in winter.
    easy_speed : float
        Of the easy runs on pavement.  [m/s]
    road_pairs, trail_pairs : int
        Shoes worn in rotation.
    retire_km : float
        Usual distance at which a pair is given away.  [km]
    shoe_labels, surface_source : str
        What the archive knows of shoes and surfaces.
    altitude, heart_rate, rpe : bool
        Whether the recordings hold them.
    dynamics, balance : bool
        Whether the present sensor measures contact time, and left/right balance.
    watch_changed : float or None
        Share of the history after which the watch was changed; None = the same one throughout.
    old_watch_dynamics : bool
        Whether the watch before had a gait sensor too.
    strength_a_week : float
    step_rate, contact_time, balance_mean : float
        At 3 m/s, on the level.  [steps/min], [ms], [% left]
    balance_noise : float
        Day-to-day standard deviation of the left share.  [percentage points]
    """

    week_km: float
    build: float
    build_weeks: int
    earlier_level: float
    week_noise: float
    week_memory: float
    day_noise: float
    missed_runs: float
    down_every: int
    down_to: float
    down_skip: float
    rest_days: int
    long_share: float
    long_weekday: int
    quality_days: int
    medium_long: int | None
    double_chance: float
    races_a_year: float
    illnesses_a_year: float
    holidays_a_year: float
    trail_share: float
    climb_road: float
    climb_trail: float
    treadmill: bool
    easy_speed: float
    road_pairs: int
    trail_pairs: int
    retire_km: float
    shoe_labels: ShoeLabels
    surface_source: SurfaceSource
    altitude: bool
    heart_rate: bool
    rpe: bool
    dynamics: bool
    balance: bool
    watch_changed: float | None
    old_watch_dynamics: bool
    strength_a_week: float
    step_rate: float
    contact_time: float
    balance_mean: float
    balance_noise: float


def draw_profile(seed: int, kind: Kind | None = None) -> RunnerProfile:
    """Draw a runner between 30 and 130 km a week.

    Parameters
    ----------
    seed : int
        The history's seed.
    kind : str or None
        A kind of planted cause: the runner drawn is then one whose archive can show it (labelled surfaces, altitude,
        a balance sensor, …) and to whom it would be news. None = any runner.

    Examples
    --------
    >>> 30 <= draw_profile(1).week_km <= 130
    True
    >>> draw_profile(1, "balance_shift").balance
    True
    """
    rng = stream(seed, "profile")
    week_km = float(np.exp(rng.uniform(np.log(30), np.log(130))))
    busy = (week_km - 30) / 100
    rest = int(np.clip(7 - round(3.0 + week_km / 24 + rng.normal(0, 0.5)), 0, 3))
    trail = float(np.clip(rng.beta(1.1, 1.6), 0, 0.9)) if rng.random() < 0.8 else 0.0
    drawn = RunnerProfile(
        week_km=week_km,
        build=rng.uniform(0.10, 0.40),
        build_weeks=int(rng.integers(14, 52)),
        earlier_level=rng.uniform(0.75, 1.02),
        week_noise=rng.uniform(0.06, 0.13),
        week_memory=rng.uniform(0.1, 0.6),
        day_noise=rng.uniform(0.08, 0.16),
        missed_runs=rng.uniform(0.01, 0.06),
        down_every=int(rng.choice([4, 5])),
        down_to=rng.uniform(0.66, 0.78),
        down_skip=rng.uniform(0.05, 0.3),
        rest_days=rest,
        long_share=rng.uniform(0.24, 0.30) + 0.04 * rest,
        long_weekday=int(rng.choice([5, 6])),
        quality_days=int(rng.random() < 0.5 + busy) + int(rng.random() < busy),
        medium_long=int(rng.choice([2, 3])) if rng.random() < busy else None,
        double_chance=rng.uniform(0.05, 0.35) if week_km > 90 else 0.0,
        races_a_year=rng.uniform(1, 6),
        illnesses_a_year=rng.uniform(0.4, 2.0),
        holidays_a_year=rng.uniform(0.5, 2.5),
        trail_share=trail,
        climb_road=float(np.exp(rng.normal(np.log(6), 0.35))),
        climb_trail=float(np.exp(rng.normal(np.log(22), 0.4))),
        treadmill=bool(rng.random() < 0.25),
        easy_speed=2.55 + 0.6 * busy + rng.normal(0, 0.15),
        road_pairs=1 + int(rng.random() < 0.3 + 0.6 * busy) + int(rng.random() < 0.4 * busy),
        trail_pairs=0 if trail < 0.1 else 1 + int(rng.random() < trail * busy),
        retire_km=rng.uniform(600, 900),
        shoe_labels=_pick(rng, {"all": 0.75, "some": 0.13, "none": 0.12}),  # type: ignore[arg-type]  # keys are the labels
        surface_source=_pick(rng, {"label": 0.2, "dirt_distance": 0.4, "sub_sport": 0.25, "none": 0.15}),  # type: ignore[arg-type]  # likewise
        altitude=bool(rng.random() < 0.95),
        heart_rate=bool(rng.random() < 0.88),
        rpe=bool(rng.random() < 0.3),
        dynamics=bool(rng.random() < 0.65),
        balance=bool(rng.random() < 0.5),
        watch_changed=rng.uniform(0.1, 0.9) if rng.random() < 0.5 else None,
        old_watch_dynamics=bool(rng.random() < 0.5),
        strength_a_week=float(rng.choice([0.0, 0.0, 0.7, 1.5, 2.0])),
        step_rate=rng.normal(171, 5),
        contact_time=rng.normal(245, 13),
        balance_mean=50 + rng.normal(0, 0.8),
        balance_noise=rng.uniform(0.25, 0.5),
    )
    drawn = replace(drawn, balance=drawn.balance and drawn.dynamics)
    return drawn if kind is None else able_to_show(drawn, kind)


def _pick(rng: np.random.Generator, chances: dict[str, float]) -> str:
    return str(rng.choice(list(chances), p=list(chances.values())))


def able_to_show(profile: RunnerProfile, kind: Kind) -> RunnerProfile:
    """Return the runner with what a kind of planted cause needs: the data to see it, the habit it breaks.

    Power found on these runners holds for runners like them, not for all: down weeks kept regular and deep, weekly
    noise of 8 % at most; about half of the distance on trails; two road pairs at most; one sensor throughout.

    Examples
    --------
    >>> able_to_show(draw_profile(1), "old_shoe").shoe_labels
    'all'
    """
    match kind:
        case "no_down_week":
            regular = min(profile.down_to, 0.66), min(profile.week_noise, 0.05)
            return replace(profile, down_skip=0.0, down_to=regular[0], week_noise=regular[1])
        case "all_pavement":
            source = (
                profile.surface_source
                if profile.surface_source in ("label", "dirt_distance")
                else "dirt_distance"
            )
            share = 0.42 + 0.16 * (profile.trail_share % 0.1) / 0.1
            return replace(
                profile,
                trail_share=share,
                trail_pairs=max(1, profile.trail_pairs),
                surface_source=source,
                treadmill=False,
            )
        case "descents":
            return replace(profile, altitude=True, treadmill=False, watch_changed=None)
        case "old_shoe":
            pairs = min(2, profile.road_pairs)
            return replace(
                profile, shoe_labels="all", road_pairs=pairs, trail_share=min(0.25, profile.trail_share)
            )
        case "balance_shift":
            return replace(profile, dynamics=True, balance=True, watch_changed=None, altitude=True)
        case _:
            return profile
