"""Put the search to histories of another make than those it was built beside (``other_histories.py``).

Prints the second table of docs/how-sure.md; ``--write`` puts it there.

    python benchmarks/explain_check.py --nulls 300 --planted 60
"""

from __future__ import annotations

import argparse
from pathlib import Path

from explain_study import FACTORS, WORDS, Case, Outcome, interval, outcome_of
from other_histories import OBVIOUS, other_history

DOCS = Path(__file__).parents[1] / "docs" / "how-sure.md"
BEGIN, END = "<!-- other: begin -->", "<!-- other: end -->"


def run(case: Case) -> Outcome:
    """Make up a history, explain it, and keep the verdict."""
    history = other_history(case.seed, case.days, case.kind, case.size)
    return outcome_of(case, history.sessions, history.onset)


def main() -> None:
    """Run the check and print, or write, its table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nulls", type=int, default=300)
    parser.add_argument("--planted", type=int, default=60, help="runners for each planted cause")
    parser.add_argument("--first-seed", type=int, default=50_000)
    parser.add_argument("--days", type=int, default=760)
    parser.add_argument("--write", action="store_true", help=f"put the table into {DOCS.name}")
    args = parser.parse_args()
    nulls = [run(Case(seed, args.days)) for seed in range(args.first_seed, args.first_seed + args.nulls)]
    out = sum(o.verdict == "stands_out" for o in nulls)
    untold = sum(o.verdict == "cannot_tell" for o in nulls)
    lines = [
        "| planted | runners | judged, % | first, % of judged | of all | *stands out*, % of all |",
        "|---|--:|--:|--:|--:|--:|",
        f"| nothing (*cannot tell*: {untold}) | {len(nulls)} | – | – | – | {interval(out, len(nulls))} |",
    ]
    for kind, size in OBVIOUS.items():
        seeds = range(args.first_seed, args.first_seed + args.planted)
        some = [run(Case(seed, args.days, kind, size)) for seed in seeds]  # type: ignore[arg-type]  # the keys are kinds
        judged = [o for o in some if o.judged]
        first = sum(o.first in FACTORS[kind] for o in judged)
        loud = sum(o.verdict == "stands_out" for o in some)
        lines.append(
            f"| {WORDS[kind]}: {size:g} | {len(some)} | {100 * len(judged) / max(1, len(some)):.0f} "
            f"| {interval(first, len(judged))} | {interval(first, len(some))} | {interval(loud, len(some))} |"
        )
    text = "\n".join(lines)
    print(text)
    alarms = [o.first for o in nulls if o.verdict == "stands_out"]
    print({name: alarms.count(name) for name in sorted(set(alarms))})
    if args.write:
        page = DOCS.read_text("utf-8")
        head, rest = page.split(BEGIN)
        DOCS.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    main()
