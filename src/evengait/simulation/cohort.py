"""A made-up cohort of runners with known hazards: sessions by date, first overuse injuries, other ends of follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from evengait.core.spike import EDGES, state_of

FIRST = date(2019, 7, 1)
RUNNERS, SESSIONS, DAYS, INJURED = 5_205, 588_071, 548, 0.35
"""The size of the 5,205-runner study: doi 10.1136/bjsports-2024-109380."""
HAZARD_RATIOS = (1.0, 1.64, 1.52, 2.28)
WINDOW_DAYS = 30
CHUNK = 1_000
STEPS = 40
"""In which the share of runners who stay to the end is tried."""
RACES = 0.013
"""Of the sessions, that are a race or a day out."""


@dataclass(frozen=True)
class MadeUpCohort:
    """A cohort and what it was made from.

    Attributes
    ----------
    sessions : DataFrame
        runner (str), local_date (date), distance_m (float64); sorted by runner and date.
    runners : DataFrame
        runner (str), entered (date), ended (date), injured (bool): whether follow-up ended with an overuse injury.
    hazard_ratios : tuple of float
        Of the four spike states, the first 1.
    """

    sessions: pl.DataFrame
    runners: pl.DataFrame
    hazard_ratios: tuple[float, ...]


def simulate_cohort(
    runners: int = RUNNERS,
    *,
    seed: int,
    hazard_ratios: tuple[float, ...] = HAZARD_RATIOS,
    days: int = DAYS,
    injured: float = INJURED,
    sessions: int | None = None,
    frailty_sd: float = 0.0,
) -> MadeUpCohort:
    """Make a cohort up.

    Each runner has her own number of runs a week, usual distance, long runs, breaks and slow building; spikes come
    about by themselves. At each session the hazard of an injury is the baseline times the ratio of the session's spike
    state.

    Parameters
    ----------
    sessions : int, optional
        Follow-up of uninjured runners is cut at random until so many sessions are left; as many as there are otherwise.
        For a cohort of 5,205 left out, the 588,071 of the study.
    frailty_sd : float
        Spread of runners' own log hazards, unknown to the analysis.

    Returns
    -------
    MadeUpCohort
    """
    rng = np.random.default_rng(seed)
    parts = [
        _runs(start, min(CHUNK, runners - start), days, np.random.default_rng([seed, start]))
        for start in range(0, runners, CHUNK)
    ]
    who, day, metres, spike = (np.concatenate(column) for column in zip(*parts, strict=True))
    state = state_of(spike)
    ratio = np.where(state >= 0, np.array(hazard_ratios)[np.maximum(state, 0)], 1.0)
    if frailty_sd:
        ratio = ratio * np.exp(rng.normal(-(frailty_sd**2) / 2, frailty_sd, runners))[who]
    order = np.argsort(who * 10_000 + day, kind="stable")
    who, day, metres, ratio = who[order], day[order], metres[order], ratio[order]
    asked = SESSIONS if sessions is None and runners == RUNNERS and days == DAYS else sessions
    chance, stay = rng.random(len(who)), rng.random(runners)
    # Who leaves early, and when, has nothing to do with injuries; how many do follows from the sessions asked for.
    low, high = 0, STEPS
    while asked is not None and low < high:
        middle = (low + high) // 2
        leaves = _leaving(stay, middle / STEPS, days)
        followed, _ = _followed(who, day, ratio, chance, leaves, runners, injured)
        low, high = (low, middle) if len(followed) >= asked else (middle + 1, high)
    stays = 1.0 if asked is None else min(low / STEPS, 1.0)
    kept, was_hit = _followed(who, day, ratio, chance, _leaving(stay, stays, days), runners, injured)
    who, day, metres = who[kept], day[kept], metres[kept]
    if asked is not None and asked < len(who):
        left = _cut(who, was_hit, len(who) - asked, rng)
        who, day, metres = who[left], day[left], metres[left]
    last = np.zeros(runners, np.int64)
    np.maximum.at(last, who, day)
    names = np.array([f"r{number:06d}" for number in range(runners)])
    epoch = (FIRST - date(1970, 1, 1)).days
    table = pl.DataFrame(
        {"runner": names[who], "local_date": (day + epoch).astype(np.int32), "distance_m": metres}
    )
    people = pl.DataFrame(
        {
            "runner": names,
            "entered": np.full(runners, epoch, np.int32),
            "ended": (last + epoch).astype(np.int32),
            "injured": was_hit,
        }
    )
    return MadeUpCohort(
        table.with_columns(pl.col("local_date").cast(pl.Date)),
        people.with_columns(pl.col("entered", "ended").cast(pl.Date)),
        hazard_ratios,
    )


def _runs(
    start: int, count: int, days: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return runner, day, metres and spike ratio (NaN = unknown) of some runners' sessions."""
    per_day = np.clip(rng.gamma(5.0, 0.085, count), 0.06, 0.95)[:, None]
    season = 1 + 0.25 * np.sin(2 * np.pi * (np.arange(days)[None, :] / 365 + rng.random((count, 1))))
    ran = rng.random((count, days)) < per_day * season
    for _ in range(2):
        # A break of one to five weeks, for most runners.
        begins, lasts = rng.integers(0, days, count), rng.integers(7, 36, count) * (rng.random(count) < 0.6)
        number = np.arange(days)[None, :]
        ran &= ~((number >= begins[:, None]) & (number < (begins + lasts)[:, None]))
    usual = rng.lognormal(np.log(7_200), 0.35, count)[:, None]
    growth = 1 + np.linspace(0, 1, days)[None, :] * rng.normal(0.06, 0.15, count)[:, None]
    metres = usual * growth * rng.lognormal(0, 0.30, (count, days))
    long_run = (np.arange(days)[None, :] % 7 == rng.integers(0, 7, (count, 1))) & (
        rng.random((count, days)) < 0.7
    )
    metres *= np.where(long_run, rng.normal(1.55, 0.12, (count, 1)), 1.0)
    # Now and then a race or a day out, far beyond the others: so often that 2.6, 2.2 and 0.8 % of the sessions are
    # small, moderate and large spikes. The widths of the study's intervals imply about 3.6, 2.6 and 0.8 %.
    metres *= np.where(rng.random((count, days)) < RACES, 4.0, 1.0)
    metres = np.where(ran, np.clip(metres, 800, 60_000), 0.0).round(0)
    longest = np.full((count, days), np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(metres, WINDOW_DAYS, axis=1)
    longest[:, WINDOW_DAYS:] = windows[:, :-1].max(axis=2)
    longest[longest == 0] = np.nan
    rows, columns = np.nonzero(ran)
    return rows + start, columns, metres[rows, columns], (metres / longest)[rows, columns]


def _leaving(stay: np.ndarray, share: float, days: int) -> np.ndarray:
    """Return the day on which each runner leaves: beyond the end for those who stay, even over time for the others."""
    return np.where(stay < 1 - share, days * stay / max(1 - share, 1e-9), days + 1.0)


def _followed(
    who: np.ndarray,
    day: np.ndarray,
    ratio: np.ndarray,
    chance: np.ndarray,
    leaves: np.ndarray,
    runners: int,
    injured: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of the sessions in follow-up, and which runners were injured at the last of theirs."""
    here = np.flatnonzero(day <= leaves[who])
    base = _baseline(who[here], ratio[here], runners, injured)
    hit = here[chance[here] < -np.expm1(-base * ratio[here])]
    first_hit = np.full(runners, len(who))
    np.minimum.at(first_hit, who[hit], hit)
    return here[here <= first_hit[who[here]]], first_hit < len(who)


def _baseline(who: np.ndarray, ratio: np.ndarray, runners: int, injured: float) -> float:
    """Return the hazard of a session in the first state at which the wanted share of runners is injured."""
    exposure = np.bincount(who, weights=ratio, minlength=runners)
    low, high = 1e-7, 1.0
    for _ in range(60):
        middle = (low * high) ** 0.5
        share = -np.expm1(-middle * exposure).mean()
        low, high = (middle, high) if share < injured else (low, middle)
    return float((low * high) ** 0.5)


def _cut(who: np.ndarray, was_hit: np.ndarray, excess: int, rng: np.random.Generator) -> np.ndarray:
    """Return which sessions are left when uninjured runners drop out early, at random, until the excess is gone."""
    counts = np.bincount(who, minlength=len(was_hit))
    drop = np.zeros(len(was_hit), np.int64)
    for runner in rng.permutation(np.flatnonzero(~was_hit)):
        if excess == 0:
            break
        drop[runner] = min(excess, rng.integers(0, counts[runner]) if counts[runner] else 0)
        excess -= drop[runner]
    order = np.arange(len(who)) - np.concatenate([[0], np.cumsum(counts)[:-1]])[who]
    return np.asarray(order < (counts - drop)[who])


__all__ = ["EDGES", "MadeUpCohort", "simulate_cohort"]
