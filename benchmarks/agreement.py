"""Compare our session metrics with the totals that the devices themselves wrote; print the ratios.

python benchmarks/agreement.py [FOLDER]

FOLDER: FIT files of any makers; by default the folder of real recordings that the tests use.
"""

from __future__ import annotations

import gzip
import os
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from evengait.analysis.session import summarise
from evengait.core.errors import IngestError
from evengait.core.recording import Bout, DeviceTotals
from evengait.ingest.fit import read

PAIRS = {
    "distance_m": "distance_m", "elapsed_s": "elapsed_s", "moving_s": "timer_s", "ascent_m": "ascent_m",
    "descent_m": "descent_m", "steps": "steps", "heart_rate_bpm": "heart_rate_bpm",
}  # fmt: skip
LEAST = {
    "ascent_m": 30.0,
    "descent_m": 30.0,
    "distance_m": 500.0,
    "elapsed_s": 300.0,
    "moving_s": 300.0,
    "steps": 500.0,
}
"""Below this a ratio says nothing."""


def compare(bout: Bout, ratios: dict[str, list[float]]) -> None:
    """Add the ratios of one session on foot; without the device's totals, so that they cannot vouch for themselves."""
    row = summarise(replace(bout, totals=DeviceTotals()))
    for ours, theirs in PAIRS.items():
        said, measured = getattr(bout.totals, theirs), row.get(ours)
        if said and measured is not None and said >= LEAST.get(theirs, 1e-9):
            ratios[ours].append(float(measured) / said)  # type: ignore[arg-type]  # a metric of the row is a number


def main() -> None:
    """Read every FIT file of the folder and print a line a metric."""
    beside = Path(__file__).parents[2] / "shared"
    default = Path(os.environ.get("EVENGAIT_SHARED", beside)) / "data"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    ratios: dict[str, list[float]] = defaultdict(list)
    for path in sorted(p for p in folder.rglob("*") if p.name.lower().endswith((".fit", ".fit.gz"))):
        data = path.read_bytes()
        try:
            bouts = read(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).bouts
        except IngestError:
            continue
        for bout in bouts:
            if bout.sport == "running" and len(bout.samples):
                compare(bout, ratios)
    print("| metric, runs | ours ÷ the device's own: median (middle 80 %) | runs |\n|---|---|--:|")
    for metric, some in ratios.items():
        low, middle, high = np.quantile(some, [0.1, 0.5, 0.9])
        print(f"| `{metric}` | {middle:.3f} ({low:.3f}–{high:.3f}) | {len(some)} |")


if __name__ == "__main__":
    main()
