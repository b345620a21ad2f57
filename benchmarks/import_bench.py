"""Race an import against unzipping and hashing the same files, in one run; print ratios and peak memory.

    python benchmarks/import_bench.py            # 3,000 runs over ten years, as in the tables of the docs
    python benchmarks/import_bench.py --runs 300 # a quick look

The yardstick is one process that takes every recording out of the zip, unpacks it and hashes it. The import runs as a
user runs it, in processes of its own, held to two cores; memory is the resident size of all of them together. On a
busy machine the wall ratio says little: the CPU ratio is the import's processor time, spread over two cores.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

CORES = 2


def main() -> None:
    """Make the exports, race, print."""
    options = _options()
    _hold_to(CORES)
    with tempfile.TemporaryDirectory(dir=options.dir) as name:
        folder = Path(name)
        sizes = [options.runs // 4, options.runs // 2, options.runs]
        exports = {runs: options.export_of(folder, runs) for runs in sizes}
        print("  runs     MB  yardstick s  import s  ratio  CPU ratio  again s  share  peak MB")
        for runs, export in exports.items():
            _race(runs, export, folder / f"home-{runs}", options.rounds)
        _after(folder / f"home-{options.runs}")


def _race(runs: int, export: Path, home: Path, rounds: int) -> None:
    yardstick, first, again = [], [], []
    for i in range(rounds):
        yardstick.append(_run([sys.executable, __file__, "--yardstick", str(export)]))
        target = home if i == rounds - 1 else home.with_name(f"{home.name}-round-{i}")
        first.append(_run(_import(target, export)))
        again.append(_run(_import(target, export)))
    base, took, repeat = (
        statistics.median(run.seconds for run in some) for some in (yardstick, first, again)
    )
    cpu = (
        statistics.median(run.cpu for run in first) / CORES / statistics.median(run.cpu for run in yardstick)
    )
    print(
        f"{runs:>6} {export.stat().st_size / 1e6:>6.0f} {base:>12.2f} {took:>9.2f} {took / base:>6.2f} {cpu:>10.2f} "
        f"{repeat:>8.2f} {repeat / took:>6.3f} {max(run.peak for run in first) / 1e6:>8.0f}",
        flush=True,
    )


def _after(home: Path) -> None:
    """Print what the archive costs on the disk and to read."""
    runner = home / "runners" / "me"
    for name in ("samples", "sessions", "files", "originals"):
        size = sum(path.stat().st_size for path in (runner / name).rglob("*") if path.is_file())
        print(f"{name:>10}: {size / 1e6:8.1f} MB in {sum(1 for _ in (runner / name).glob('*.*'))} files")
    command = [sys.executable, "-m", "evengait", "--home", str(home)]
    listed = _run([*command, "sessions", "--format", "csv", "--output", str(home / "sessions.csv")])
    print(f"  sessions as CSV: {listed.seconds:.2f} s")
    last = max(line.split(",")[2] for line in (home / "sessions.csv").read_text("utf-8").splitlines()[1:])
    onset = ["--onset", last]
    print(f"          explain: {_run([*command, 'explain', *onset]).seconds:.2f} s")
    report = ["--html", str(home / "report.html")]
    print(f"   explain --html: {_run([*command, 'explain', *onset, *report]).seconds:.2f} s")
    print(f"           --help: {_run([*command, '--help']).seconds:.2f} s")


def _import(home: Path, export: Path) -> list[str]:
    return [sys.executable, "-m", "evengait", "--home", str(home), "import", str(export), "--json"]


@dataclass(frozen=True)
class _Run:
    """Wall and processor seconds of a command with its children, and the peak of their resident memory together."""

    seconds: float
    cpu: float
    peak: int


def _run(command: list[str]) -> _Run:
    """Run a command; its memory is looked at every 20 ms."""
    before, begun = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        time.sleep(0.02)
    seconds, after = time.perf_counter() - begun, os.times()
    if process.returncode not in {0, 3}:
        raise SystemExit(process.stderr.read().decode() if process.stderr else f"{command} failed")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return _Run(seconds, cpu, peak)


def _resident(pid: int) -> int:
    total = 0
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
        total += int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            total += _resident(int(child))
    except (OSError, IndexError):
        pass
    return total


def _yardstick(export: Path) -> None:
    hashes = []
    with zipfile.ZipFile(export) as opened:
        for info in opened.infolist():
            data = opened.read(info)
            if info.filename.endswith(".gz"):
                data = gzip.decompress(data)
            hashes.append(hashlib.sha256(data).hexdigest())
    json.dumps(hashes)


def _hold_to(cores: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


class _Options:
    def __init__(self) -> None:
        parser = argparse.ArgumentParser(
            description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        parser.add_argument("--runs", type=int, default=3000)
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument(
            "--dir", type=Path, help="Where to work; the exports are kept there and used again."
        )
        parser.add_argument("--yardstick", type=Path, help=argparse.SUPPRESS)
        given = parser.parse_args()
        self.runs: int = given.runs
        self.rounds: int = given.rounds
        self.dir: Path | None = given.dir
        self.yardstick: Path | None = given.yardstick

    def export_of(self, folder: Path, runs: int) -> Path:
        from evengait.actions.simulate_export import simulate_export

        path = (self.dir or folder) / f"export-{runs}.zip"
        if not path.exists():
            simulate_export(path, seed=1, days=3653, runs=runs)
        return path


def _options() -> _Options:
    options = _Options()
    if options.yardstick is not None:
        _yardstick(options.yardstick)
        raise SystemExit
    return options


if __name__ == "__main__":
    main()
