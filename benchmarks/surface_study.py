"""How much of what is said of the ground is right, and how well it says how sure it is.

Made-up runs through made-up towns whose ground is known, seen by watches with errors of several sizes, on maps that
lack tags and ways. With ``--extracts`` also made-up runs along the ways of real extracts, and how their tags agree.
Prints the tables of docs/surfaces.md; ``--write`` puts them there.

    python benchmarks/surface_study.py --runs 200 --extracts DIR --write
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.surface.ground_metres import summed
from evengait.analysis.surface.lay_out import lay_out
from evengait.analysis.surface.match import UNKNOWN, match
from evengait.analysis.surface.steps import steps_of
from evengait.analysis.surface.way_kinds import WayKinds
from evengait.core.ground import GROUNDS
from evengait.ingest.osm.extract import read_extract
from evengait.knowledge.ground_rules import ground_rules
from evengait.simulation.town import Town, TownSettings, make_town
from evengait.simulation.town_run import WatchSettings, run_through
from real_ways import agreement, real_town

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.core.ground import Ways

DOCS = Path(__file__).parents[1] / "docs" / "surfaces.md"
BEGIN, END = "<!-- study: begin -->", "<!-- study: end -->"
RUN_M = 8000.0
RUNS_A_TOWN = 4
FIRST_SEED = 1000
"""The matcher was set on seeds below 100."""
BINS = ((0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.0))


@dataclass(frozen=True)
class Case:
    """Runs under one condition; ``extract`` = along the ways of a real one."""

    words: str
    watch: WatchSettings = field(default_factory=WatchSettings)
    town: TownSettings = field(default_factory=TownSettings)
    extract: Path | None = None


PLAIN = TownSettings(untagged=0.0, wrong=0.0)
BESIDE = TownSettings(beside=1.0, gap_m=(12.0, 20.0))
CASES = (
    *(Case(f"error of {e:g} m", WatchSettings(e)) for e in (3.0, 5.0, 10.0, 15.0)),
    Case("error of 5 m, new every 10 s", WatchSettings(5.0, 10.0)),
    Case("error of 10 m that lasts 2 min", WatchSettings(10.0, 120.0)),
    Case("error of 5 m, a sample every 6 s", WatchSettings(5.0, every_s=6)),
    Case("error of 5 m, a sample every 20 s", WatchSettings(5.0, every_s=20)),
    Case("error of 5 m, three tunnels of 60 to 300 m", WatchSettings(5.0, gaps=3)),
    Case("error of 5 m, four ways in five without a surface", town=TownSettings(untagged=0.8)),
    Case("error of 5 m, half the paths in the woods not on the map", town=TownSettings(unmapped=0.5)),
    *(
        Case(f"error of {e:g} m, a trail 12 to 20 m beside every road", WatchSettings(e), BESIDE)
        for e in (5.0, 10.0)
    ),
    *(
        Case(f"error of {e:g} m, every surface on the map and true", WatchSettings(e), PLAIN)
        for e in (5.0, 10.0, 15.0)
    ),
)


@dataclass(frozen=True)
class Seen:
    """One run: steps with their metres, the truth and what was said; and the session's own word."""

    metres: NDArray[np.float64]
    truth: NDArray[np.int8]
    mapped: NDArray[np.bool_]
    ground: NDArray[np.int8]
    sure: NDArray[np.float64]
    session_sure: float | None


@cache
def ways_of(seed: int, settings: TownSettings, extract: Path | None) -> tuple[Town, Ways]:
    """Return a town and the map of it."""
    kinds = WayKinds(ground_rules())
    if extract is not None:
        return real_town(extract), read_extract(extract, kinds)
    town = make_town(seed, settings)
    listed = town.mapped()
    kind = np.array([kinds.of(tags) for tags in listed.tags], np.int16)
    return town, lay_out(kind, listed.node_count, listed.node, listed.lat_e7, listed.lon_e7, kinds.kinds)


def run(job: tuple[Case, int]) -> Seen:
    """Run once, match, and keep what was said beside the truth."""
    case, number = job
    town, ways = ways_of(FIRST_SEED + number // RUNS_A_TOWN, case.town, case.extract)
    ran = run_through(town, FIRST_SEED + number, RUN_M, case.watch)
    steps = steps_of(ran.samples, "running")
    if steps is None:
        raise AssertionError("a made-up run has positions")
    under = match(steps, ways)
    at = np.searchsorted(ran.along_m, steps.along_m).clip(0, len(ran.along_m) - 1)
    truth = np.array([GROUNDS.index(name) for name in ran.ground[at].tolist()], np.int8)
    return Seen(steps.metres, truth, ran.mapped[at], under.ground, under.sure, summed(steps, under).sure)


def row(words: str, seen: list[Seen]) -> str:
    """Return a row of the first table."""
    whole = _joined(seen)
    told = whole.ground != UNKNOWN
    right = _share(whole.metres, (whole.ground == whole.truth) & told, told)
    stated = float(np.average(whole.sure[told], weights=whole.metres[told]))
    on, off = (_share(whole.metres, ~told & where, where) for where in (whole.mapped, ~whole.mapped))
    errors = np.array([share_error(one) for one in seen])
    off_words = f"{100 * off:.0f} %" if (~whole.mapped).any() else "–"
    return (
        f"| {words} | {100 * right:.1f} % | {100 * stated:.1f} % | {100 * on:.1f} % | {off_words} "
        f"| {100 * errors.mean():.1f} | {100 * np.quantile(errors, 0.9):.1f} |"
    )


def share_error(one: Seen) -> float:
    """Return the largest error of a session's paved, gravel and trail share, of what is told and on the map."""
    told = one.ground != UNKNOWN
    if not told.any():
        return 0.0
    said, true = (
        np.bincount(ground, weights=metres, minlength=UNKNOWN + 1)[:3] / metres.sum()
        for ground, metres in (
            (one.ground[told], one.metres[told]),
            (one.truth[one.mapped], one.metres[one.mapped]),
        )
    )
    return float(np.abs(said - true).max())


def calibration(seen: list[Seen]) -> list[str]:
    """Return the table of what was stated against what was right."""
    whole = _joined(seen)
    told = whole.ground != UNKNOWN
    right = whole.ground == whole.truth
    rows = ["| stated for a step | of the metres | stated, mean | right |", "|---|--:|--:|--:|"]
    for low, high in BINS:
        some = told & (whole.sure >= low) & (whole.sure < high)
        if some.any():
            rows.append(
                f"| {low:.2f} to {high:.2f} | {100 * _share(whole.metres, some, told):.0f} % "
                f"| {100 * np.average(whole.sure[some], weights=whole.metres[some]):.0f} % "
                f"| {100 * _share(whole.metres, right & some, some):.0f} % |"
            )
    rows += ["", "| stated for a session | sessions | stated, mean | right, mean | nine in ten at least |"]
    rows += ["|---|--:|--:|--:|--:|"]
    by_session = np.array([(one.session_sure, _right(one)) for one in seen if one.session_sure is not None])
    for low, high in ((0.4, 0.7), (0.7, 0.8), (0.8, 0.85), (0.85, 0.9), (0.9, 1.0)):
        some = by_session[(by_session[:, 0] >= low) & (by_session[:, 0] < high)]
        if len(some) >= 10:
            rows.append(
                f"| {low:.2f} to {high:.2f} | {len(some)} | {100 * some[:, 0].mean():.0f} % "
                f"| {100 * some[:, 1].mean():.0f} % | {100 * np.quantile(some[:, 1], 0.1):.0f} % |"
            )
    return rows


def _joined(seen: list[Seen]) -> Seen:
    names = [name for name in Seen.__annotations__ if name != "session_sure"]
    parts = {name: np.concatenate([getattr(one, name) for one in seen]) for name in names}
    return Seen(**parts, session_sure=None)


def _share(metres: NDArray[np.float64], some: NDArray[np.bool_], of: NDArray[np.bool_]) -> float:
    return float(metres[some].sum() / max(float(metres[of].sum()), 1e-9))


def _right(one: Seen) -> float:
    told = one.ground != UNKNOWN
    return _share(one.metres, told & (one.ground == one.truth), told)


HEAD = (
    "| condition | right, of the metres told | stated | on the map, but unknown | off the map and called unknown "
    "| largest share error, points: mean | nine in ten below |\n|---|--:|--:|--:|--:|--:|--:|"
)


REAL = "{runs} made-up runs along the ways of each real extract (right: what the map says of the way that was run):"


def main() -> None:
    """Run the study and print, or write, its tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=200, help="runs of 8 km under each condition")
    parser.add_argument("--extracts", type=Path, help="a folder of real extracts (.osm.pbf, .osm.gz)")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help=f"put the tables into {DOCS.name}")
    args = parser.parse_args()
    begun = time.perf_counter()
    files = (
        sorted([*args.extracts.glob("*.osm.pbf"), *args.extracts.glob("*.osm.gz")]) if args.extracts else []
    )
    lines = [
        f"{args.runs} runs of about 8 km a row, through {-(-args.runs // RUNS_A_TOWN)} made-up towns:",
        "",
        HEAD,
    ]
    with ProcessPoolExecutor(args.jobs) as pool:
        every: list[Seen] = []
        for case in CASES:
            seen = list(pool.map(run, [(case, n) for n in range(args.runs)], chunksize=RUNS_A_TOWN))
            lines.append(row(case.words, seen))
            every += seen
        lines += ["", "What is stated, against what is right, over all rows:", "", *calibration(every)]
        if files:
            lines += ["", REAL.format(runs=args.runs // 2), "", HEAD]
        for file in files:
            for error in (5.0, 10.0):
                case = Case(f"{file.name}, error of {error:g} m", WatchSettings(error), extract=file)
                seen = list(pool.map(run, [(case, n) for n in range(args.runs // 2)], chunksize=RUNS_A_TOWN))
                lines.append(row(case.words, seen))
    if files:
        lines += ["", "Where real ways have a surface, how it agrees with what is inferred without:", ""]
        lines += agreement(files)
    text = "\n".join(lines)
    print(text)
    print(f"\n{time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if args.write:
        page = DOCS.read_text("utf-8")
        head, rest = page.split(BEGIN)
        _, tail = rest.split(END)
        DOCS.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
