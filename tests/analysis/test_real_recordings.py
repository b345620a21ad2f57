"""Session metrics against what the devices themselves say, over every recording at hand."""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from evengait.analysis.session import summarise
from evengait.core.errors import IngestError
from evengait.ingest.fit import read

if TYPE_CHECKING:
    from pathlib import Path

    from evengait.core.recording import DeviceTotals

    Row = tuple[str, dict[str, object], DeviceTotals]

ON_FOOT = ("running", "walking", "hiking")


@cache
def summaries(folder: Path) -> list[Row]:
    """Return sport, metrics and device totals of every bout of every FIT file."""
    out = []
    for path in sorted(folder.rglob("*")):
        if path.name.lower().endswith((".fit", ".fit.gz")):
            content = path.read_bytes()
            try:
                recording = read(gzip.decompress(content) if path.suffix == ".gz" else content)
            except IngestError:
                continue
            out += [(bout.sport, summarise(bout), bout.totals) for bout in recording.bouts]
    return out


def ratios(rows: list[Row], sports: tuple[str, ...], metric: str, total: str, least: float) -> np.ndarray:
    """Return metric over device total for the bouts that have both."""
    pairs = [(row[metric], getattr(said, total)) for sport, row, said in rows if sport in sports]
    return np.array([ours / theirs for ours, theirs in pairs if ours is not None and (theirs or 0) > least])  # type: ignore[operator]


@pytest.fixture(scope="session")
def rows(shared: Path) -> list[Row]:
    return summaries(shared / "data")


def test_distance_agrees_with_the_devices(rows: list[Row]) -> None:
    found = ratios(rows, ON_FOOT, "distance_m", "distance_m", 500)
    assert len(found) > 100
    assert np.median(found) == pytest.approx(1.0, abs=0.002)
    assert np.mean(np.abs(found - 1) < 0.02) > 0.95


def test_elapsed_time_agrees_and_moving_time_is_within_the_timer(rows: list[Row]) -> None:
    assert np.median(ratios(rows, ON_FOOT, "elapsed_s", "elapsed_s", 300)) == pytest.approx(1.0, abs=0.005)
    found = ratios(rows, ON_FOOT, "moving_s", "timer_s", 300)
    assert np.median(found) == pytest.approx(1.0, abs=0.02)
    assert np.quantile(found, 0.95) < 1.02


def test_climb_agrees_with_the_devices_in_the_median(rows: list[Row]) -> None:
    for metric in ("ascent_m", "descent_m"):
        found = ratios(rows, ("running",), metric, metric, 20)
        assert len(found) > 80
        assert np.median(found) == pytest.approx(1.0, abs=0.1)
        assert np.mean(np.abs(found - 1) < 0.25) > 0.9


def test_steps_and_heart_rate_agree_with_the_devices(rows: list[Row]) -> None:
    assert np.median(ratios(rows, ("running",), "steps", "steps", 1000)) == pytest.approx(1.0, abs=0.02)
    assert np.median(ratios(rows, ON_FOOT, "heart_rate_bpm", "heart_rate_bpm", 40)) == pytest.approx(
        1.0, abs=0.02
    )


def test_a_healthy_runners_balance_has_the_noise_it_is_known_to_have(shared: Path) -> None:
    means = []
    for _, row, _ in summaries(shared / "data" / "balance-series"):
        share, seconds = row["gait_balance_left_pct"], row["gait_seconds"]
        if isinstance(share, np.ndarray) and isinstance(seconds, np.ndarray):
            known = ~np.isnan(share)
            means.append(np.average(share[known], weights=seconds[known]))
    assert len(means) > 80
    assert np.mean(means) == pytest.approx(50.67, abs=0.1)
    assert np.std(means, ddof=1) == pytest.approx(0.32, abs=0.08)
