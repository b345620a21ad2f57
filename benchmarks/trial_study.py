"""How well a self-trial's intervals cover, how often it says *helped* at nothing, and what it takes to see a change.

    python benchmarks/trial_study.py [diaries a row, default 2000] [--write]
    python benchmarks/trial_study.py 8000 --only "ceiling: mean 8.5" 0.7    # one row of nothing again, other diaries

Made-up diaries on the scale from 0 to 10 in whole points, with the load of the day before, in blocks drawn as
``evengait trial design`` draws them. Each row changes one thing. ``--write`` puts the tables into docs/trial.md.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from evengait.analysis.trial.randomisation import RandomisationTest
from evengait.analysis.trial.schedule import draw_schedule
from evengait.analysis.trial.verdict import judge_trial
from evengait.knowledge import trial_rules
from evengait.simulation.trial import MadeUpPain, made_up_trial, true_effect

PAGE = Path(__file__).parents[1] / "docs" / "trial.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"
FIRST = date(2026, 1, 1)
RULES = trial_rules()
BLOCKS = 8
CALM = MadeUpPain()
SPOILT = {
    "nothing else": {},
    "a trend of 3 points down": {"trend": -3.0},
    "a weekly cycle of 2 points": {"week": 1.0},
    "one day in four missing": {"missing": 0.25},
    "floor: mean 1.5": {"level": 1.5},
    "ceiling: mean 8.5": {"level": 8.5},
    "all of them, mean 2.5": {"trend": -2.0, "week": 0.7, "missing": 0.2, "level": 2.5},
}
CORRELATIONS = (0.0, 0.2, 0.4, 0.6, 0.7)
EFFECTS = (-2.0, -2.5, -3.0, -4.0)


@dataclass(frozen=True)
class Found:
    """Shares over many diaries of one make."""

    covered: float
    helped: float
    worse: float
    no_change: float
    not_enough: float
    small_p: float
    bias: float


def study(
    pain: MadeUpPain, diaries: int, *, blocks: int = BLOCKS, truth: float | None = None, row: int = 0
) -> Found:
    """Judge so many made-up trials, other ones in each ``row``; ``truth`` is the effect on the written scale."""
    true = pain.effect if truth is None else truth
    told = []
    for seed in range(diaries):
        plan = draw_schedule("belt", "aid", FIRST, blocks, RULES, seed=seed + 100_000 * row)
        on = [bool(plan.assigned(FIRST + timedelta(days=i))) for i in range(plan.days)]
        diary = made_up_trial(pain, on, FIRST, np.random.default_rng([seed, row]))
        told.append(judge_trial(diary, RULES, plan, today=plan.end, with_bands=False))
    known = [one for one in told if one.interval and one.fit]
    verdicts = [one.verdict for one in told]
    return Found(
        covered=float(np.mean([one.interval[0] <= true <= one.interval[1] for one in known])),
        helped=verdicts.count("helped") / diaries,
        worse=verdicts.count("worse") / diaries,
        no_change=verdicts.count("no_reliable_change") / diaries,
        not_enough=verdicts.count("not_enough_data") / diaries,
        small_p=float(
            np.mean([isinstance(one.test, RandomisationTest) and one.test.p <= 0.1 for one in told])
        ),
        bias=float(np.mean([one.fit.estimate for one in known]) - true),
    )


def _study(numbered: tuple[int, tuple[MadeUpPain, int, int, float | None]]) -> Found:
    row, (pain, diaries, blocks, truth) = numbered
    return study(pain, diaries, blocks=blocks, truth=truth, row=row)


def many(cases: list[tuple[MadeUpPain, int, int, float | None]]) -> list[Found]:
    """Study every case, on two processes."""
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(_study, enumerate(cases, start=len(cases))))


def nothing(diaries: int) -> tuple[list[str], list[float]]:
    """Return the table of diaries in which it does nothing, as lines, and the share of intervals that hold 0."""
    rows = [
        (name, rho, replace(CALM, autocorrelation=rho, **spoilt))
        for name, spoilt in SPOILT.items()
        for rho in CORRELATIONS
    ]
    found = many([(pain, diaries, BLOCKS, 0.0) for _, _, pain in rows])
    lines = [
        "| nothing helps; beside it | correlation | hold 0 | *helped* | *worse* | *no change* | *too early* | p ≤ .1 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for (name, rho, _), one in zip(rows, found, strict=True):
        cells = (one.covered, one.helped, one.worse, one.no_change, one.not_enough, one.small_p)
        lines.append(f"| {name} | {rho:g} | " + " | ".join(f"{100 * share:.1f} %" for share in cells) + " |")
    return lines, [one.covered for one in found]


def something(diaries: int) -> tuple[list[str], list[float]]:
    """Return the table of coverage where it does help, as lines, and the share of intervals that hold it."""
    plain = replace(CALM, load=0.0)
    rows = [
        (name, rho, replace(plain, autocorrelation=rho, **spoilt))
        for name, spoilt in {"mean 5": {}, "floor: mean 3": {"level": 3.0}}.items()
        for rho in CORRELATIONS
    ]
    cases = [replace(pain, effect=-2.5) for _, _, pain in rows]
    truths = [true_effect(pain) for pain in cases]
    found = many([(pain, diaries, BLOCKS, truth) for pain, truth in zip(cases, truths, strict=True)])
    lines = [
        "| it takes 2.5 points away | correlation | as written | intervals that hold it | bias | *helped* |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for (name, rho, _), truth, one in zip(rows, truths, found, strict=True):
        lines.append(
            f"| {name} | {rho:g} | {truth:.2f} | {100 * one.covered:.1f} % | {one.bias:+.2f} "
            f"| {100 * one.helped:.1f} % |"
        )
    return lines, [one.covered for one in found]


def summary(covered: list[float], diaries: int) -> str:
    """Return what the rows' intervals hold, in one sentence."""
    each = 100 * np.array(covered)
    within = int(((each >= 88) & (each <= 92)).sum())
    chance = 196 * np.sqrt(0.9 * 0.1 / diaries)
    return (
        f"Of {len(each)} rows {within} hold between 88 and 92 %; the least {each.min():.1f}, the most "
        f"{each.max():.1f}, {each.mean():.1f} % on average. So many diaries tell a row to {chance:.1f} points."
    )


def power(diaries: int) -> list[str]:
    """Return the table of *helped* by days and size, as lines."""
    sizes = (8, 10, 12, 16, 22)
    cases = [(blocks, effect, rho) for rho in (0.2, 0.4, 0.6) for blocks in sizes for effect in EFFECTS]
    found = many(
        [
            (replace(CALM, effect=effect, autocorrelation=rho), diaries, blocks, None)
            for blocks, effect, rho in cases
        ]
    )
    shares = dict(zip(cases, found, strict=True))
    lines = [
        "| correlation | days | "
        + " | ".join(f"*helped* at {-effect:g} points less" for effect in EFFECTS)
        + " |",
        "|--:|--:|" + "--:|" * len(EFFECTS),
    ]
    for rho in (0.2, 0.4, 0.6):
        for blocks in sizes:
            cells = [f"{100 * shares[blocks, effect, rho].helped:.0f} %" for effect in EFFECTS]
            lines.append(f"| {rho:g} | {blocks * 8} | " + " | ".join(cells) + " |")
    return lines


def write(lines: list[str]) -> None:
    """Put the tables between their marks in the docs."""
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text("\n".join((head + BEGIN, *lines, END + tail)), "utf-8")


def once_more(name: str, rho: float, diaries: int) -> str:
    """Return how often intervals hold what is true in one row, in diaries that the tables do not have."""
    spoilt = SPOILT | {"mean 5, helped": {"load": 0.0}, "floor: mean 3, helped": {"load": 0.0, "level": 3.0}}
    pain = replace(CALM, autocorrelation=rho, effect=-2.5 if "helped" in name else 0.0, **spoilt[name])
    truth = true_effect(pain) if "helped" in name else 0.0
    covered = study(pain, diaries, truth=truth, row=1_000).covered
    return (
        f"{name}, correlation {rho:g}: {diaries:,} other diaries, {100 * covered:.1f} % of intervals hold it."
    )


if __name__ == "__main__":
    if "--only" in sys.argv:
        at = sys.argv.index("--only")
        print(once_more(sys.argv[at + 1], float(sys.argv[at + 2]), int(sys.argv[1])))
        raise SystemExit
    asked = [int(word) for word in sys.argv[1:] if word.isdigit()]
    diaries = asked[0] if asked else 2000
    who = (
        f"{diaries:,} made-up diaries a row; {BLOCKS * 8} days unless told otherwise, mean 5, spread 1.5 points from "
        "day to day, whole points, pain that follows the load of the day before. *Hold 0*: 90 % intervals that do; "
        "*p*: of the randomisation test."
    )
    (none, held_none), (some, held_some) = nothing(diaries), something(diaries)
    tables = ["", who, "", *none, "", *some, "", summary(held_none + held_some, diaries), ""]
    tables += [*power(max(diaries // 4, 1)), ""]
    print("\n".join(tables))
    if "--write" in sys.argv:
        write(tables)
