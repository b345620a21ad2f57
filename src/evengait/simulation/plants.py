"""What can be planted before an onset: one known cause, so that a search can be asked whether it finds it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from evengait.simulation.days import LONG, NONE, Days, week_template
from evengait.simulation.shoes import kilometres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.calendar import Calendar
    from evengait.simulation.gait import DayGait
    from evengait.simulation.ground import Ground
    from evengait.simulation.profile import RunnerProfile
    from evengait.simulation.shoes import Rotation
    from evengait.simulation.weeks import Weeks

    Floats = NDArray[np.float64]

Kind = Literal["session_spike", "no_down_week", "all_pavement", "descents", "old_shoe", "balance_shift"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Plant:
    """One planted cause.

    Attributes
    ----------
    kind : str
        ``session_spike``: one run of ``size`` times the longest of the 30 days before it, on the onset day or the day
        before. ``no_down_week``: at the onset, the last down week ended ``size`` weeks ago; the weeks since keep the
        usual distance of a plain week. ``all_pavement``: over the 21 days to the onset every run moves from its own
        paved share towards 1, by ``size`` of the way. ``descents``: the 7 days to the onset hold ``size`` times the
        runner's usual (median) 7-day descent, with no more climb, as with a lift up. ``old_shoe``: a road pair kept
        to ``size`` times its usual distance, and worn on every road run of the last 21 days. ``balance_shift``: the
        left share rises by ``size`` percentage points 10 to 16 days before the onset, and stays.
    size : float
        See ``OBVIOUS`` and ``FADING``.
    """

    kind: Kind
    size: float


OBVIOUS: dict[Kind, float] = {
    "session_spike": 1.8,
    "no_down_week": 8.0,
    "all_pavement": 1.0,
    "descents": 4.0,
    "old_shoe": 1.8,
    "balance_shift": 2.0,
}
"""The sizes a coach would point at: nearly twice the longest run; two down weeks left out; no trail at all for three
weeks after half; four weeks' descent in one; a pair at 1,300 km whose forerunners went at 720; two percentage
points, where days differ by 0.25 to 0.5."""

FADING: dict[Kind, tuple[float, ...]] = {
    "session_spike": (1.8, 1.5, 1.3, 1.15, 1.0),
    "no_down_week": (8.0, 7.0, 6.0, 5.0),
    "all_pavement": (1.0, 0.75, 0.5, 0.25, 0.0),
    "descents": (4.0, 3.0, 2.0, 1.5, 1.0),
    "old_shoe": (1.8, 1.6, 1.4, 1.2, 1.0),
    "balance_shift": (2.0, 1.5, 1.0, 0.5, 0.0),
}
"""Each cause from obvious down to as good as none."""

_PAVEMENT_DAYS = _SHOE_DAYS = 21


def on_days(
    plant: Plant,
    profile: RunnerProfile,
    calendar: Calendar,
    weeks: Weeks,
    days: Days,
    onset: int,
    rng: np.random.Generator,
) -> tuple[Days, int]:
    """Plant what concerns distance; return the days, and the first day that differs (the onset if none)."""
    if plant.kind == "session_spike":
        return _spike(plant.size, days, onset, rng)
    if plant.kind == "no_down_week":
        return _no_down_week(int(plant.size), profile, calendar, weeks, days, onset, rng)
    return days, onset


def _spike(size: float, days: Days, onset: int, rng: np.random.Generator) -> tuple[Days, int]:
    day_before = rng.random() < 0.3 and days.km[onset - 1, 0] > 0
    day = onset - 1 if day_before else onset
    km, kind = days.km.copy(), days.kind.copy()
    km[day] = size * km[day - 30 : day].max(), 0.0
    kind[day] = LONG, NONE
    return Days(km, kind), day


def _no_down_week(
    size: int,
    profile: RunnerProfile,
    calendar: Calendar,
    weeks: Weeks,
    days: Days,
    onset: int,
    rng: np.random.Generator,
) -> tuple[Days, int]:
    """End a down week ``size`` weeks before the onset; from there on run plain weeks, none far below the others."""
    km, kind = days.km.copy(), days.kind.copy()
    begin = onset - 7 * size + 1
    month = km[begin - 35 : begin - 7].sum() / 4
    down = slice(begin - 7, begin)
    km[down] *= min(1.0, 0.72 * month / max(km[down].sum(), 1e-9))
    share, plain = week_template(profile)
    place = calendar.weekday[begin : onset + 1]
    week = calendar.week[begin : onset + 1]
    usual = np.maximum(weeks.usual_km[week], 0.95 * month) * np.exp(rng.normal(0, 0.03, calendar.weeks))[week]
    run = share[place] * usual * np.exp(rng.normal(0, 0.05, len(place)))
    km[begin : onset + 1] = np.stack([run, 0 * run], axis=1)
    kind[begin : onset + 1] = np.stack([plain[place], 0 * place], axis=1)
    if km[onset, 0] == 0:  # the onset is a run day, even where the plain week rests
        km[onset, 0], kind[onset, 0] = days.km[onset, 0], days.kind[onset, 0]
    return Days(km, kind), begin - 7


def on_ground(
    plant: Plant, profile: RunnerProfile, days: Days, ground: Ground, onset: int
) -> tuple[Ground, int]:
    """Plant what concerns the ground; return it, and the first day that differs (the onset if none)."""
    if plant.kind == "all_pavement":
        begin = onset - _PAVEMENT_DAYS + 1
        window = slice(begin, onset + 1)
        paved, ascent, descent = ground.paved.copy(), ground.ascent_m.copy(), ground.descent_m.copy()
        paved[window] += plant.size * (1 - paved[window])
        road = ground.trail[window] * plant.size * (1 - min(1.0, profile.climb_road / profile.climb_trail))
        ascent[window] *= 1 - road
        descent[window] *= 1 - road
        trail = ground.trail.copy()
        trail[window] &= paved[window] < 0.6
        return replace(ground, paved=paved, trail=trail, ascent_m=ascent, descent_m=descent), begin
    if plant.kind == "descents":
        descent = np.where(days.km > 0, ground.descent_m, 0.0)
        weekly = np.convolve(descent.sum(axis=1), np.ones(7))[6 : onset - 7]
        usual = float(np.median(weekly[weekly > 0][-364:]))
        window = slice(onset - 6, onset + 1)
        share = days.km[window] / days.km[window].sum()
        descent[window] = 0.5 * share * plant.size * usual + 0.5 * _to_sum(
            descent[window], plant.size * usual, share
        )
        return replace(ground, descent_m=descent), onset - 6
    return ground, onset


def _to_sum(values: Floats, total: float, share: Floats) -> Floats:
    whole = values.sum()
    return values / whole * total if whole > 0 else share * total


def on_shoes(
    plant: Plant, profile: RunnerProfile, days: Days, rotation: Rotation, onset: int
) -> tuple[Rotation, int]:
    """Plant what concerns shoes; return the rotation, and the first day that differs (the onset if none)."""
    if plant.kind != "old_shoe":
        return rotation, onset
    road = rotation.slot < profile.road_pairs
    early = rotation.early.copy()
    slot = rotation.slot.copy()
    late = slice(onset - _SHOE_DAYS + 1, None)
    slot[late][road[late]] = 0
    on_it = kilometres(np.where(slot == 0, days.km, 0.0))
    at_onset = float(on_it[onset, 0])
    bought = at_onset - plant.size * profile.retire_km
    changed = rotation.changed_at_km.copy()
    lives = rotation.changed_at_km[0]
    # The last change before the pair was bought moves to that day unless it is far off: then one pair had a short life.
    kept = lives[lives < bought]
    if len(kept) and bought - kept[-1] < 0.3 * profile.retire_km:
        kept = kept[:-1]
    row = np.full(len(lives), np.inf)
    row[: len(kept)] = kept
    row[len(kept)] = bought
    changed[0] = row
    begin = int(np.argmax(on_it.max(axis=1) >= max(0.0, min(bought, lives[len(kept)]) - 90)))
    early[begin:] &= slot[begin:] != 0
    return replace(rotation, slot=slot, changed_at_km=changed, early=early), begin


def on_gait(plant: Plant, gait: DayGait, onset: int, rng: np.random.Generator) -> tuple[DayGait, int]:
    """Plant what concerns gait; return it, and the first day that differs (the onset if none)."""
    if plant.kind != "balance_shift":
        return gait, onset
    begin = onset - int(rng.integers(10, 17))
    return replace(gait, balance=gait.balance + plant.size * (np.arange(len(gait.balance)) >= begin)), begin
