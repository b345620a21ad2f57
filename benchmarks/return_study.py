"""How made-up runners come back under the plan: every promise checked every day, and the weeks it takes.

    python benchmarks/return_study.py [runners a row, default 200] [--write]

Each runner lives day by day: the morning's plan, what she does with it, what she writes down, the evening's decisions.
Every plan is looked at for what no plan may do. ``--write`` puts the tables into docs/return-to-running.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from evengait.actions.simulate_return import LONGEST_DAYS, Lived, simulate_return
from evengait.knowledge.progression_book import progression
from evengait.simulation.returning import KINDS

PAGE = Path(__file__).parents[1] / "docs" / "return-to-running.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"
WEEKS = ((15, 30), (30, 50), (50, 80), (80, 130))
WORDS = {
    "steady": "no setback, everything logged, runs what is planned",
    "achy": "pain up to 1 out of 10 comes and goes",
    "forgetful": "forgets one value of the diary in ten",
    "busy": "leaves out one planned run in four",
    "eager": "runs on 15 % of the free days, and up to twice as far in 10 % of the runs",
    "flaring": "6 % of the runs with pain above the profile",
    "limping": "a limp after 3 % of the runs",
    "traveller": "sixteen days of holiday without running",
    "ill": "falls ill on 2 % of the days, for five days",
    "injured again": "the questions say stop again on the way, cleared after five weeks",
    "silent": "logs nothing",
    "never cleared": "the questions say stop, nobody clears it",
}


def live(kind: str, seed: int, profile: str | None = None) -> Lived:
    """Live one runner; a function of its own so that another process can be asked."""
    return simulate_return(progression(), seed, kind, profile=profile)


def row(cells: list[str]) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def spread(weeks: list[float]) -> str:
    """Return the middle and the range of eight in ten."""
    if not weeks:
        return "–"
    low, high = np.quantile(weeks, [0.1, 0.9])
    return f"{median(weeks):.0f} ({low:.0f}–{high:.0f})"


def by_kind(pool: ProcessPoolExecutor, runners: int) -> tuple[list[str], int, int, int]:
    """Return the table of what happens to whom, with runners, days and broken promises in all."""
    lines = [
        row(
            ["runner", "back within 500 days, %", "weeks from the first run", "steps back", "broken promises"]
        )
    ]
    lines.append("|---|--:|--:|--:|--:|")
    total = days = broken = 0
    for kind, words in WORDS.items():
        profile = None if kind in {"never cleared", "silent"} else "unspecified"
        many = list(pool.map(partial(live, kind, profile=profile), range(runners), chunksize=8))
        weeks = [lived.weeks for lived in many if lived.weeks is not None]
        back = sum(d.decision == "regress" for lived in many for d in lived.decisions) / runners
        wrong = sum(len(lived.broken) for lived in many)
        total, days, broken = (
            total + runners,
            days + sum(sum(x.states.values()) for x in many),
            broken + wrong,
        )
        lines.append(
            row(
                [
                    f"*{kind}*: {words}",
                    f"{100 * len(weeks) / runners:.0f}",
                    spread(weeks),
                    f"{back:.1f}",
                    str(wrong),
                ]
            )
        )
    return lines, total, days, broken


def by_week(pool: ProcessPoolExecutor, runners: int) -> tuple[list[str], int]:
    """Return the table of weeks for runners without a setback, by former week and profile, with promises broken."""
    lines = [row(["former week", "no tissue named", "bone"]), "|---|--:|--:|"]
    soft = list(pool.map(partial(live, "steady", profile="unspecified"), range(4 * runners), chunksize=8))
    bone = list(pool.map(partial(live, "steady", profile="bone_low"), range(4 * runners), chunksize=8))
    for low, high in WEEKS:
        cells = []
        for many in (soft, bone):
            weeks = [
                x.weeks for x in many if x.weeks is not None and low <= x.former.distance_m / 1000 < high
            ]
            cells.append(spread(weeks))
        lines.append(row([f"{low} to {high} km", *cells]))
    back = [f"{sum(x.weeks is not None for x in many)} of {len(many)}" for many in (soft, bone)]
    lines.append(row(["back in the former week", *back]))
    return lines, sum(len(x.broken) for x in soft + bone)


def rules(runners: int) -> list[str]:
    """Return how often each rule was come to, over a few runners of each kind."""
    counts: Counter[str] = Counter()
    for kind in KINDS:
        for seed in range(max(1, runners // 50)):
            counts.update(d.rule for d in live(kind, seed).decisions)
    return [f"Rules that were come to: {', '.join(f'`{rule}` {n:,}' for rule, n in sorted(counts.items()))}."]


def main() -> int:
    """Live the runners and print, or write, the tables; 1 where a promise was broken."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    runners = numbers[0] if numbers else 200
    with ProcessPoolExecutor(2) as pool:
        kinds, total, days, broken = by_kind(pool, runners)
        weeks, more = by_week(pool, runners)
    head = (
        f"{total:,} made-up runners, {days:,} days, each morning's plan of fourteen days looked at; at most "
        f"{LONGEST_DAYS} days each. Weeks: the middle runner (eight in ten between)."
    )
    tables = [
        head,
        "",
        *kinds,
        "",
        f"Without a setback, {8 * runners:,} runners more:",
        "",
        *weeks,
        "",
        *rules(runners),
    ]
    print("\n".join(tables))
    if "--write" in sys.argv:
        text = PAGE.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        PAGE.write_text("\n".join((before + BEGIN, *tables, END + after)), "utf-8")
    return 1 if broken + more else 0


if __name__ == "__main__":
    raise SystemExit(main())
