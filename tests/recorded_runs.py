"""Made-up runs as several devices would record them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.same_run.trace import trace_of
from evengait.core.recording import Samples
from evengait.core.same_run import Brief
from evengait.knowledge.same_run import same_run_limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMITS = same_run_limits()
NOON = 1_783_000_800
"""A whole multiple of 20 s, in seconds since 1970."""

_SEMICIRCLES = 2**31 / 180 / 111_195


class Run:
    """One made-up person on one made-up way: where, how fast and with what pulse, second by second."""

    def __init__(self, seed: int, seconds: int = 3600, *, way: int | None = None, pace: float = 3.2) -> None:
        person = np.random.default_rng(seed)
        course = np.random.default_rng(seed if way is None else way)
        heading = np.cumsum(course.normal(0, 0.05, 40_000))
        metres = np.cumsum(np.clip(pace + _slow(person, seconds, 0.25), 1.2, 6.0))
        at = np.clip(metres, 0, len(heading) - 1)
        self.clock = NOON + np.arange(seconds)
        self.north = np.interp(at, np.arange(len(heading)), np.cumsum(np.cos(heading)))
        self.east = np.interp(at, np.arange(len(heading)), np.cumsum(np.sin(heading)))
        self.metres = metres
        self.pulse = 150 + _slow(person, seconds, 9) + person.uniform(-12, 12)
        self.steps = 172 + _slow(person, seconds, 3) + person.uniform(-8, 8)

    def recorded(
        self,
        seed: int,
        *,
        begin: int = 0,
        end: int | None = None,
        every: int = 1,
        shift: int = 0,
        noise_m: float = 4.0,
        columns: str = "place pulse steps",
    ) -> Samples:
        """Return what a device makes of it."""
        chance = np.random.default_rng(seed)
        take = slice(begin, end, every)
        clock = self.clock[take]
        n = len(clock)
        found: dict[str, tuple[NDArray[np.integer], None]] = {}
        if "place" in columns:
            for name, way, size in (("lat", self.north, 1.0), ("lon", self.east, 1 / np.cos(np.radians(50)))):
                wander = noise_m * np.sin(np.arange(n) * every / 90 + chance.uniform(0, 6))
                base = 50 if name == "lat" else 8
                found[f"{name}_semicircles"] = (
                    (base * 2**31 / 180 + (way[take] + wander) * size * _SEMICIRCLES).astype(np.int32), None
                )  # fmt: skip
        if "pulse" in columns:
            found["heart_rate_bpm"] = ((self.pulse[take] + chance.normal(0, 1, n)).astype(np.int16), None)
        if "steps" in columns:
            found["step_rate_spm_x64"] = (
                ((self.steps[take] + chance.normal(0, 1, n)) * 64).astype(np.int32),
                None,
            )
        if "balance" in columns:
            found["balance_left_pct_x100"] = ((5050 + chance.normal(0, 20, n)).astype(np.int32), None)
        if "distance" in columns:
            found["distance_m_x100"] = ((self.metres[take] * 100).astype(np.int32), None)
        return Samples((clock + shift) * 1_000_000, found)


def brief(name: str, samples: Samples, sport: str = "running") -> Brief:
    """Return what the archive would keep of a recording."""
    clock = samples.timestamp_us
    columns = frozenset(samples.columns)
    return Brief(name, int(clock[0]), int(clock[-1]), sport, len(clock), columns, trace_of(samples, LIMITS))


def _slow(chance: np.random.Generator, n: int, size: float) -> NDArray[np.float64]:
    """Return a smooth wandering line of the given standard deviation."""
    coarse = np.cumsum(chance.normal(0, 1, n // 60 + 2))
    line = np.interp(
        np.arange(n), np.arange(len(coarse)) * 60, coarse - np.linspace(coarse[0], coarse[-1], len(coarse))
    )
    return line / max(1e-9, line.std()) * size
