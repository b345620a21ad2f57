"""Runners by name: the seed story's, and one whose archive is large."""

from __future__ import annotations

from dataclasses import replace

from evengait.simulation.profile import RunnerProfile


def story_runner() -> RunnerProfile:
    """Return the seed story's runner: 113 to 129 km a week, half pavement and half trails, carefully built up.

    Examples
    --------
    >>> story_runner().trail_share
    0.5
    """
    return RunnerProfile(
        week_km=122.0,
        build=0.28,
        build_weeks=46,
        earlier_level=0.86,
        week_noise=0.035,
        week_memory=0.3,
        day_noise=0.07,
        missed_runs=0.012,
        down_every=4,
        down_to=0.72,
        down_skip=0.06,
        rest_days=1,
        long_share=0.25,
        long_weekday=5,
        quality_days=1,
        medium_long=6,
        double_chance=0.12,
        races_a_year=2.0,
        illnesses_a_year=0.6,
        holidays_a_year=1.0,
        trail_share=0.5,
        climb_road=7.0,
        climb_trail=24.0,
        treadmill=False,
        easy_speed=3.05,
        road_pairs=2,
        trail_pairs=2,
        retire_km=760.0,
        shoe_labels="all",
        surface_source="dirt_distance",
        altitude=True,
        heart_rate=True,
        rpe=False,
        dynamics=True,
        balance=True,
        watch_changed=0.35,
        old_watch_dynamics=False,
        strength_a_week=0.6,
        step_rate=174.0,
        contact_time=236.0,
        balance_mean=50.4,
        balance_noise=0.35,
    )


def decade_runner() -> RunnerProfile:
    """Return a runner of six runs and 66 km a week: ten years of it are about 3,000 runs.

    Examples
    --------
    >>> decade_runner().week_km
    66.0
    """
    return replace(
        story_runner(),
        week_km=66.0,
        long_share=0.27,
        medium_long=None,
        double_chance=0.0,
        day_noise=0.12,
        missed_runs=0.02,
        easy_speed=2.85,
        road_pairs=2,
        trail_pairs=1,
        watch_changed=0.5,
        strength_a_week=0.3,
    )
