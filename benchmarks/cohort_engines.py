"""The same batches of runners on one process, on joblib's processes and on a Dask cluster of this machine.

    python benchmarks/cohort_engines.py [runners, default 20000] [--write]

Wall seconds until the engine is ready and of the counting, and whether the counts are the same. On an idle machine.
``--write`` puts the table into docs/decisions/0013-cohort.md.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import distributed
import numpy as np

from evengait.cohort.counts import CohortCounts, count_cohort
from evengait.cohort.engine import run_batches
from evengait.simulation.cohort import simulate_cohort

if TYPE_CHECKING:
    from evengait.simulation.cohort import MadeUpCohort

PAGE = Path(__file__).parents[1] / "docs" / "decisions" / "0013-cohort.md"
BEGIN, END = "<!-- engines: begin -->", "<!-- engines: end -->"


def counted(made: MadeUpCohort, **engine: object) -> tuple[float, CohortCounts]:
    """Return wall seconds and the counts."""
    begun = time.perf_counter()
    found = count_cohort(made.sessions, made.runners, **engine)  # type: ignore[arg-type]
    return time.perf_counter() - begun, found


def same(one: CohortCounts, other: CohortCounts) -> str:
    """Tell whether two counts are the same to the last digit."""
    equal = all(np.array_equal(one.risk.at_risk[name], other.risk.at_risk[name]) for name in one.risk.at_risk)
    return "yes" if equal and np.array_equal(one.injured, other.injured) else "NO"


def rows(made: MadeUpCohort) -> list[str]:
    """Return a row for each engine."""
    plain, alone = counted(made, workers=1)
    lines = [f"| one process | | {plain:.1f} | |"]
    begun = time.perf_counter()
    run_batches(abs, list(range(-50, 0)), workers=2)
    ready = time.perf_counter() - begun
    seconds, found = counted(made, workers=2)
    lines.append(f"| joblib, two processes | {ready:.1f} | {seconds:.1f} | {same(alone, found)} |")
    begun = time.perf_counter()
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        run_batches(abs, list(range(-50, 0)), cluster=cluster.scheduler_address)
        ready = time.perf_counter() - begun
        seconds, found = counted(made, cluster=cluster.scheduler_address)
    lines.append(f"| Dask, two workers | {ready:.1f} | {seconds:.1f} | {same(alone, found)} |")
    return lines


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdigit()]
    made = simulate_cohort(asked[0] if asked else 20_000, seed=3)
    count_cohort(made.sessions.head(1_000), made.runners.head(5), workers=1)  # loads the libraries
    asked_for = f"{len(made.runners):,} runners, {len(made.sessions):,} sessions, {os.cpu_count()} cores"
    measured = rows(made)
    told = f"{asked_for}, load average {os.getloadavg()[0]:.1f}:"
    table = [
        "",
        told,
        "",
        "| engine | ready after, s | counting, s | same counts |",
        "|---|--:|--:|---|",
        *measured,
        "",
    ]
    print("\n".join(table))
    if "--write" in sys.argv:
        head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text("\n".join((head + BEGIN, *table, END + rest.partition(END)[2])), "utf-8")
