"""How made-up lifters fare under the strength block: every promise checked every day, and how loads move.

    python benchmarks/strength_study.py [lifters a row, default 60] [--write]

Each lifter lives day by day: the morning's plan, a run or none, the session, the morning after. Loads, pain and reserve
are drawn; what is written down is what the plan knows. ``--write`` puts the table into docs/strength.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from evengait.actions.simulate_strength import LONGEST_DAYS, Lifted, simulate_strength

PAGE = Path(__file__).parents[1] / "docs" / "strength.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"
WORDS = {
    "well": "nothing hurts",
    "achy": "pain up to 1 out of 10, every morning as usual",
    "flaring": "15 % of the sessions hurt above the limit, or the morning after does",
    "one that hurts": "the squat hurts above the limit every time",
    "forgetful": "15 % of reserves, pains and mornings are not written down",
    "silent": "writes down no pain at all",
    "busy": "leaves out one session in four",
    "eager": "lifts 15 % more than planned in one exercise of five",
    "traveller": "eighteen days away",
    "runs hard": "three hard runs a week, and one day in ten unplanned",
}


def live(kind: str, seed: int) -> Lifted:
    """Live one lifter; a function of its own so that another process can be asked."""
    return simulate_strength(seed, kind)


def row(cells: list[str]) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def spread(values: list[float]) -> str:
    """Return the middle and the range of eight in ten."""
    if not values:
        return "–"
    low, high = np.quantile(values, [0.1, 0.9])
    return f"{median(values):+.0f} ({low:+.0f} to {high:+.0f})"


def line(kind: str, many: list[Lifted]) -> str:
    """Return the row of one kind."""
    done = [x.days for x in many if x.days is not None]
    changes: Counter[str] = sum((x.changes for x in many), Counter())
    total = changes.total() or 1
    up = changes["raise"] + changes["step"]
    return row([
        f"*{kind}*: {WORDS[kind]}",
        f"{100 * len(done) / len(many):.0f}",
        f"{median(done) / 7:.1f}" if done else "–",
        spread([gain for x in many for gain in x.gain_pct]),
        " / ".join(f"{100 * share / total:.0f}" for share in (up, changes["hold"], changes["cut"])),
        spread([extra for x in many for extra in x.extra]),
        str(sum(len(x.broken) for x in many)),
    ])  # fmt: skip


def main() -> int:
    """Live the lifters and print, or write, the table; 1 where a promise was broken."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    lifters = numbers[0] if numbers else 60
    head = [
        "lifter", "finished, %", "weeks", "load at the end, % against the first settled", "up / held / cut, % of loads",
        "reserve beyond the asked", "broken promises",
    ]  # fmt: skip
    lines, broken, sessions = [row(head), "|---|--:|--:|--:|--:|--:|--:|"], 0, 0
    with ProcessPoolExecutor(2) as pool:
        for kind in WORDS:
            many = list(pool.map(partial(live, kind), range(lifters), chunksize=4))
            lines.append(line(kind, many))
            broken += sum(len(x.broken) for x in many)
            sessions += sum(x.changes.total() for x in many)
            for one in many:
                for what in one.broken[:2]:
                    print(kind, what, file=sys.stderr)
    text = (
        f"{lifters * len(WORDS):,} made-up lifters, at most {LONGEST_DAYS} days each, {sessions:,} loads told. Middle "
        "lifter (eight in ten between)."
    )
    tables = [text, "", *lines]
    print("\n".join(tables))
    if "--write" in sys.argv:
        page = PAGE.read_text("utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text("\n".join((before + BEGIN, *tables, END + after)), "utf-8")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
