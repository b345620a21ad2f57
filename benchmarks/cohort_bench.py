"""What a cohort costs: from tables to hazard ratios in the study's size, per runner as it grows, and on two processes.

    python benchmarks/cohort_bench.py [largest cohort, default 50000] [--write]

Seconds of processor time, so that a busy machine tells the same; wall time where processes are compared. ``--write``
puts the table into docs/cohort.md.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from evengait.analysis.spikes.risk import FACTORS
from evengait.cohort.counts import count_cohort
from evengait.cohort.hazards import cumulative_incidence, hazard_ratios
from evengait.simulation.cohort import RUNNERS, MadeUpCohort, simulate_cohort

if TYPE_CHECKING:
    from evengait.cohort.counts import CohortCounts

PAGE = Path(__file__).parents[1] / "docs" / "cohort.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
PAPER_BEGIN, PAPER_END = "<!-- paper: begin -->", "<!-- paper: end -->"
SIZES = (500, 5_000, 50_000)
MANY, DOLLARS_AN_HOUR = 10_000_000, 0.05


def answer(counts: CohortCounts) -> None:
    """Work everything out that ``cohort spikes`` prints."""
    for factor in FACTORS:
        hazard_ratios(counts, factor)
    cumulative_incidence(counts)


def timed(made: MadeUpCohort, workers: int = 1) -> tuple[float, float, float]:
    """Return processor seconds of counting, of the answer, and wall seconds of both."""
    wall, before = time.perf_counter(), spent()
    counts = count_cohort(made.sessions, made.runners, workers=workers)
    counted = spent()
    answer(counts)
    return counted - before, spent() - counted, time.perf_counter() - wall


def counting_wall(made: MadeUpCohort, workers: int) -> float:
    """Return wall seconds of counting."""
    begun = time.perf_counter()
    count_cohort(made.sessions, made.runners, workers=workers)
    return time.perf_counter() - begun


def spent() -> float:
    """Return this process' and its ended children's processor seconds."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def on_paper(a_runner: float, sessions: float) -> list[str]:
    """Return the table of what ``MANY`` runners would cost at this many processor seconds and sessions for each."""
    hours = MANY * a_runner / 3600
    adding = 0.1
    steps = (
        (f"counting {MANY:,} runners, {1000 * a_runner:.2f} s per 1,000", hours),
        (
            f"reading {MANY * sessions / 1e9:.1f} billion rows and sorting them by runner, taken as as much again",
            hours,
        ),
        ("adding up and the regression, one process, taken as", adding),
        ("together", 2 * hours + adding),
    )
    return [
        "",
        f"| step | processor hours | at {DOLLARS_AN_HOUR} dollars an hour |",
        "|---|--:|--:|",
        *(f"| {step} | {spent:.1f} | {spent * DOLLARS_AN_HOUR:.2f} |" for step, spent in steps),
        "",
    ]


def write(lines: list[str], begin: str, end: str) -> None:
    """Put the table between its marks in the docs."""
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    PAGE.write_text("\n".join((head + begin, *lines, end + tail)), "utf-8")


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdigit()]
    largest = asked[0] if asked else SIZES[-1]
    lines = [
        "",
        "| cohort | sessions | counting, processor s | per 1,000 runners | hazard ratios, processor s | wall s |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    timed(simulate_cohort(1_000, seed=1))  # so that loading the libraries is in no row
    for runners in (RUNNERS, *(size for size in SIZES if size <= largest)):
        made = simulate_cohort(runners, seed=1)
        counting, rest, wall = timed(made)
        lines.append(
            f"| {runners:,} | {len(made.sessions):,} | {counting:.2f} | {1000 * counting / runners:.2f} | {rest:.2f} "
            f"| {wall:.1f} |"
        )
    largest = min(largest, SIZES[-1])
    made = simulate_cohort(largest, seed=2)
    count_cohort(
        *(table.head(1_000) for table in (made.sessions, made.runners)), workers=2
    )  # starts the processes
    one, two = (counting_wall(made, workers) for workers in (1, 2))
    told = f"{largest:,} runners: one process {one:.1f} s, two processes {two:.1f} s, {one / two:.2f} times as fast"
    lines += [
        "",
        f"{told} ({os.cpu_count()} cores; load average {os.getloadavg()[0]:.1f}).",
        "",
    ]
    paper = on_paper(counting / runners, len(made.sessions) / runners)
    print("\n".join((*lines, *paper)))
    if "--write" in sys.argv:
        write(lines, BEGIN, END)
        write(paper, PAPER_BEGIN, PAPER_END)
