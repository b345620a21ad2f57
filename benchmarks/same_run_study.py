"""How often are two recordings judged right: one run, or two? On made-up pairs, by kind of pair.

    python benchmarks/same_run_study.py [--pairs 100] [--write]

``--write`` lays the table into docs/same-run.md.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from evengait.analysis.same_run.agreement import match
from evengait.core.recording import Samples
from recorded_runs import LIMITS, Run, brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from evengait.core.same_run import Brief

DOC = Path(__file__).parents[1] / "docs" / "same-run.md"
Pair = tuple["Brief", "Brief"]


def two_devices(seed: int) -> Pair:
    """Return a watch's and a phone's recording of one run."""
    run = Run(seed)
    return brief("a", run.recorded(1)), brief("b", run.recorded(2, begin=35, end=-50, noise_m=9))


def phone_of_a_part(seed: int) -> Pair:
    """Return a run, and a phone's recording of a quarter of it."""
    run = Run(seed)
    return brief("a", run.recorded(1)), brief("b", run.recorded(2, begin=1500, end=2400, columns="place"))


def cut_copy(seed: int) -> Pair:
    """Return a run, and its beginning from a file that was cut short."""
    samples = Run(seed).recorded(1)
    end = (20, 70, 200, 600, 1900)[seed % 5]
    columns = {name: (values[1:end], None) for name, (values, _) in samples.columns.items()}
    return brief("a", samples), brief("b", Samples(samples.timestamp_us[1:end], columns), "other")


def sparse_copy(seed: int) -> Pair:
    """Return a run, and a copy with fewer samples."""
    run = Run(seed)
    return brief("a", run.recorded(1)), brief("b", run.recorded(1, every=7, columns="place"))


def copy_hours_off(seed: int) -> Pair:
    """Return a run, and a copy whose clock is off by a time zone."""
    samples = Run(seed).recorded(1)
    hours = (-7, -5, 1, 2, 9)[seed % 5]
    return brief("a", samples), brief(
        "b", Samples(samples.timestamp_us + hours * 3_600_000_000, samples.columns)
    )


def clock_minutes_off(seed: int) -> Pair:
    """Return a run by two devices, one of whose clocks is minutes off."""
    run = Run(seed)
    return brief("a", run.recorded(1)), brief(
        "b", run.recorded(2, begin=15, end=-20, shift=40 + seed * 7 % 500)
    )


def treadmill_twice(seed: int) -> Pair:
    """Return a run without positions, by two devices."""
    run = Run(seed)
    return brief("a", run.recorded(1, columns="pulse steps")), brief(
        "b", run.recorded(2, begin=60, columns="pulse")
    )


def one_race(seed: int) -> Pair:
    """Return two runners of one race."""
    one, other = Run(seed, way=seed), Run(seed + 1000, way=seed, pace=3.2 - seed % 7 * 0.02)
    return brief("a", one.recorded(1)), brief("b", other.recorded(2))


def side_by_side(seed: int) -> Pair:
    """Return two runners who stay together."""
    one, other = Run(seed), Run(seed + 1000)
    other.north, other.east = one.north, one.east
    return brief("a", one.recorded(1)), brief("b", other.recorded(2))


def same_way_again(seed: int) -> Pair:
    """Return two runs on one way on one day."""
    one, other = Run(seed, way=seed), Run(seed + 1000, way=seed)
    return brief("a", one.recorded(1)), brief("b", other.recorded(2, shift=3660 + seed % 9 * 3600))


KINDS: tuple[tuple[str, bool, Callable[[int], Pair]], ...] = (
    ("watch and phone on one runner", True, two_devices),
    ("a phone's recording of a quarter of the run", True, phone_of_a_part),
    ("the beginning of a run, from a file that was cut", True, cut_copy),
    ("a copy with a sample in seven seconds", True, sparse_copy),
    ("a copy whose clock is hours off", True, copy_hours_off),
    ("two devices, one clock minutes off", True, clock_minutes_off),
    ("treadmill, two devices, no positions", True, treadmill_twice),
    ("two runners of one race", False, one_race),
    ("two runners side by side all the way", False, side_by_side),
    ("the same way again later that day", False, same_way_again),
)


def main() -> None:
    """Judge the pairs and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=int, default=100)
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    lines = [f"| pair (made up, {given.pairs} of each) | is | judged so |", "|---|---|--:|"]
    for name, same, make in KINDS:
        right = sum((match(*make(seed), LIMITS) is not None) == same for seed in range(given.pairs))
        lines.append(f"| {name} | {'one run' if same else 'two'} | {right} of {given.pairs} |")
        print(lines[-1], flush=True)
    if given.write:
        text = DOC.read_text("utf-8")
        DOC.write_text(
            re.sub(
                r"(?s)(<!-- study: begin -->\n).*?(<!-- study: end -->)",
                rf"\1{chr(10).join(lines)}\n\2",
                text,
            ),
            "utf-8",
        )


if __name__ == "__main__":
    main()
