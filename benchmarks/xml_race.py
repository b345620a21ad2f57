"""Race the GPX and TCX readers against those on PyPI, in one run; print MB/s and ratios.

    python benchmarks/xml_race.py [--data FOLDER] [--rounds 9] [--write]

Files: every GPX and TCX under FOLDER, each once, unpacked and in memory. Before the race every reader reads each, and
what it finds is compared with ours point by point: time, position, height, distance, heart rate, cadence, power and the
rest that it has. The race is over the files in which all find the same; of the others it says who refused or differed.

A peer gives one list a column, by its own objects or the shortest loop over them; python-tcxparser's leave out what is
missing, so only its times are compared. ``evengait`` is the whole reader: it
also joins tracks, tells pauses and clocks that were set, checks every value's range and makes the archive's integer
columns of it. Time is processor time of this process; a ratio is the median of the rounds' ratios; slow readers run in
the first rounds only. fastgpx is raced on Python 3.12 and later, where it can be installed. ``--write`` puts the tables
into docs/speed.md.
"""

from __future__ import annotations

import argparse
import gzip
import math
import os
import platform
import statistics
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.ingest import gpx, tcx
from evengait.ingest.gpx._grammar import GPX
from evengait.ingest.tcx._grammar import TCX
from evengait.ingest.xml._engine import compiled_scan, scan
from evengait.ingest.xml._grammar import PLACE, Grammar
from xml_peers import GPX_PEERS, TCX_PEERS

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[bytes], Any]

PAGE = Path(__file__).parents[1] / "docs" / "speed.md"
BEGIN, END = "<!-- made by benchmarks/xml_race.py -->", "<!-- end of xml_race.py -->"
KERNEL, STRICT = "**evengait, C kernel**", "**evengait, Python only**"
ROUNDS_OF_THE_SLOW = 3
BAR = 15


def own(read: Reader, *, kernel: bool) -> Reader:
    """Return the whole reader, with the kernel or without."""

    def run(data: bytes) -> Any:
        os.environ["EVENGAIT_NO_KERNEL"] = "0" if kernel else "1"
        return read(data)

    return run


def own_columns(data: bytes, grammar: Grammar) -> dict[str, list[float]]:
    """Return the points as the reader's parser found them."""
    rows = scan(data, grammar).rows
    out = {name: rows[:, place].tolist() for name, place in PLACE.items()}
    out["time"] = [value / 1e6 for value in out["time"]]
    pod = out["run_cadence"]
    out["cadence"] = [a if math.isnan(b) else b for a, b in zip(out["cadence"], pod, strict=True)]
    return out


def same(ours: dict[str, list[float]], theirs: dict[str, list[Any]]) -> str | None:
    """Return the first column that differs; None = all that the peer has is the same."""
    for name, column in theirs.items():
        if name not in ours:
            continue
        if len(ours[name]) != len(column):
            return "points"
        for one, other in zip(ours[name], map(_number, column), strict=True):
            if (
                one != other
                and not (math.isnan(one) and math.isnan(other))
                and not math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-6 if name == "time" else 0)
            ):
                return name
    return None


def _number(value: Any) -> float:
    if value is None:
        return math.nan
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    return float(value)


def read_all(
    files: list[bytes], peers: dict[str, Reader], grammar: Grammar
) -> tuple[list[bytes], dict[str, Counter[str]]]:
    """Return the files on which every peer finds what we find, and for each peer why others were left out."""
    kept, why = [], {name: Counter[str]() for name in peers}
    for data in files:
        ours = own_columns(data, grammar)
        good = True
        for name, peer in peers.items():
            try:
                differs = same(ours, peer(data))
            except Exception:  # noqa: BLE001  whatever a peer raises, it has not read the file
                differs = "refused"
            if differs:
                why[name][differs] += 1
                good = False
        if good and len(ours["time"]):
            kept.append(data)
    return kept, why


def race(
    files: list[bytes], readers: dict[str, Reader], slow: set[str], rounds: int
) -> dict[str, list[float]]:
    """Return seconds of processor time per round and reader; NaN where a slow reader sat a round out."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    for turn in range(rounds):
        for name, reader in readers.items():
            if name in slow and turn >= ROUNDS_OF_THE_SLOW:
                times[name].append(math.nan)
                continue
            begun = time.process_time()
            for data in files:
                reader(data)
            times[name].append(time.process_time() - begun)
    return times


def ratio(times: dict[str, list[float]], slow: str, fast: str) -> float:
    """Return how many times as long one reader takes as another."""
    pairs = zip(times[slow], times[fast], strict=True)
    return statistics.median(a / b for a, b in pairs if a == a and b == b)


def table(title: str, times: dict[str, list[float]], size: int) -> list[str]:
    """Return the lines of a table."""
    lines = [f"| {title} | MB/s | slower than our Python | slower than our C kernel |", "|---|--:|--:|--:|"]
    for name, seconds in sorted(times.items(), key=lambda pair: -float(np.nanmedian(pair[1]))):
        speed = size / 1e6 / float(np.nanmedian(seconds))
        to = [ratio(times, name, other) for other in (STRICT, KERNEL)]
        said = ["1" if value == 1 else f"{value:.2g} ×" if value < 10 else f"{value:.0f} ×" for value in to]
        lines.append(f"| {name} | {speed:.1f} | {said[0]} | {said[1]} |")
    return lines


def run(title: str, folder: Path, rounds: int) -> list[str]:
    """Race over one format; returns its lines."""
    module, grammar, peers, peer = (
        (gpx, GPX, GPX_PEERS, "gpxpy") if title == "GPX" else (tcx, TCX, TCX_PEERS, "tcxreader")
    )
    files = [data for data in _files(folder) if module.sniff(data)]
    kept, why = read_all(files, peers, grammar)
    readers = peers | {KERNEL: own(module.read, kernel=True), STRICT: own(module.read, kernel=False)}
    times = race(kept, readers, {*peers, STRICT}, rounds)
    size = sum(map(len, kept))
    points = sum(len(scan(data, grammar).rows) for data in kept)
    lines = [
        f"{len(kept)} of {len(files)} {title} files, {size / 1e6:.1f} MB, {points:,} points, the same to every reader.",
        *(
            f"Files that {name} refuses or in which it differs: "
            + ", ".join(f"{word} {count}" for word, count in counts.items())
            + "."
            for name, counts in why.items()
            if counts
        ),
        "",
        *table(f"{title} into columns", times, size),
        "",
    ]
    for name in times:
        if name.startswith(peer):
            fast = ratio(times, name, KERNEL)
            lines.append(
                f"With the kernel {fast:.0f} times {name}; the bar is {BAR}{'' if fast >= BAR else ', MISSED'}."
            )
    return [*lines, ""]


def _files(folder: Path) -> list[bytes]:
    found: dict[bytes, None] = {}
    for path in sorted(folder.rglob("*")):
        if path.name.lower().endswith((".gpx", ".tcx", ".gpx.gz", ".tcx.gz")):
            data = path.read_bytes()
            found[gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data] = None
    return list(found)


def main() -> None:
    """Race, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    beside = Path(__file__).parents[2] / "shared"
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("EVENGAIT_SHARED", beside)) / "data")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    options = parser.parse_args()
    if compiled_scan() is None:
        raise SystemExit("The kernel was not built here: python setup.py build_ext --inplace")
    lines = [f"Python {platform.python_version()}, {options.rounds} rounds.", ""]
    for title in ("GPX", "TCX"):
        lines += run(title, options.data, options.rounds)
    print("\n".join(lines))
    if options.write:
        head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text("\n".join([head + BEGIN, *lines[:-1], END + rest.partition(END)[2]]), "utf-8")


if __name__ == "__main__":
    main()
