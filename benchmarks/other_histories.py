"""Made-up histories of another make, to check the search on what it was not built beside.

Nothing here comes from ``evengait.simulation``: no week template, no planned build-up. A runner is a set of chances:
to run on each weekday, to take each of a few routes, to grab each pair. The load is a product of a season, a slow
autoregressive level, phases that come and go, lognormal weeks and heavy-tailed runs. Weeks are missed, holidays cut,
a watch is changed. Plausible, not measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from evengait.core.columns import polars_schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LAST = date(2026, 11, 8)
OBVIOUS = {
    "session_spike": 1.8,
    "no_down_week": 8.0,
    "all_pavement": 1.0,
    "descents": 4.0,
    "old_shoe": 1.8,
    "balance_shift": 2.0,
}
"""The sizes that the first study calls obvious."""


@dataclass(frozen=True)
class History:
    """Sessions and the day the pain began."""

    sessions: pl.DataFrame
    onset: date


def other_history(seed: int, days: int = 760, kind: str | None = None, size: float = 0.0) -> History:
    """Make up a history that ends with an onset, with nothing planted or one cause.

    Parameters
    ----------
    seed : int
    days : int
    kind : str or None
        A key of ``OBVIOUS``; the runner is then one whose archive holds what shows it.
    size : float
        As in the first study.
    """
    rng = np.random.default_rng([seed, 77])
    km, plain = _distances(rng, days, regular=kind == "no_down_week")
    onset = int(rng.choice(np.flatnonzero(km[-21:] > 0) + days - 21)) if (km[-21:] > 0).any() else days - 1
    if kind == "session_spike":
        km[onset] = size * km[onset - 30 : onset].max()
    if kind == "no_down_week":
        begin = onset - 7 * int(size) + 1
        month = km[begin - 35 : begin - 7].sum() / 4
        km[begin - 7 : begin] *= min(1.0, 0.65 * month / max(km[begin - 7 : begin].sum(), 1e-9))
        weekday = np.arange(begin, onset + 1) % 7
        km[begin : onset + 1] = (
            plain[weekday] / plain.sum() * month * np.exp(rng.normal(0, 0.05, len(weekday)))
        )
        km[onset] = max(km[onset], month / 10)  # the onset is a run day
    paved, climb = _routes(rng, km, half=kind == "all_pavement")
    climbed = km * climb
    descent = climbed * np.exp(rng.normal(0, 0.1, days))
    if kind == "all_pavement":
        paved[onset - 20 : onset + 1] += size * (1 - paved[onset - 20 : onset + 1])
    if kind == "descents":
        weekly = np.convolve(descent, np.ones(7))[6:days]
        week = slice(onset - 6, onset + 1)
        usual_week = np.median(weekly[max(0, onset - 371) : onset - 7])
        descent[week] *= size * usual_week / max(descent[week].sum(), 1e-9)
    shoe = _shoes(rng, km, plain.sum(), onset, size if kind == "old_shoe" else None)
    balance = 50 + rng.normal(0, 0.8) + _walk(rng, days, 0.4, 0.3)
    if kind == "balance_shift":
        balance[onset - 12 :] += size
    return History(_sessions(rng, km, onset, kind, paved, climbed, descent, shoe, balance), _day(onset, days))


def _day(index: int, days: int) -> date:
    return LAST - timedelta(days=days - 1 - int(index))


def _walk(rng: np.random.Generator, days: int, noise: float, drift_a_year: float) -> Floats:
    """Heavy-tailed noise that remembers yesterday a little, on a slow random walk."""
    out = rng.standard_t(5, days) * noise * 0.75
    out[1:] += 0.3 * out[:-1]
    return out + np.cumsum(rng.normal(0, drift_a_year / np.sqrt(365), days))


def _distances(rng: np.random.Generator, days: int, *, regular: bool) -> tuple[Floats, Floats]:
    """Return each day's kilometres, and what each weekday holds on average in a plain week."""
    weeks = days // 7 + 2
    week_km = float(rng.lognormal(np.log(50), 0.4))
    level, phase, state = np.zeros(weeks), np.zeros(weeks), 0
    for week in range(1, weeks):
        level[week] = 0.93 * level[week - 1] + rng.normal(0, 0.05)
        if rng.random() < (0.06, 0.1, 0.25)[state]:
            state = int(rng.integers(0, 3))  # hold, build, rest
        phase[week] = np.clip(0.7 * phase[week - 1] + (0.0, 0.07, -0.15)[state], -0.6, 0.35)
    season = rng.uniform(0, 0.2) * np.sin(2 * np.pi * (np.arange(weeks) / 52 + rng.random()))
    load = np.exp(season + level + phase + rng.normal(0, 0.05 if regular else rng.uniform(0.1, 0.25), weeks))
    every = int(rng.integers(3, 6))
    if regular:
        load = np.exp(season + level + rng.normal(0, 0.05, weeks))
        load[int(rng.integers(0, every)) :: every] *= 0.62
    elif rng.random() < 0.5:
        load[rng.random(weeks) < 1 / every] *= rng.uniform(0.55, 0.8)
    lost = rng.random(weeks) < (0.02 if regular else 0.04)
    load[lost] *= rng.choice([0.0, 0.0, 0.3], np.count_nonzero(lost))
    for start in rng.integers(0, weeks, rng.poisson(1.5 * days / 365)).tolist():
        load[start : start + int(rng.integers(1, 3))] *= rng.uniform(0, 0.6)
    if rng.random() < 0.15:  # recordings lost: five to eight weeks nobody knows of
        start = int(rng.integers(0, weeks - 20))
        load[start : start + int(rng.integers(5, 9))] = 0.0
    weekday = np.arange(days) % 7
    chance = np.clip(rng.beta(2, 1.2, 7), 0.1, 0.97)
    if regular:  # fixed days, so that a week is down because it was meant to be
        chance = np.where(chance > 0.4, 0.98, 0.0)
    weight = rng.lognormal(0, 0.25, 7)
    weight[rng.integers(5, 7)] *= rng.uniform(1.5, 2.2)
    run = rng.random(days) < chance[weekday]
    share = weight[weekday] / (weight * chance).sum()
    heavy = np.exp((0.05 if regular else 0.15) * np.clip(rng.standard_t(3, days), -6, 6))
    km = np.where(run, week_km * load[np.arange(days) // 7] * share * heavy, 0.0)
    for race in rng.integers(0, days, rng.poisson(2.5 * days / 365)).tolist():
        km[race] = rng.choice([10.0, 15.0, 21.1, 42.2], p=[0.45, 0.2, 0.25, 0.1])
    return np.where(km < 2.0, 0.0, km), week_km * weight * chance / (weight * chance).sum()


def _routes(rng: np.random.Generator, km: Floats, *, half: bool) -> tuple[Floats, Floats]:
    """Return the paved share and the climb per kilometre of the day's route; likings drift over the months."""
    count = int(rng.integers(3, 7))
    paved = rng.beta(0.6, 0.5, count)
    climb = rng.lognormal(np.log(9), 0.5, count) * (1.8 - paved)
    if half:
        paved = np.clip(np.arange(count) % 2 + rng.normal(0, 0.08, count), 0, 1)
    liking = np.cumsum(rng.normal(0, 0.03, (len(km), count)), axis=0) + rng.normal(
        0, 0.0 if half else 0.8, count
    )
    chance = np.exp(liking) / np.exp(liking).sum(axis=1, keepdims=True)
    route = (rng.random(len(km))[:, None] > np.cumsum(chance, axis=1)).sum(axis=1).clip(0, count - 1)
    ground = np.clip(paved[route] + rng.normal(0, 0.05, len(km)), 0, 1)
    return ground, climb[route] * np.exp(rng.normal(0, 0.3, len(km)))


def _shoes(rng: np.random.Generator, km: Floats, week_km: float, onset: int, past: float | None) -> list[str]:
    """Return each day's pair: a place grabbed by habit, a life drawn anew for each pair.

    Where a pair is to be worn past its time, one place holds it, and it is worn throughout the last three weeks.
    """
    places = 1 + int(week_km > 35) * int(rng.integers(0, 2)) + int(week_km > 60) * int(rng.integers(0, 2))
    liking = rng.dirichlet(np.arange(places, 0, -1) * 2.0)
    life = float(rng.uniform(500, 850))
    place, grabbed = np.zeros(len(km), dtype=np.int64), 0
    for day in range(len(km)):
        grabbed = grabbed if rng.random() < 0.4 else int(rng.choice(places, p=liking))
        place[day] = grabbed
    main = int(np.argmax(liking))
    if past is not None:
        place[onset - 20 :] = main
    number = np.zeros(len(km), dtype=np.int64)
    for at in range(places):
        on_it = np.cumsum(np.where(place == at, km, 0.0))
        ends = np.cumsum(life * rng.lognormal(0, 0.18, 60)) - rng.uniform(0, 0.95) * life
        if past is not None and at == main:
            bought = on_it[onset] - past * life
            ends = np.append(ends[ends < bought - 0.3 * life], [bought])
        number[place == at] = np.searchsorted(ends, on_it[place == at])
    return [f"pair {at}-{pair}" for at, pair in zip(place.tolist(), number.tolist(), strict=True)]


def _sessions(
    rng: np.random.Generator,
    km: Floats,
    onset: int,
    kind: str | None,
    paved: Floats,
    climb: Floats,
    descent: Floats,
    shoe: list[str],
    balance: Floats,
) -> pl.DataFrame:
    days = len(km)
    day = np.flatnonzero((km > 0) & (np.arange(days) <= onset))
    shown_by = {
        "all_pavement": "surface",
        "old_shoe": "shoe",
        "balance_shift": "sensor",
        "descents": "height",
    }
    needs = shown_by.get(kind or "")
    has = {
        what: bool(rng.random() < chance) or what == needs
        for what, chance in {"surface": 0.7, "shoe": 0.8, "sensor": 0.5, "height": 0.95}.items()
    }
    changed = rng.uniform(0.1, 0.9) * days if rng.random() < 0.5 and needs not in ("sensor", "height") else -1
    old = day < changed
    more, step, contact, left = rng.uniform(0.8, 1.3), rng.normal(0, 1), rng.normal(0, 6), rng.normal(0, 0.6)
    speed = rng.normal(2.9, 0.2) * np.exp(rng.normal(0, 0.05, len(day)))
    hard = rng.random(len(day)) < rng.uniform(0.05, 0.25)
    metres = 1000 * km[day]
    centre = (np.arange(40) + 0.5) / 4
    spread = np.exp(-0.5 * ((centre[None, :] - speed[:, None]) / 0.25) ** 2)
    fast = np.exp(-0.5 * ((centre[None, :] - 1.25 * speed[:, None]) / 0.25) ** 2)
    spread += np.where(hard, rng.uniform(0.1, 0.8, len(day)), 0.01)[:, None] * fast
    spread *= (metres / spread.sum(axis=1))[:, None]
    bins = np.stack([np.floor(speed * 4) - 1, np.floor(speed * 4), np.floor(speed * 4) + 1], axis=1).astype(
        int
    )
    off = (bins + 0.5) / 4 - 3.0
    known = rng.random((2, len(day))) < 0.95

    def gait(level: Floats, slope: float, noise: float) -> list[list[float]]:
        values: list[list[float]] = (
            level[day][:, None] + slope * off + rng.normal(0, noise, off.shape)
        ).tolist()
        return values

    def where(values: Any, there: NDArray[np.bool_]) -> list[Any]:
        return [value if ok else None for value, ok in zip(values, there.tolist(), strict=True)]

    everywhere = np.ones(len(day), dtype=bool)
    before = np.arange(days) < changed
    dates = [_day(at, days) for at in day.tolist()]
    columns: dict[str, Any] = {
        "session": [f"other-{at}" for at in day.tolist()],
        "start": [datetime(d.year, d.month, d.day, 18, tzinfo=UTC) for d in dates],
        "local_date": dates,
        "sport": ["running"] * len(day),
        "device": ["watch A" if was else "watch B" for was in old.tolist()],
        "shoe": where([shoe[at] for at in day.tolist()], known[0] if has["shoe"] else ~everywhere),
        "moving_s": metres / speed,
        "distance_m": metres,
        "ascent_m": where((climb[day] * np.where(old, more, 1)).tolist(), everywhere & has["height"]),
        "descent_m": where((descent[day] * np.where(old, more, 1)).tolist(), everywhere & has["height"]),
        "paved_share": where(paved[day].tolist(), known[1] & has["surface"]),
        "speed_hist_m": spread.tolist(),
        "gait_speed_bin": bins.tolist(),
        "gait_seconds": np.repeat((metres / speed / 4)[:, None], 3, axis=1).tolist(),
        "gait_step_rate_spm": gait(170 + _walk(rng, days, 1.2, 1.0) + step * before, 8.0, 0.5),
        "gait_contact_time_ms": where(
            gait(245 + _walk(rng, days, 3.0, 3.0) + contact * before, -38.0, 1.0), everywhere & has["sensor"]
        ),
        "gait_balance_left_pct": where(gait(balance + left * before, 0.1, 0.1), everywhere & has["sensor"]),
    }
    schema = polars_schema("sessions")
    return pl.DataFrame(
        {name: columns.get(name, [None] * len(day)) for name in schema}, schema=schema, strict=False
    )
