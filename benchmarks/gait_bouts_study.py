"""How well walking and running are told apart: made-up sessions whose truth is known, real ones by two witnesses.

    python benchmarks/gait_bouts_study.py [--write]

Real recordings are read where ``EVENGAIT_SHARED`` names a folder of them. ``--write`` puts the tables into
docs/return-to-running.md.
"""

from __future__ import annotations

import csv
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.progression.bouts import gait_bouts
from evengait.core.errors import IngestError
from evengait.core.recording import Bout, Samples
from evengait.ingest import fit
from evengait.knowledge.progression_book import progression

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.progression.bouts import GaitBout

PAGE = Path(__file__).parents[1] / "docs" / "return-to-running.md"
BEGIN, END = "<!-- bouts: begin -->", "<!-- bouts: end -->"
READING = progression().reading
SEEDS = 50
WITNESSES = {
    "step rate and speed, every second": (True, True, 1),
    "step rate alone": (True, False, 1),
    "speed alone": (False, True, 1),
    "distance alone": (False, False, 1),
    "speed every five seconds": (False, True, 5),
}


def made_up(
    stage: tuple[int, int], seed: int, witness: tuple[bool, bool, int]
) -> tuple[Bout, NDArray[np.bool_]]:
    """Return a session of a ladder's stage, and where it was running: other speeds each time, lag and noise."""
    rng = np.random.default_rng(seed)
    walk, run = rng.uniform(1.2, 1.8), rng.uniform(2.2, 3.4)
    truth = np.tile(np.repeat([False, True], [60 * stage[0], 60 * stage[1]]), 6)
    pace = np.where(truth, run, walk)
    lagged = np.convolve(np.pad(pace, (5, 0), mode="edge"), np.full(6, 1 / 6), mode="valid")
    said = np.maximum(
        0.0, lagged + np.convolve(rng.normal(0, 0.35, len(pace) + 4), np.full(5, 0.2), mode="valid")
    )
    rate = np.where(truth, rng.uniform(150, 185), rng.uniform(100, 128)) + rng.normal(0, 3, len(pace))
    steps, speed, every = witness
    columns = {"distance_m_x100": (np.cumsum(100 * said).astype(np.int64), None)}
    if speed:
        columns["speed_m_s_x1000"] = ((1000 * said).astype(np.int64), None)
    if steps:
        columns["step_rate_spm_x64"] = ((64 * rate).astype(np.int64), None)
    kept = np.arange(0, len(truth), every)
    samples = Samples(kept * 1_000_000, {name: (values[kept], None) for name, (values, _) in columns.items()})
    return Bout(0, "running", samples), truth


def seconds_run(bouts: tuple[GaitBout, ...]) -> NDArray[np.bool_]:
    """Return for each second whether it was running."""
    out = np.zeros(int(sum(one.seconds for one in bouts)) + 1, bool)
    for one in bouts:
        out[int(one.start_s) : int(one.start_s + one.seconds)] = one.kind == "run"
    return out


def made_up_table() -> list[str]:
    """Return how far the found running lies from the true one, on the ladder's stages."""
    head = ("what the watch wrote", "seconds right, %", "running time off by, %", "all six runs found, %")
    lines = [f"| {' | '.join(head)} |", "|---|--:|--:|--:|"]
    for words, witness in WITNESSES.items():
        right, off, six = [], [], []
        for stage in ((4, 1), (3, 2), (2, 3), (1, 4)):
            for seed in range(SEEDS):
                bout, truth = made_up(stage, seed, witness)
                found = gait_bouts(bout, READING)
                seen = seconds_run(found)
                size = min(len(seen), len(truth))
                right.append(float(np.mean(seen[:size] == truth[:size])))
                off.append(abs(float(seen.sum()) / float(truth.sum()) - 1))
                six.append(sum(one.kind == "run" for one in found) == 6)
        lines.append(
            f"| {words} | {100 * np.mean(right):.1f} | {100 * np.quantile(off, 0.95):.0f} | {100 * np.mean(six):.0f} |"
        )
    return lines


def real_table(shared: Path) -> list[str]:
    """Return how often step rate and speed, each alone, say the same of real recordings."""
    same = whole = 0.0
    number = 0
    rows = csv.DictReader((shared / "data" / "MANIFEST.csv").read_text("utf-8").splitlines())
    for row in [
        r for r in rows if r["path"].endswith(".fit") and ("run" in r["sport"] or "walk" in r["sport"])
    ]:
        try:
            recording = fit.read((shared / "data" / row["path"]).read_bytes())
        except IngestError:
            continue
        for bout in recording.bouts:
            columns = bout.samples.columns
            if bout.sport not in {"running", "walking"} or len(bout.samples) < 300:
                continue
            if "step_rate_spm_x64" not in columns or "distance_m_x100" not in columns:
                continue
            by_speed = {name: column for name, column in columns.items() if name != "step_rate_spm_x64"}
            one = seconds_run(gait_bouts(bout, READING))
            other = seconds_run(
                gait_bouts(replace(bout, samples=Samples(bout.samples.timestamp_us, by_speed)), READING)
            )
            size = min(len(one), len(other))
            same, whole, number = same + float(np.sum(one[:size] == other[:size])), whole + size, number + 1
    share = f"{100 * same / whole:.0f} % of the seconds"
    hours = f"{whole / 3600:.0f} hours of {number} real runs and walks"
    return [
        f"Over {hours}, step rate and speed, each alone, say the same of {share}; else step rate decides."
    ]


def main() -> int:
    """Print, or write, what was found."""
    said = f"{4 * SEEDS} made-up sessions a row; *off by*: 95 % of the sessions are nearer to the truth."
    lines = [said, "", *made_up_table()]
    shared = Path(os.environ.get("EVENGAIT_SHARED", ""))
    if (shared / "data" / "MANIFEST.csv").exists():
        lines += ["", *real_table(shared)]
    print("\n".join(lines))
    if "--write" in sys.argv:
        text = PAGE.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text("\n".join((before + BEGIN, *lines, END + after)), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
