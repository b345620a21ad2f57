"""Recordings of walking and running whose truth is known, as a watch writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.recording import Bout, Samples
from evengait.ingest.fit.encode import encode_activity

if TYPE_CHECKING:
    from pathlib import Path

GAITS = {"walk": (1.5, 112.0), "run": (2.7, 166.0), "stand": (0.0, 0.0)}


def recorded(parts: list[tuple[str, int]], day: date, *, sport: str = "running", seed: int = 1) -> Bout:
    """Return a bout of walking and running at seven in the morning, UTC; ``parts``: gait and seconds."""
    rng = np.random.default_rng(seed)
    truth = np.concatenate([np.full(seconds, index) for index, (_, seconds) in enumerate(parts)])
    pace = np.array([GAITS[kind][0] for kind, _ in parts])[truth]
    rate = np.array([GAITS[kind][1] for kind, _ in parts])[truth]
    said = np.maximum(0, pace + rng.normal(0, 0.1, len(truth)) * (pace > 0))
    start = int(datetime(day.year, day.month, day.day, 7, tzinfo=UTC).timestamp()) * 1_000_000
    columns = {
        "distance_m_x100": (np.cumsum(100 * said).astype(np.int32), None),
        "speed_m_s_x1000": ((1000 * said).astype(np.int32), None),
        "step_rate_spm_x64": ((64 * rate).astype(np.int32), None),
    }
    return Bout(start, sport, Samples(start + np.arange(len(truth)) * 1_000_000, columns), utc_offset_s=0)


def recording(folder: Path, parts: list[tuple[str, int]], day: date, *, sport: str = "running") -> Path:
    """Write :func:`recorded` as a FIT file and return it."""
    file = folder / f"{day}-{sport}.fit"
    file.write_bytes(encode_activity(recorded(parts, day, sport=sport)))
    return file


def ladder(walk_min: int, run_min: int) -> list[tuple[str, int]]:
    """Return six times walking and running."""
    return [("walk", 60 * walk_min), ("run", 60 * run_min)] * 6
