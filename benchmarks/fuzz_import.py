"""Break whole files in a million ways and take each in: no error, no hang, no value outside its column's range.

    python benchmarks/fuzz_import.py 100000                     # inputs 0 to 99,999 of seed 1, each into an import
    python benchmarks/fuzz_import.py 1000000 --readers --write  # through the readers, as in docs/unharmed.md
    python benchmarks/fuzz_import.py --only 4711 --seed 1    # one input again, with its traceback

Whole files are made up; where EVENGAIT_SHARED names a folder of real recordings, those are broken too. Input i of a
seed is always the same. FIT files are broken by their own structure, with the checksums made right again, XML, tables
and JSON by theirs, and zips and gzips around all of them. Each input has a limit of time, each process one of memory.
With --readers no archive is written: small files go through their readers and the checks of samples and rows, half of
them by the plain engines and half by the compiled ones; a quarter by both, which must agree to the bit.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.inputs import Input, Inputs

LIMIT_S = 10.0
"""Of processor time for one input, of 0.1 MB at most: a thousand times what most take."""

WAIT_S = 300.0
"""By the clock: who waits for so long waits for ever."""

LIMIT_MB = 3000
"""Of address space for one process, of which some 500 are libraries."""

DOCS = Path(__file__).parents[1] / "docs" / "unharmed.md"


@dataclass
class Tally:
    """What became of the inputs, by kind."""

    session: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[int]] = field(default_factory=dict)
    slowest_s: float = 0.0
    slowest: int = -1
    peak_mb: float = 0.0

    def add(self, other: dict[str, object]) -> None:
        """Add what a worker says."""
        more = Tally(**other)  # type: ignore[arg-type]
        self.session.update(more.session)
        self.refused.update(more.refused)
        for what, numbers in more.found.items():
            self.found.setdefault(what, []).extend(numbers)
        if more.slowest_s > self.slowest_s:
            self.slowest_s, self.slowest = more.slowest_s, more.slowest
        self.peak_mb = max(self.peak_mb, more.peak_mb)


def main() -> int:
    """Break, take in, print; 1 where anything was found."""
    options = _options()
    if options.only is not None:
        return _one(options)
    if options.worker:
        _work(options)
        return 0
    begun = time.monotonic()
    options.until = begun + options.minutes * 60
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=_memory_disk()) as scratch:
        crew = [_Slice(options, k, Path(scratch)) for k in range(options.processes)]
        while crew := [one for one in crew if one.step(tally)]:
            time.sleep(0.2)
    text = _table(tally, options, time.monotonic() - begun)
    print(text)
    for what, numbers in sorted(tally.found.items()):
        print(f"FOUND {len(numbers):>6,} × {what}: inputs {sorted(numbers)[:5]}")
    if options.write and not tally.found:
        what = "readers" if options.readers else "fuzz"
        begin, end = f"<!-- {what} begin -->", f"<!-- {what} end -->"
        head, rest = DOCS.read_text("utf-8").split(begin)
        DOCS.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end)[1]}", "utf-8")
    return 1 if tally.found else 0


class _Slice:
    """Every k-th input, in a process of its own; one that dies or hangs is a finding, and another goes on behind it."""

    def __init__(self, options: argparse.Namespace, k: int, scratch: Path) -> None:
        self._options, self._scratch = options, scratch
        self._step, self._end = options.processes, options.first + options.count
        self._mark = scratch / f"{k}.now"
        self._start(options.first + k)

    def step(self, tally: Tally) -> bool:
        """Look after the process; return whether there is more to do."""
        if self._process is None:
            return False
        status = self._process.poll()
        if status is None:
            return True
        report = self._scratch / f"{self._process.pid}.json"
        if report.exists():
            tally.add(json.loads(report.read_text("utf-8")))
        self._process = None
        if status != 0:
            at = int(self._mark.read_bytes() or b"-1")
            what = f"waited more than {WAIT_S:g} s, or ended with {status}"
            if status < 0:
                slow = status == -signal.SIGPROF
                what = f"took more than {LIMIT_S:g} s" if slow else f"killed by signal {-status}"
            tally.found.setdefault(what, []).append(at)
            self._start(at + self._step)
        return self._process is not None

    def _start(self, at: int) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        if at >= self._end:
            return
        given = {
            "worker": self._mark, "first": at, "step": self._step,
            "seed": self._options.seed, "memory": self._options.memory, "until": self._options.until,
        }  # fmt: skip
        command = [sys.executable, __file__, str(self._end - at)]
        command += [word for name, value in given.items() for word in (f"--{name}", str(value))]
        command += ["--made-up"] * self._options.made_up + ["--readers"] * self._options.readers
        self._process = subprocess.Popen(command)


def _work(options: argparse.Namespace) -> None:
    """Do every step-th input, and keep the tally on the disk: it must outlive a crash."""
    from fuzz.holding import signature

    hold = _hold(options)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faulthandler.register(signal.SIGPROF, chain=True)  # a traceback, and then its end
    if options.memory:
        resource.setrlimit(resource.RLIMIT_AS, (options.memory << 20, options.memory << 20))
    inputs = _inputs(options)
    mark, tally = Path(options.worker), Tally()
    report = mark.with_name(f"{os.getpid()}.json")
    with tempfile.TemporaryDirectory(dir=mark.parent) as folder, mark.open("wb", buffering=0) as now:
        saved = time.monotonic()
        for done, number in enumerate(range(options.first, options.first + options.count, options.step)):
            if time.monotonic() > options.until:
                break
            os.pwrite(now.fileno(), b"%-20d" % number, 0)
            if done % 50 == 0:  # it takes a thread each time
                faulthandler.dump_traceback_later(WAIT_S, exit=True)
            signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
            given, begun = inputs[number], time.process_time()
            try:
                getattr(tally, hold(given, Path(folder)))[given.kind] += 1
            except Exception as error:  # noqa: BLE001  whatever it is, it is a finding
                tally.found.setdefault(signature(error), []).append(number)
            took = time.process_time() - begun
            if took > tally.slowest_s:
                tally.slowest_s, tally.slowest = took, number
            if time.monotonic() - saved > 2:
                saved = time.monotonic()
                _save(report, tally)
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_PROF, 0)
    _save(report, tally)


def _save(report: Path, tally: Tally) -> None:
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    beside = report.with_suffix(".tmp")
    beside.write_text(json.dumps(vars(tally)), "utf-8")
    beside.replace(report)


def _hold(options: argparse.Namespace) -> Callable[[Input, Path], str]:
    if options.readers:
        from fuzz.reading import read_through

        return read_through
    from fuzz.holding import hold

    return hold


def _one(options: argparse.Namespace) -> int:
    given = _inputs(options)[options.only]
    print(f"input {given.number}: {given.kind}, {len(given.data):,} bytes")
    if options.save:
        options.save.write_bytes(given.data)
    with tempfile.TemporaryDirectory(dir=_memory_disk()) as folder:
        try:
            print(_hold(options)(given, Path(folder)))
        except Exception:  # noqa: BLE001  it is what was asked for
            traceback.print_exc()
            return 1
    return 0


def _inputs(options: argparse.Namespace) -> Inputs:
    from fuzz.corpus import corpus
    from fuzz.inputs import Inputs

    named = os.environ.get("EVENGAIT_SHARED")
    shared = Path(named) if named and not options.made_up and (Path(named) / "data").is_dir() else None
    if not options.readers:
        return Inputs(corpus(shared), options.seed)
    from fuzz.small import small

    return Inputs([small(seed) for seed in corpus(shared, most=1 << 30)], options.seed)


def _table(tally: Tally, options: argparse.Namespace, seconds: float) -> str:
    from fuzz.inputs import KINDS

    lines = ["| broken | inputs | gave a session | refused with a sentence |", "|---|--:|--:|--:|"]
    for kind in KINDS:
        good, bad = tally.session[kind], tally.refused[kind]
        lines.append(f"| {kind} | {good + bad:,} | {good:,} | {bad:,} |")
    good, bad = tally.session.total(), tally.refused.total()
    found = sum(map(len, tally.found.values()))
    lines.append(f"| **all** | **{good + bad + found:,}** | {good:,} | {bad:,} |")
    what = "errors, hangs, crashes or values outside their column's range"
    rate = (good + bad + found) / seconds
    lines.append(
        f"\nSeed {options.seed}, from input {options.first:,} on: {found:,} {what}. "
        f"The slowest took {tally.slowest_s:.2f} s of a processor, a process {tally.peak_mb:,.0f} MB at most; "
        f"{rate:,.0f} inputs a second in {options.processes} processes."
    )
    return "\n".join(lines)


def _memory_disk() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=20_000, help="how many inputs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the first input's number: to go on in slices")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--readers", action="store_true", help="through the readers alone")
    parser.add_argument("--made-up", action="store_true", help="break made-up files alone")
    parser.add_argument(
        "--memory", type=int, default=LIMIT_MB, help="MB of address space; 0 = no limit, for sanitizers"
    )
    parser.add_argument("--only", type=int, help="one input again, with its traceback")
    parser.add_argument("--save", type=Path, help="with --only: where to put its bytes")
    parser.add_argument("--write", action="store_true", help=f"put the table into {DOCS.name}")
    parser.add_argument(
        "--minutes", type=float, default=6000.0, help="after which it ends with what was done"
    )
    parser.add_argument("--until", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--step", type=int, default=1, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
