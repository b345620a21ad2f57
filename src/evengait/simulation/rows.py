"""From days to sessions: every run of a history as a row, with what its recording would have held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from evengait.simulation import gait as gaits
from evengait.simulation.days import QUALITY, RACE
from evengait.simulation.equipment import SENSORS, WATCHES
from evengait.simulation.pace import CENTRES, fitness, speed_histogram, speeds
from evengait.simulation.shoes import names
from evengait.simulation.streams import stream
from evengait.simulation.table import nullable, ragged, sessions_frame, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.calendar import Calendar
    from evengait.simulation.days import Days
    from evengait.simulation.equipment import Equipment
    from evengait.simulation.gait import DayGait
    from evengait.simulation.ground import Ground
    from evengait.simulation.profile import RunnerProfile
    from evengait.simulation.weeks import Weeks

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_DAY_S = 86400


@dataclass(frozen=True, eq=False)
class _Runs:
    """The runs that took place: flat arrays, one entry per run in order of time."""

    day: Ints
    second: Ints
    at: Ints
    km: Floats
    kind: Ints
    histogram_m: Floats
    moving_s: Floats


def session_rows(
    seed: int,
    profile: RunnerProfile,
    calendar: Calendar,
    weeks: Weeks,
    days: Days,
    ground: Ground,
    pair: Ints,
    equipment: Equipment,
    gait: DayGait,
    last_day: int,
) -> pl.DataFrame:
    """Return the [sessions] table of a history up to a day.

    Parameters
    ----------
    seed, profile, calendar, weeks, days, ground, pair, equipment, gait
        The parts of the history; ``pair`` as from ``shoes.worn``.
    last_day : int
        Place of the last day with sessions.

    Returns
    -------
    polars.DataFrame
    """
    runs = _runs(seed, profile, calendar, weeks, days, ground, last_day)
    noise = stream(seed, "gaps").random((3, *days.km.shape)).reshape(3, -1)[:, runs.at]
    columns = (
        _clock(seed, calendar, runs)
        | _measured(seed, profile, runs, ground, equipment, gait, calendar)
        | _said(profile, runs, ground, pair, noise)
        | _by_speed(seed, profile, runs, ground, equipment, gait)
    )
    running = sessions_frame(columns, len(runs.day))
    strength = _strength(seed, profile, calendar, last_day)
    return pl.concat([running, strength]).sort("start") if strength.height else running


def _runs(
    seed: int,
    profile: RunnerProfile,
    calendar: Calendar,
    weeks: Weeks,
    days: Days,
    ground: Ground,
    last_day: int,
) -> _Runs:
    plain, fast, share = speeds(profile, days, ground, fitness(weeks, calendar.week), stream(seed, "pace"))
    at = np.flatnonzero((days.km > 0).ravel())
    at = at[at < 2 * (last_day + 1)]
    km = days.km.ravel()[at]
    histogram = speed_histogram(
        km,
        plain.ravel()[at],
        fast.ravel()[at],
        share.ravel()[at],
        ground.trail.ravel()[at].astype(np.float64),
    )
    return _Runs(at // 2, at % 2, at, km, days.kind.ravel()[at], histogram, (histogram / CENTRES).sum(axis=1))


def _clock(seed: int, calendar: Calendar, runs: _Runs) -> dict[str, Any]:
    """Mornings, later at the weekend; second runs in the evening."""
    rng = stream(seed, "clock")
    weekend = calendar.weekday[runs.day] >= 5
    usual = np.where(runs.second == 1, 17.8, np.where(weekend, 7.8, 6.3)) * 3600
    wobble = rng.normal(0, 1200, 2 * calendar.days)[runs.at]
    standing = rng.gamma(0.8, 0.03, 2 * calendar.days)[runs.at]
    offset = calendar.utc_offset_s[runs.day]
    local = (calendar.first_epoch_day + runs.day) * _DAY_S + (usual + np.clip(wobble, -4000, 9000)).astype(
        np.int64
    )
    return {
        "session": [f"simulated-{seed}-{place}" for place in runs.at.tolist()],
        "start": pl.Series((local - offset) * 1_000_000).cast(pl.Datetime("us", "UTC")),
        "local_date": pl.Series(calendar.first_epoch_day + runs.day).cast(pl.Int32).cast(pl.Date),
        "utc_offset_s": offset,
        "offset_source": np.full(len(runs.day), "recording"),
        "elapsed_s": np.round(runs.moving_s * (1 + standing)),
    }


def _measured(
    seed: int,
    profile: RunnerProfile,
    runs: _Runs,
    ground: Ground,
    equipment: Equipment,
    gait: DayGait,
    calendar: Calendar,
) -> dict[str, Any]:
    """Fill what the watch measures in every run."""
    indoors = ground.treadmill.ravel()[runs.at]
    sees_height = profile.altitude & ~indoors
    climb = equipment.climb_factor[runs.day]
    watch = equipment.watch[runs.day]
    speed = runs.km * 1000 / runs.moving_s
    steps = (gait.step_rate[runs.day] + 8.0 * (speed - 3.0)) * runs.moving_s / 60
    strain = np.where(runs.kind == RACE, 26, np.where(runs.kind == QUALITY, 12, 0))
    heat = 4 * (1 - calendar.winter[runs.day])
    rng = stream(seed, "heart")
    beats = 112 + rng.normal(0, 6) + 28 * speed / (profile.easy_speed * 1.1) + strain + heat
    beats += rng.normal(0, 2.5, 2 * calendar.days)[runs.at]
    return {
        "sport": np.full(len(runs.day), "running"),
        "device": np.array(WATCHES)[watch],
        "gait_sensor": words(np.array(SENSORS)[watch], equipment.dynamics[runs.day]),
        "moving_s": np.round(runs.moving_s),
        "distance_m": np.round(runs.km * 1000, 1),
        "ascent_m": nullable(np.round(ground.ascent_m.ravel()[runs.at] * climb), sees_height),
        "descent_m": nullable(np.round(ground.descent_m.ravel()[runs.at] * climb), sees_height),
        "steps": np.round(steps),
        "heart_rate_bpm": nullable(np.round(beats, 1), profile.heart_rate),
        "speed_hist_m": ragged(
            runs.histogram_m.ravel(), np.full(len(runs.day), 40), np.ones(len(runs.day), bool)
        ),
        "metrics_version": np.ones(len(runs.day), dtype=np.int16),
        "batch": np.full(len(runs.day), "simulated"),
    }


def _said(profile: RunnerProfile, runs: _Runs, ground: Ground, pair: Ints, lot: Floats) -> dict[str, Any]:
    """Fill what the runner says: shoes, surface, effort; and the watch's profile for the sport."""
    trail, indoors = ground.trail.ravel()[runs.at], ground.treadmill.ravel()[runs.at]
    paved = ground.paved.ravel()[runs.at]
    labelled = lot[0] < {"all": 1.0, "some": 0.8, "none": 0.0}[profile.shoe_labels]
    source = profile.surface_source
    if source == "sub_sport":
        paved = np.where(trail, 0.0, 1.0)
    elif source == "label":
        paved = np.round(paved * 10) / 10
    known = ~indoors & (source != "none") & ((lot[1] < 0.95) | (source != "label"))
    tells = (source == "sub_sport") & trail
    effort = np.array([0.0, 2.8, 3.5, 5.5, 4.2, 8.5])[runs.kind] + 1.4 * (lot[2] - 0.5)
    return {
        "sub_sport": words(np.where(indoors, "treadmill", "trail"), indoors | tells),
        "shoe": words(np.array(names(pair.ravel()[runs.at], profile)), labelled),
        "paved_share": nullable(np.round(paved, 3), known),
        "surface_source": words(np.full(len(known), source), known),
        "rpe_cr10": nullable(np.round(np.clip(effort, 1, 10)), profile.rpe),
    }


def _by_speed(
    seed: int, profile: RunnerProfile, runs: _Runs, ground: Ground, equipment: Equipment, gait: DayGait
) -> dict[str, Any]:
    """Fill the gait of level running by speed bin; the watch alone gives the step rate, a sensor the rest."""
    climb = ground.ascent_m.ravel()[runs.at] / runs.km
    seconds = gaits.level_seconds(runs.histogram_m, climb)
    # Without altitude nobody can tell what was level, and a treadmill does not say how steep it was.
    seconds[ground.treadmill.ravel()[runs.at] | (not profile.altitude)] = 0.0
    place, speed_bin = np.nonzero(seconds)
    lengths = np.bincount(place, minlength=len(runs.day))
    known = lengths > 0
    # One row of noise for each run that could be: what another run draws must not depend on this one.
    drawn = stream(seed, "gait_noise").standard_normal((3, len(gait.balance) * 2, 8))
    rough = drawn[:, runs.at[place], speed_bin % 8]
    day = runs.day

    def column(what: str, level: Floats, there: NDArray[np.bool_], draw: Floats) -> pl.Series:
        values = gaits.by_speed(level[day], place, speed_bin, draw, what)
        seen = there[day]
        return ragged(values[seen[place]].astype(np.float32), lengths * seen, known & seen)

    always = np.ones(len(gait.balance), dtype=bool)
    return {
        "gait_speed_bin": ragged(speed_bin.astype(np.int16), lengths, known),
        "gait_seconds": ragged(seconds[place, speed_bin].astype(np.float32), lengths, known),
        "gait_step_rate_spm": column("step_rate", gait.step_rate, always, rough[0]),
        "gait_contact_time_ms": column("contact_time", gait.contact_time, equipment.dynamics, rough[1]),
        "gait_balance_left_pct": column("balance", gait.balance, equipment.balance, rough[2]),
    }


def _strength(seed: int, profile: RunnerProfile, calendar: Calendar, last_day: int) -> pl.DataFrame:
    rng = stream(seed, "strength")
    done = rng.random(calendar.days) < profile.strength_a_week / 7
    minutes = rng.uniform(20, 50, calendar.days)
    day = np.flatnonzero(done[: last_day + 1])
    offset = calendar.utc_offset_s[day]
    local = (calendar.first_epoch_day + day) * _DAY_S + 12 * 3600
    columns = {
        "session": [f"simulated-{seed}-s{place}" for place in day.tolist()],
        "start": pl.Series((local - offset) * 1_000_000).cast(pl.Datetime("us", "UTC")),
        "local_date": pl.Series(calendar.first_epoch_day + day).cast(pl.Int32).cast(pl.Date),
        "utc_offset_s": offset,
        "offset_source": ["recording"] * len(day),
        "sport": ["strength"] * len(day),
        "sub_sport": ["strength_training"] * len(day),
        "device": [WATCHES[1]] * len(day),
        "elapsed_s": np.round(minutes[day] * 60),
        "moving_s": np.round(minutes[day] * 60),
        "metrics_version": np.ones(len(day), dtype=np.int16),
        "batch": ["simulated"] * len(day),
    }
    return sessions_frame(columns, len(day))
