"""How far the hazard ratios of session spikes are from those that a made-up cohort was made from.

    python benchmarks/cohort_study.py [small cohorts, default 200] [full cohorts, default 6] [--write]

Each row makes that many cohorts up, counts and fits them as ``evengait cohort spikes`` does, and compares. ``--write``
puts the table into docs/cohort.md.
"""

from __future__ import annotations

import math
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from evengait.cohort.counts import count_cohort
from evengait.cohort.hazards import hazard_ratios
from evengait.core.spike import STATES
from evengait.simulation.cohort import HAZARD_RATIOS, RUNNERS, simulate_cohort

PAGE = Path(__file__).parents[1] / "docs" / "cohort.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"
SMALL = 1_000
NOTHING = (1.0, 1.0, 1.0, 1.0)


def one(case: tuple[int, tuple[float, ...], float, int]) -> list[tuple[float, float, float] | None]:
    """Return estimate and interval of each state above the first, on the log scale; None with too few injuries."""
    runners, true, frailty, seed = case
    made = simulate_cohort(runners, seed=seed, hazard_ratios=true, frailty_sd=frailty)
    found = hazard_ratios(count_cohort(made.sessions, made.runners, workers=1), "session_spike")[1:]
    return [
        (math.log(state["hazard_ratio"]), *map(math.log, state["interval"])) if state["interval"] else None
        for state in found
    ]


def rows(name: str, cohorts: int, runners: int, true: tuple[float, ...], frailty: float = 0.0) -> list[str]:
    """Return the rows of one kind of cohort."""
    with ProcessPoolExecutor(2) as pool:
        told = list(pool.map(one, [(runners, true, frailty, 10_000 + seed) for seed in range(cohorts)]))
    lines = []
    for place, state in enumerate(STATES[1:]):
        fitted = np.array([each[place] for each in told if each[place]])
        if len(fitted) < 2:
            lines.append(f"| {name} | {state} | {true[place + 1]:.2f} | | | | {len(fitted)} of {cohorts} |")
            continue
        truth = math.log(true[place + 1])
        bias = fitted[:, 0].mean() - truth
        error = fitted[:, 0].std(ddof=1) / len(fitted) ** 0.5
        covered = ((fitted[:, 1] <= truth) & (truth <= fitted[:, 2])).mean()
        lines.append(
            f"| {name} | {state} | {true[place + 1]:.2f} | {math.exp(fitted[:, 0].mean()):.2f} "
            f"| {bias:+.3f} ± {error:.3f} | {100 * covered:.1f} % | {len(fitted)} of {cohorts} |"
        )
    return lines


def write(lines: list[str]) -> None:
    """Put the table between its marks in the docs."""
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text("\n".join((head + BEGIN, *lines, END + tail)), "utf-8")


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdigit()]
    small, full = asked[0] if asked else 200, asked[1] if len(asked) > 1 else 6
    table = [
        "",
        "| made-up cohorts | state | true ratio | found, mean | bias of the log | 95 % intervals that hold it | n |",
        "|---|---|--:|--:|--:|--:|--:|",
        *rows(f"{SMALL:,} runners", small, SMALL, HAZARD_RATIOS),
        *rows(f"{SMALL:,} runners, spikes do nothing", small, SMALL, NOTHING),
        *rows(f"{SMALL:,} runners, their own hazards spread by 0.5", small, SMALL, HAZARD_RATIOS, 0.5),
        *rows(f"{RUNNERS:,} runners, 588,071 sessions", full, RUNNERS, HAZARD_RATIOS),
        "",
    ]
    print("\n".join(table))
    if "--write" in sys.argv:
        write(table)
