"""How far the hazard ratios of session spikes are from those that a made-up cohort was made from.

    python benchmarks/cohort_study.py [cohorts, default 100] [of each other kind, default 40] [--write] [--keep FILE]

Each row makes that many cohorts of the study's size up, counts and fits them as ``evengait cohort spikes`` does, and
compares. No cohort is left out: few injuries in a state hide its ratio there, not here. ``--write`` puts the table into
docs/cohort.md; with ``--keep`` what was worked out stays in a file, and a run that was broken off goes on.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np

from evengait.cohort.counts import count_cohort
from evengait.cohort.hazards import fit_cox, risk_rows
from evengait.core.spike import STATES
from evengait.simulation.cohort import HAZARD_RATIOS, RUNNERS, SESSIONS, simulate_cohort

PAGE = Path(__file__).parents[1] / "docs" / "cohort.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"
NOTHING = (1.0, 1.0, 1.0, 1.0)
WIDE = 1.959964
HEAD = (
    "| made-up cohorts | state | injuries, mean | true ratio | found, mean | bias of the log | standard error told "
    "| spread found | 95 % intervals that hold the truth |"
)


def one(case: tuple[tuple[float, ...], float, int]) -> list[tuple[float, float, int]]:
    """Return each state's log hazard ratio, its standard error and its injuries, states above the first."""
    true, frailty, seed = case
    made = simulate_cohort(seed=seed, hazard_ratios=true, frailty_sd=frailty)
    risk = count_cohort(made.sessions, made.runners, workers=1).risk
    events = risk.events["session_spike"]
    estimates, errors = fit_cox(risk_rows(risk.at_risk["session_spike"], events, [1, 2, 3]))
    return list(zip(estimates, errors, events.sum(axis=0)[1:].tolist(), strict=True))


def kept(case: tuple[tuple[float, ...], float, int]) -> list[tuple[float, float, int]]:
    """Return the answer to a case from the file of ``--keep``, or work it out and keep it."""
    file = Path(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None
    known = dict(map(json.loads, file.read_text("utf-8").splitlines())) if file and file.is_file() else {}
    key = json.dumps(case)
    if key not in known:
        known[key] = one(case)
        if file:
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps([key, known[key]]) + "\n")
    return known[key]


def rows(name: str, cohorts: int, true: tuple[float, ...], frailty: float = 0.0) -> list[str]:
    """Return the rows of one kind of cohort; none of fewer than two."""
    if cohorts < 2:
        return []
    cases = [(true, frailty, 20_000 + seed) for seed in range(cohorts)]
    told = np.array([kept(case) for case in cases])
    lines = []
    for place, state in enumerate(STATES[1:]):
        estimate, error, injuries = told[:, place].T
        off = estimate - math.log(true[place + 1])
        held = int((np.abs(off) <= WIDE * error).sum())
        lines.append(
            f"| {name} | {state} | {injuries.mean():.0f} | {true[place + 1]:.2f} | {math.exp(estimate.mean()):.2f} "
            f"| {off.mean():+.3f} ± {off.std(ddof=1) / cohorts**0.5:.3f} | {error.mean():.3f} | {off.std(ddof=1):.3f} "
            f"| {held} of {cohorts} ({100 * held / cohorts:.0f} %) |"
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
    many, some = asked[0] if asked else 100, asked[1] if len(asked) > 1 else 40
    table = [
        "",
        f"Each of {RUNNERS:,} runners and {SESSIONS:,} sessions:",
        "",
        HEAD,
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
        *rows("the published ratios", many, HAZARD_RATIOS),
        *rows("spikes do nothing", some, NOTHING),
        *rows("runners' own hazards spread by 0.5", some, HAZARD_RATIOS, 0.5),
        "",
    ]
    print("\n".join(table))
    if "--write" in sys.argv:
        write(table)
