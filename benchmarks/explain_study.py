"""Measure how often the search cries out with nothing there, and whether it finds what was planted.

Simulated runners, with nothing planted and with one planted cause of each kind and size, go through the same functions
as a real archive. Prints the tables of docs/how-sure.md; ``--write`` puts them there.

    python benchmarks/explain_study.py --nulls 1000 --planted 200 --more old_shoe=400 --jobs 2
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scipy.stats import binomtest

from evengait.analysis.change.explain import explain
from evengait.analysis.exposures import exposures_by_day
from evengait.knowledge import factor_book
from evengait.simulation.history import simulate_history
from evengait.simulation.plants import FADING, KINDS, OBVIOUS, Kind, Plant

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

FACTORS = {
    "session_spike": {"session_spike"},
    "no_down_week": {"weeks_since_down_week"},
    "all_pavement": {"paved_share"},
    "descents": {"descent"},
    "old_shoe": {"shoe_age"},
    "balance_shift": {"balance"},
}
"""The factor that a planted cause should bring first."""

WORDS = {
    "session_spike": "a run × the longest of the 30 days before",
    "no_down_week": "weeks without a down week",
    "all_pavement": "way from the usual paved share to all pavement, 3 weeks",
    "descents": "× the usual descent in 7 days",
    "old_shoe": "× the usual distance on a shoe",
    "balance_shift": "percentage points of left share",
}
DOCS = Path(__file__).parents[1] / "docs" / "how-sure.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"


@dataclass(frozen=True)
class Case:
    """One simulated history to explain."""

    seed: int
    days: int
    kind: Kind | None = None
    size: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What the search said of one case."""

    case: Case
    verdict: str
    p_any: float
    first: str
    judged: bool
    named: bool


def run(case: Case) -> Outcome:
    """Simulate, explain, and keep the verdict."""
    plant = Plant(case.kind, case.size) if case.kind else None
    history = simulate_history(case.seed, days=case.days, plant=plant)
    return outcome_of(case, history.sessions, history.onset)


def outcome_of(case: Case, sessions: pl.DataFrame, onset: date) -> Outcome:
    """Explain a history, and keep the verdict."""
    book = factor_book()
    found = explain(exposures_by_day(sessions, until=onset), onset, book)
    out = {j.factor.id for j in found.found.judged if found.stands_out(j, book.search.alpha)}
    first = found.found.judged[0].factor.id
    searched = {j.factor.id for j in found.found.judged if j.searched}
    sought = FACTORS[case.kind] if case.kind else set()
    return Outcome(case, found.verdict, found.found.p_any, first, bool(sought & searched), bool(sought & out))


def interval(hits: int, of: int) -> str:
    """Return a share with its 95 % Wilson interval, in percent."""
    if of == 0:
        return "–"
    low, high = binomtest(hits, of).proportion_ci(0.95, "wilson")
    return f"{100 * hits / of:.1f} ({100 * low:.1f}–{100 * high:.1f})"


def null_table(outcomes: list[Outcome]) -> list[str]:
    """Return the table of false alarms by length of history."""
    rows = [
        "| history | runners | *cannot tell* | *stands out*, % of all (95 % interval) | of those judged |",
        "|---|--:|--:|--:|--:|",
    ]
    for days in sorted({o.case.days for o in outcomes}):
        some = [o for o in outcomes if o.case.days == days]
        told = [o for o in some if o.verdict != "cannot_tell"]
        alarms = sum(o.verdict == "stands_out" for o in some)
        rows.append(
            f"| {days / 30.44:.0f} months | {len(some)} | {100 * (1 - len(told) / len(some)):.0f} % "
            f"| {interval(alarms, len(some))} | {interval(alarms, len(told))} |"
        )
    return rows


def planted_table(outcomes: list[Outcome]) -> list[str]:
    """Return the table of planted causes by kind and size."""
    rows = [
        "| planted | size | runners | judged, % | first, % of judged | of all | *stands out*, % | *named*, % |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind in KINDS:
        for size in FADING[kind]:
            some = [o for o in outcomes if o.case.kind == kind and o.case.size == size]
            if not some:
                continue
            judged = [o for o in some if o.judged]
            first = sum(o.first in FACTORS[kind] for o in judged)
            out = sum(o.verdict == "stands_out" for o in some)
            named = sum(o.named for o in some)
            mark = " (obvious)" if size == OBVIOUS[kind] else ""
            known = f"{100 * len(judged) / len(some):.0f} | {interval(first, len(judged))}"
            rest = (
                f"{interval(first, len(some))} | {100 * out / len(some):.0f} | {100 * named / len(some):.0f}"
            )
            rows.append(f"| {WORDS[kind]} | {size:g}{mark} | {len(some)} | {known} | {rest} |")
    return rows


def main() -> None:
    """Run the study and print, or write, its tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nulls", type=int, default=1000, help="runners with nothing planted, of 25 months")
    parser.add_argument(
        "--short", type=int, default=400, help="runners with nothing planted, of each other length"
    )
    parser.add_argument("--planted", type=int, default=200, help="runners for each planted cause and size")
    parser.add_argument(
        "--more", action="append", default=[], metavar="KIND=N", help="so many runners for this kind instead"
    )
    parser.add_argument("--obvious", action="store_true", help="only the obvious sizes")
    parser.add_argument(
        "--first-seed", type=int, default=50_000, help="the search was tuned on seeds below 40,000"
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help=f"put the tables into {DOCS.name}")
    parser.add_argument(
        "--which", action="store_true", help="also list which factors cried out with nothing planted"
    )
    args = parser.parse_args()
    begun = time.perf_counter()

    def seeds(count: int) -> range:
        return range(args.first_seed, args.first_seed + count)

    cases = [Case(seed, 760) for seed in seeds(args.nulls)]
    cases += [Case(seed, days) for days in (430, 550, 1130, 1860) for seed in seeds(args.short)]
    more = {kind: int(count) for kind, _, count in (text.partition("=") for text in args.more)}
    for kind in KINDS:
        sizes = (OBVIOUS[kind],) if args.obvious else FADING[kind]
        chosen = seeds(more.get(kind, args.planted))
        cases += [Case(seed, 760, kind, size) for size in sizes for seed in chosen]
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(args.jobs) as pool:
        for outcome in pool.map(run, cases, chunksize=16):
            outcomes.append(outcome)
            if len(outcomes) % 500 == 0:
                print(f"{len(outcomes)} of {len(cases)}", file=sys.stderr, flush=True)
    text = "\n".join(
        [
            "With nothing planted:", "", *null_table([o for o in outcomes if o.case.kind is None]), "",
            "With one planted cause, 25 months of history:", "",
            *planted_table([o for o in outcomes if o.case.kind]),
        ]
    )  # fmt: skip
    print(text)
    if args.which:
        alarms = [o.first for o in outcomes if o.case.kind is None and o.verdict == "stands_out"]
        print({name: alarms.count(name) for name in sorted(set(alarms))})
    print(f"\n{len(cases)} histories in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if args.write:
        page = DOCS.read_text("utf-8")
        head, rest = page.split(BEGIN)
        _, tail = rest.split(END)
        DOCS.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
