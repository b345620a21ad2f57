"""How often the search for a change of balance cries out at nothing, and what it finds.

    python benchmarks/gait_change_study.py [runners a row, default 1000] [--write]

Simulated runners: 4.5 runs a week for a year, balance with a day-to-day spread of 0.3 percentage points (a healthy
runner's 88 runs over ten months had 0.30), correlated from run to run, with heavy tails or without. ``--write`` puts
the tables into docs/how-sure.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from evengait.analysis.gait.change_point import GaitChange, balance_change

ONSET = date(2026, 6, 1)
SPREAD = 0.3
PAGE = Path(__file__).parents[1] / "docs" / "how-sure.md"
WHO = (
    "Made-up runners, {runners:,} a row: a day-to-day spread of 0.3 points, 4.5 runs a week, a year of history unless "
    "told otherwise; `rho` is the correlation of a run with the next."
)
BEGIN, END = "<!-- gait: begin -->", "<!-- gait: end -->"


@dataclass(frozen=True)
class Runner:
    """How a simulated runner's balance comes about; ``tail`` = degrees of freedom of Student's t, 0 = normal."""

    rho: float = 0.2
    tail: int = 0
    weeks: int = 52
    runs_a_week: float = 4.5
    shift: float = 0.0
    shift_days: int = 14
    drift: float = 0.0


@dataclass(frozen=True)
class Found:
    """Over many runners: share called, share of the intervals that hold the true date, width, share of right sides."""

    called: float
    covered: float
    width_days: float
    right_side: float
    detectable: float


def simulate_gait_change(runner: Runner, runners: int, seed: int = 0) -> Found:
    """Put simulated runners through the search."""
    rng = np.random.default_rng(seed)
    true = ONSET - timedelta(days=runner.shift_days - 1)
    results = [balance_change(*_series(runner, rng), ONSET) for _ in range(runners)]
    known = [r for r in results if isinstance(r, GaitChange)]
    called = [r for r in known if r.side is not None]
    inside = [r.interval[0] <= true <= r.interval[1] for r in called]
    sides = [(r.side == "left") == (runner.shift < 0) for r in called]
    widths = [(r.interval[1] - r.interval[0]).days for r in called]
    none = float("nan")
    return Found(
        len(called) / max(1, len(known)),
        float(np.mean(inside)) if called else none,
        float(np.median(widths)) if called else none,
        float(np.mean(sides)) if called else none,
        float(np.median([r.detectable for r in known])) if known else none,
    )


def _series(runner: Runner, rng: np.random.Generator) -> tuple[list[date], list[float], list[str]]:
    size = runner.weeks * 7
    ran = rng.random(size) < runner.runs_a_week / 7
    ran[-1] = True
    day = np.flatnonzero(ran)
    shock = rng.standard_normal(len(day))
    if runner.tail:
        shock = rng.standard_t(runner.tail, len(day)) * np.sqrt((runner.tail - 2) / runner.tail)
    noise = np.empty(len(day))
    noise[0] = shock[0]
    for i in range(1, len(day)):
        noise[i] = runner.rho * noise[i - 1] + np.sqrt(1 - runner.rho**2) * shock[i]
    season = runner.drift * np.sin(2 * np.pi * (day / 365 + rng.random()))
    share = 50.5 + SPREAD * noise + season + runner.shift * (day >= size - runner.shift_days)
    dates = [ONSET - timedelta(days=int(size - 1 - d)) for d in day]
    return dates, share.tolist(), ["sensor"] * len(dates)


def nothing_planted(runners: int) -> list[str]:
    """Return the table of false alarms, as lines."""
    cases = {
        "normal noise": Runner(),
        "heavy tails (t, 4 df)": Runner(tail=4),
        "heavy tails, 22 weeks of history": Runner(tail=4, weeks=22),
        "heavy tails, 18 weeks of history": Runner(tail=4, weeks=18),
        "2.5 runs a week": Runner(runs_a_week=2.5),
        "slow drift over the year, half a spread": Runner(drift=SPREAD / 2),
        "slow drift over the year, a whole spread": Runner(drift=SPREAD),
        "a shift of 3 spreads, 150 days before": Runner(shift=-3 * SPREAD, shift_days=150),
    }
    lines = [
        "| nothing planted in the twelve weeks: called | rho 0 | rho 0.2 | rho 0.4 |",
        "|---|--:|--:|--:|",
    ]
    for name, case in cases.items():
        rates = [simulate_gait_change(replace(case, rho=rho), runners).called for rho in (0.0, 0.2, 0.4)]
        lines.append(f"| {name} | " + " | ".join(f"{100 * rate:.1f} %" for rate in rates) + " |")
    return lines


def planted(runners: int) -> list[str]:
    """Return the table of planted changes, as lines."""
    lines = [
        "| planted (t, 5 df, rho 0.2) | found | true date inside | width, days | right side | detectable, points |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for days in (7, 14, 28, 56):
        for spreads in (1.0, 1.5, 2.0, 3.0, 4.0):
            f = simulate_gait_change(Runner(tail=5, shift=-spreads * SPREAD, shift_days=days), runners)
            lines.append(
                f"| {spreads * SPREAD:.2f} points ({spreads:g} spreads), {days} days before | {100 * f.called:.0f} % "
                f"| {100 * f.covered:.0f} % | {f.width_days:.0f} | {100 * f.right_side:.0f} % | {f.detectable:.2f} |"
            )
    return lines


def write(lines: list[str]) -> None:
    """Put the tables between their marks in the docs."""
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text("\n".join((head + BEGIN, *lines, END + tail)), "utf-8")


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdigit()]
    runners = asked[0] if asked else 1000
    tables = ["", WHO.format(runners=runners), "", *nothing_planted(runners), "", *planted(runners)]
    print("\n".join(tables))
    if "--write" in sys.argv:
        write(tables)
