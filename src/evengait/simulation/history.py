"""A made-up history: years of sessions and one onset, with nothing planted or one known cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.errors import UsageError
from evengait.simulation import plants
from evengait.simulation.calendar import calendar
from evengait.simulation.days import life_breaks, run_days
from evengait.simulation.equipment import draw_equipment
from evengait.simulation.gait import day_gait
from evengait.simulation.ground import draw_ground
from evengait.simulation.profile import RunnerProfile, draw_profile
from evengait.simulation.rows import session_rows
from evengait.simulation.shoes import draw_rotation, worn
from evengait.simulation.streams import stream
from evengait.simulation.weeks import plan_weeks

if TYPE_CHECKING:
    import polars as pl

    from evengait.simulation.days import Days
    from evengait.simulation.plants import Plant

LAST = date(2026, 11, 8)
LEAST_DAYS = 180
_ONSET_DAYS = 21


@dataclass(frozen=True, eq=False)
class SimulatedHistory:
    """A history and the truth about it.

    Attributes
    ----------
    sessions : polars.DataFrame
        One row per session, columns of ``core/columns.toml`` [sessions], in order of time.
    onset : date
        The day of a run on which the pain began.
    planted : Plant or None
        None = nothing: the onset fell on a run day of the last three weeks by lot.
    differs_from : date or None
        First day on which the history differs from the same one without the plant.
    profile : RunnerProfile
    seed : int
    first, last : date
        The span asked for; sessions end 0 to 2 days after the onset.
    """

    sessions: pl.DataFrame
    onset: date
    planted: Plant | None
    differs_from: date | None
    profile: RunnerProfile
    seed: int
    first: date
    last: date


def simulate_history(
    seed: int,
    *,
    days: int = 760,
    last: date = LAST,
    profile: RunnerProfile | None = None,
    plant: Plant | None = None,
    onset: date | None = None,
) -> SimulatedHistory:
    """Make up a runner's history that ends with the onset of a pain.

    Parameters
    ----------
    seed : int
        0 or above; the same seed gives the same history.
    days : int
        Length of the history, at least 180.  [d]
    last : date
        Its last day.
    profile : RunnerProfile, optional
        Default: drawn from the seed, able to show the plant if there is one. Compare a planted history with the one
        without plant by giving both the same profile.
    plant : Plant, optional
        Default: nothing; the onset is drawn without regard to what was run.
    onset : date, optional
        Default: a run day of the last three weeks, drawn by lot.

    Returns
    -------
    SimulatedHistory

    Raises
    ------
    UsageError
        The history is shorter than half a year, or the onset lies outside its last 60 days.

    Examples
    --------
    >>> history = simulate_history(7)
    >>> history.onset, history.sessions.height > 200
    (datetime.date(2026, 10, 25), True)
    """
    if days < LEAST_DAYS:
        raise UsageError(f"A made-up history needs at least {LEAST_DAYS} days; ask for more.")
    if profile is None:
        profile = draw_profile(seed, plant.kind if plant else None)
    span = calendar(last, days)
    weeks = plan_weeks(profile, span, stream(seed, "weeks"))
    breaks = life_breaks(profile, span, stream(seed, "breaks"))
    plan = run_days(profile, span, weeks, stream(seed, "days"), breaks)
    place, stop = _onset(plan, days, (onset - span.first).days if onset else None, stream(seed, "onset"))
    lot, differs = stream(seed, "plant"), []
    if plant:
        plan, begin = plants.on_days(plant, profile, span, weeks, plan, place, lot)
        differs.append(begin)
    ground = draw_ground(profile, span, plan, stream(seed, "ground"))
    if plant:
        ground, begin = plants.on_ground(plant, profile, plan, ground, place)
        differs.append(begin)
    rotation = draw_rotation(profile, plan, ground, stream(seed, "shoes"))
    if plant:
        rotation, begin = plants.on_shoes(plant, profile, plan, rotation, place)
        differs.append(begin)
    equipment = draw_equipment(profile, days, stream(seed, "devices"))
    gait = day_gait(profile, equipment, stream(seed, "gait"))
    if plant:
        gait, begin = plants.on_gait(plant, gait, place, lot)
        differs.append(begin)
    sessions = session_rows(
        seed, profile, span, weeks, plan, ground, worn(plan, rotation), equipment, gait, place + stop
    )
    return SimulatedHistory(
        sessions,
        span.day(place),
        plant,
        span.day(min(differs)) if differs else None,
        profile,
        seed,
        span.first,
        last,
    )


def _onset(plan: Days, days: int, asked: int | None, rng: np.random.Generator) -> tuple[int, int]:
    """Return the onset day, and for how many days after it sessions still come."""
    lot, stop = rng.random(), int(rng.integers(0, 3))
    if asked is not None:
        if not days - 60 <= asked < days:
            raise UsageError("The onset of a made-up history lies in its last 60 days; ask for another date.")
        return asked, stop
    run = np.flatnonzero(plan.km[:, 0] > 0)
    late = run[run >= days - _ONSET_DAYS]
    return int(late[int(lot * len(late))] if len(late) else run[-1]), stop
