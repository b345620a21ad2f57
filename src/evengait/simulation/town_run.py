"""A made-up run through a made-up town: where it went, on what ground, and what a watch made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.recording import Samples
from evengait.simulation.smooth import wander
from evengait.simulation.town import degrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.town import Town

    Floats = NDArray[np.float64]

_SEMICIRCLES = 2**31 / 180


@dataclass(frozen=True)
class WatchSettings:
    """What a watch does to a run.

    Attributes
    ----------
    error_m : float
        Standard deviation of its error, east and north alike.  [m]
    memory_s : float
        How long the error takes to forget itself.  [s]
    every_s : int
        Seconds between samples.  [s]
    gaps : int
        Stretches of 60 to 300 m without a position, as in a tunnel.
    """

    error_m: float = 5.0
    memory_s: float = 30.0
    every_s: int = 1
    gaps: int = 0


@dataclass(frozen=True)
class TownRun:
    """A run and its truth.

    Attributes
    ----------
    samples : Samples
        As the watch wrote them: positions and distance.
    along_m : float64 array of shape (samples,)
    ground : array of str, shape (samples,)
        The true ground at each sample.
    mapped : bool array of shape (samples,)
        Whether the map has the way.
    """

    samples: Samples
    along_m: Floats
    ground: NDArray[np.str_]
    mapped: NDArray[np.bool_]


def run_through(town: Town, seed: int, length_m: float, watch: WatchSettings | None = None) -> TownRun:
    """Run through a town, seldom turning round, at about three metres a second.

    Parameters
    ----------
    town : Town
    seed : int
    length_m : float
        About how far.  [m]
    watch : WatchSettings, optional
    """
    rng, watch = np.random.default_rng([seed, 72]), watch or WatchSettings()
    points, owner = _route(town, length_m, rng)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    speed = 3.0 * (1 + 0.08 * wander(rng, int(along[-1] / 2) + 10, 60))
    gone = np.cumsum(np.maximum(speed, 1.0))
    gone = np.concatenate([[0.0], gone[gone < along[-1]]])[:: watch.every_s]
    edge = owner[np.clip(np.searchsorted(along, gone, side="right") - 1, 0, len(owner) - 1)]
    true = np.stack([np.interp(gone, along, points[:, k]) for k in (0, 1)], axis=1)
    true += _aside(town, edge, gone, true, rng)
    seen = true + _error(len(gone), watch, rng)
    lat, lon = degrees(seen, town.corner)
    known = np.ones(len(gone), bool)
    for _ in range(watch.gaps):
        begin = rng.uniform(0.1, 0.85) * gone[-1]
        known &= ~((gone > begin) & (gone < begin + rng.uniform(60, 300)))
    columns = {
        "lat_semicircles": (np.rint(lat * _SEMICIRCLES).astype(np.int64), known),
        "lon_semicircles": (np.rint(lon * _SEMICIRCLES).astype(np.int64), known),
        "distance_m_x100": (np.rint(gone * 100).astype(np.int64), None),
    }
    clock = np.arange(len(gone), dtype=np.int64) * watch.every_s * 1_000_000
    ways = town.ways
    return TownRun(
        Samples(clock, columns),
        gone,
        np.array([way.ground for way in ways])[edge],
        np.array([way.tags is not None for way in ways])[edge],
    )


def _route(town: Town, length_m: float, rng: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    node = int(rng.choice([n for n, ways in town.at.items() if len(ways) > 2]))
    last, gone = -1, 0.0
    points, owner = [], []
    while gone < length_m:
        choices = [number for number in town.at[node] if number != last] or [last]
        liked = np.array([town.ways[number].liked for number in choices])
        number = int(rng.choice(choices, p=liked / liked.sum()))
        way = town.ways[number]
        line = way.points if way.ends[0] == node else way.points[::-1]
        node = way.ends[1] if way.ends[0] == node else way.ends[0]
        if way.oval:  # round and round, and out where she came in
            halves = [town.ways[n].points for n in town.at[node] if town.ways[n].oval]
            line = np.concatenate(halves * int(rng.integers(1, 13)))
            node = way.ends[0] if town.ways[last].ends[1] == way.ends[0] else way.ends[1]
        points.append(line)
        owner.append(np.full(len(line), number))
        gone += float(np.hypot(*np.diff(line, axis=0).T).sum())
        last = number
    return np.concatenate(points), np.concatenate(owner)


def _aside(
    town: Town, edge: NDArray[np.int64], gone: Floats, true: Floats, rng: np.random.Generator
) -> Floats:
    """Return how far beside the middle of each way she runs: some hundred metres on one side, then the other."""
    room = np.array([way.side_m for way in town.ways])[edge]
    side = np.sign(wander(rng, len(gone), 400)) * rng.uniform(0.5, 1.0)
    width = np.convolve(side * room, np.ones(9) / 9, mode="same")
    ahead = np.gradient(true, axis=0)
    size = np.maximum(np.hypot(*ahead.T), 1e-6)
    out: Floats = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1) / size[:, None] * width[:, None]
    return out


def _error(count: int, watch: WatchSettings, rng: np.random.Generator) -> Floats:
    """Return an error most of which is slow, and a tenth (of the variance) new every few seconds."""
    keep = np.exp(-watch.every_s / np.array([watch.memory_s, 3.0]))
    shares = np.sqrt([0.9, 0.1])
    out = np.zeros((count, 2))
    for left, share in zip(keep, shares, strict=True):
        steps = rng.standard_normal((count, 2)) * np.sqrt(1 - left * left)
        steps[0] = rng.standard_normal(2)
        slow = np.empty_like(steps)
        now = np.zeros(2)
        for i, step in enumerate(steps):
            now = now * left + step if i else step
            slow[i] = now
        out += share * slow
    return watch.error_m * out
