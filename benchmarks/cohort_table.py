"""The injury-prediction table on made-up files with a known answer, and what case-crossover finds in many of them.

    python benchmarks/cohort_table.py [repetitions, default 5] [files of the case-crossover, default 40] [--write]

On the real files: ``evengait cohort reproduce DIR``. ``--write`` puts the tables into docs/cohort.md.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from evengait.actions.reproduce_table import reproduce_table
from evengait.actions.simulate_cohort import write_injury_tables
from evengait.cohort.crossover import case_crossover
from evengait.cohort.lovdal import FILES, load_injury_data
from evengait.simulation.lovdal import simulate_injury_table

PAGE = Path(__file__).parents[1] / "docs" / "cohort.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


def cell(one: dict[str, Any]) -> str:
    """Return a measure with its interval."""
    return f"{one['value']:.3f} ({one['interval'][0]:.3f} to {one['interval'][1]:.3f})"


def predictions(repetitions: int) -> list[str]:
    """Return the table of both made-up files."""
    with tempfile.TemporaryDirectory() as folder:
        truth = write_injury_tables(Path(folder) / "made", seed=1)["approaches"]
        answer = reproduce_table(Path(folder) / "made", repetitions=repetitions, workers=2)["approaches"]
    lines = [
        "| made-up file | model | area under the curve | average precision | calibration slope |",
        "|---|---|--:|--:|--:|",
    ]
    for approach, one in answer.items():
        again = one["as_published"]
        lines.append(
            f"| {approach} | the truth itself, all rows | {truth[approach]['auc_of_the_truth']:.3f} | | |"
        )
        lines.append(f"| {approach} | as published, last ten athletes | {again['auc']:.3f} | | |")
        lines += [
            f"| {approach} | honest: {name.replace('_', ' ')} | "
            + " | ".join(map(cell, found.values()))
            + " |"
            for name, found in one["honest"].items()
        ]
    return lines


def crossovers(files: int) -> list[str]:
    """Return the table of case-crossover over many made-up files."""
    lines = [
        "| case-crossover | true odds ratio | found, mean | 95 % intervals that hold it |",
        "|---|--:|--:|--:|",
    ]
    found: list[list[tuple[float, bool]]] = [[], []]
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(files):
            made = simulate_injury_table("day", seed=1_000 + seed)
            made.table.write_csv(Path(folder) / FILES["day"])
            told = case_crossover(load_injury_data(Path(folder), "day"))["odds_ratios"]
            for place, (one, true) in enumerate(zip(told.values(), made.effects.values(), strict=True)):
                low, high = np.log(one["interval"])
                found[place].append((float(np.log(one["value"])), bool(low <= true <= high)))
    for name, true, each in zip(
        ("exertion yesterday", "km yesterday"), made.effects.values(), found, strict=True
    ):
        mean, held = np.mean(each, axis=0)
        lines.append(f"| {name} | {np.exp(true):.2f} | {np.exp(mean):.2f} | {100 * held:.0f} % of {files} |")
    return lines


def write(lines: list[str]) -> None:
    """Put the tables between their marks in the docs."""
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text("\n".join((head + BEGIN, *lines, END + tail)), "utf-8")


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdigit()]
    tables = [
        "",
        *predictions(asked[0] if asked else 5),
        "",
        *crossovers(asked[1] if len(asked) > 1 else 40),
        "",
    ]
    print("\n".join(tables))
    if "--write" in sys.argv:
        write(tables)
