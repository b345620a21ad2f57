"""The desk under load: 30 people at once on a desk of 200 runners, with either database, alone and during an import.

    python benchmarks/desk_load.py             # as in docs/desk-speed.md (--write puts the tables there)
    python benchmarks/desk_load.py --runners 8 --users 4 --seconds 8 --runs 20 --years 1 --replies 45  # a quick look

Makes the home (``desk_people.py``), starts ``evengait serve`` as on a server, with its worker, and lets locust walk
through the main pages (``desk_walk.py``): on SQLite, then on a PostgreSQL of its own that waits for the disk. Server,
worker, database and visitors share this machine. Prints for each page what one visitor alone waits (the middle of
five, and the first time after the start), and the middle and the 95th percentile of many, without and with an import
in the background. A failure is any answer but the page. Memory is resident.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import httpx
import psutil

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from databases import postgres  # noqa: E402
from desk_pages import BEHIND_A_PROXY, LONGEST, headers, pages  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = HERE.parent / "docs" / "desk-speed.md"
BEGIN, END = "<!-- made by benchmarks/desk_load.py -->", "<!-- end of desk_load.py -->"
PORT = re.compile(r"http://127\.0\.0\.1:(\d+)/")
LONGEST_MS = 300


@dataclass
class Measured:
    """What was measured on one database. Times in ms; memory in MB of server, drawing process, worker with its own.

    ``load``: the machine's load average of a minute before, and of five minutes after.
    """

    name: str
    first: dict[str, float] = field(default_factory=dict)
    alone: dict[str, float] = field(default_factory=dict)
    walked: dict[str, dict[str, Any]] = field(default_factory=dict)
    importing: dict[str, dict[str, Any]] = field(default_factory=dict)
    memory: list[tuple[str, float, float, float]] = field(default_factory=list)
    imported: int = 0
    started_s: float = 0.0
    load: tuple[float, float] = (0.0, 0.0)


def main() -> int:
    """Measure, print, write; 1 where a page failed or the longest timeline takes too long."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.dir) as scratch:
        folder = Path(scratch)
        archives = options.archives or folder / "archives"
        archives.mkdir(exist_ok=True)
        found = []
        for name in options.databases:
            with postgres(durable=True) if name == "postgresql" else nullcontext("") as url:
                found.append(
                    measured(name, f"{url}/postgres" if url else "", folder / name, archives, options)
                )
    text = "\n\n".join([_about(options), *(_table(one) for one in found)])
    print(text)
    if options.write:
        page = DOCS.read_text("utf-8")
        head, tail = page.partition(BEGIN)[0], page.partition(END)[2]
        DOCS.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", "utf-8")
    failed = sum(
        row["failed"] for one in found for run in (one.walked, one.importing) for row in run.values()
    )
    return int(failed > 0 or any(one.alone[LONGEST] > LONGEST_MS for one in found))


def measured(name: str, url: str, folder: Path, archives: Path, options: argparse.Namespace) -> Measured:
    """Fill a home and measure the desk on it."""
    folder.mkdir()
    home, walk, export = folder / "home", folder / "walk.json", folder / "taken.zip"
    os.environ |= {
        "EVENGAIT_DATABASE_URL": url,
        "EVENGAIT_ALLOWED_HOSTS": "localhost",
        "EVENGAIT_WALK": str(walk),
    }
    os.environ["EVENGAIT_PAUSE"] = str(options.pause)
    sizes = [
        f"--{key}={getattr(options, key)}"
        for key in ("runners", "replies", "years", "runs", "kinds", "coaches")
    ]
    subprocess.run([sys.executable, HERE / "desk_people.py", home, archives, walk, *sizes], check=True)
    _export(export, options.files)
    told, found = json.loads(walk.read_text("utf-8")), Measured(name)
    begun, before = time.perf_counter(), os.getloadavg()[0]
    with serving(home) as (address, server):
        found.started_s = time.perf_counter() - begun
        found.first, found.alone = one_visitor(address, told)
        found.memory.append(("after one visitor", *_resident(server)))
        found.walked = many_visitors(address, options)
        found.memory.append((f"after {options.users} visitors", *_resident(server)))
        with importing(address, told["takers"], export) as counted:
            found.importing = many_visitors(address, options)
        found.imported, found.load = counted[0], (before, os.getloadavg()[1])
        found.memory.append((f"after {options.users} visitors and the imports", *_resident(server)))
    return found


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve the home on a free port as an operator does; yields the address and the process."""
    command = [sys.executable, "-m", "evengait", "--home", home, "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = ""
        while "Ctrl-C" not in said:
            line = running.stderr.readline()
            assert line, said
            said += line
        drained = threading.Thread(target=lambda: sys.stderr.writelines(running.stderr or ()), daemon=True)
        drained.start()
        port = PORT.search(said)
        assert port, said
        try:
            yield f"http://localhost:{port[1]}", psutil.Process(running.pid)
        finally:
            running.terminate()
            running.wait(60)


def one_visitor(address: str, told: dict[str, Any]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what one visitor waits for each page, the first time and in the middle of five more."""
    rng, took = random.Random(3), {}
    with httpx.Client(base_url=address, timeout=120) as client:
        for _ in range(6):
            for name, path, person in pages(told, rng):
                begun = time.perf_counter()
                answer = client.get(path, headers=headers(path, person))
                took.setdefault(name, []).append(1000 * (time.perf_counter() - begun))
                assert answer.status_code == 200, (name, answer.status_code)
    return {name: each[0] for name, each in took.items()}, {
        name: median(each[1:]) for name, each in took.items()
    }


def many_visitors(address: str, options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Let locust walk; return by page how often it was asked for, the middle and 95th percentile, failures."""
    done = subprocess.run(
        [sys.executable, "-m", "locust", "-f", HERE / "desk_walk.py", "--headless", "--json", "--host", address,
         "-u", str(options.users), "-r", "10", "-t", f"{options.seconds}s", "--stop-timeout", "60",
         "--only-summary", "--exit-code-on-error", "0"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {
        row["name"]: {
            "count": row["num_requests"], "failed": row["num_failures"],
            "p50": _percentile(row["response_times"], 0.5), "p95": _percentile(row["response_times"], 0.95),
        }
        for row in json.loads(done.stdout)
    }  # fmt: skip


@contextmanager
def importing(address: str, takers: list[str], export: Path) -> Iterator[list[int]]:
    """Send the export by the API to one runner after the other, again and again taken back, until it is over."""
    counted, over = [0], threading.Event()
    thread = threading.Thread(target=_import, args=(address, takers, export, counted, over), daemon=True)
    thread.start()
    try:
        yield counted
    finally:
        over.set()
        thread.join(120)


def _import(address: str, takers: list[str], export: Path, counted: list[int], over: threading.Event) -> None:
    content = export.read_bytes()
    with httpx.Client(base_url=f"{address}/api/v1", timeout=120, headers=BEHIND_A_PROXY) as client:
        while not over.is_set():
            for token in takers:
                client.headers["Authorization"] = f"Bearer {token}"
                job = client.post("/imports", json={"label": "export.zip", "size": len(content)}).json()["id"]
                _send(client, f"/imports/{job}/pieces", content)
                client.post(f"/imports/{job}/complete")
                counted[0] += _finished(client, job, over)["files_done"]
                if over.is_set():
                    return
                _finished(client, client.post(f"/imports/{job}/undo").json()["id"], over)


def _send(client: httpx.Client, path: str, content: bytes) -> None:
    piece = 8 * 1024**2
    for offset in range(0, len(content), piece):
        form = {"path": "export.zip", "offset": str(offset)}
        client.post(path, data=form, files={"piece": content[offset : offset + piece]}).raise_for_status()


def _finished(client: httpx.Client, job: str, over: threading.Event) -> dict[str, Any]:
    while True:
        told: dict[str, Any] = client.get(f"/imports/{job}").json()
        if over.is_set() or told.get("state") in {"done", "failed"}:
            return told
        time.sleep(1)


def _export(path: Path, files: int) -> None:
    from evengait.actions.simulate_export import simulate_export

    simulate_export(path, seed=99, days=180, runs=files, workers=1)


def _resident(server: psutil.Process) -> tuple[float, float, float]:
    """Return the resident memory of the server, of what draws, and of the worker with what it started, in MB."""
    drawing = work = 0.0
    for one in server.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # one of an import's may have ended meanwhile
            size, draws = one.memory_info().rss / 1e6, "evengait.web.drawing" in one.cmdline()
            drawing, work = drawing + draws * size, work + (not draws) * size
    return server.memory_info().rss / 1e6, drawing, work


def _percentile(counts: dict[str, int], share: float) -> float:
    """Return a percentile of response times that locust counted by their rounded milliseconds."""
    left = share * sum(counts.values())
    for value in sorted(counts, key=float):
        left -= counts[value]
        if left <= 0:
            return float(value)
    return float("nan")


def _about(options: argparse.Namespace) -> str:
    return (
        f"{options.runners} runners with {options.runs} runs each, one with {options.years:g} years, one case of "
        f"{options.replies} replies; {options.users} visitors at once for {options.seconds} s, "
        f"{options.pause:g} s between two pages; {os.cpu_count()} processors for server, worker, database and "
        f"visitors together. Times in ms."
    )


def _table(one: Measured) -> str:
    title = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[one.name]
    lines = [
        f"**{title}**, the desk open after {one.started_s:.1f} s; {one.imported:,} files taken in meanwhile.", "",
        f"Load average of the machine: {one.load[0]:.1f} before, {one.load[1]:.1f} in the last five minutes.", "",
        "| page | first | alone | asked for | median | p95 | with an import: median | p95 | failed |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    nothing = {"count": 0, "failed": 0, "p50": float("nan"), "p95": float("nan")}
    for name in [*one.alone, *(set(one.walked) - set(one.alone))]:
        many, busy = one.walked.get(name, nothing), one.importing.get(name, nothing)
        alone = f"{one.first[name]:.0f} | {one.alone[name]:.0f}" if name in one.alone else " | "
        lines.append(
            f"| {name} | {alone} | {many['count'] + busy['count']} | {many['p50']:.0f} | {many['p95']:.0f} "
            f"| {busy['p50']:.0f} | {busy['p95']:.0f} | {many['failed'] + busy['failed']} |"
        )
    lines += ["", "| memory, MB | server | drawing | worker |", "|---|--:|--:|--:|"]
    lines += [f"| {when} | {' | '.join(f'{size:.0f}' for size in sizes)} |" for when, *sizes in one.memory]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--users", type=int, default=30, help="visitors at once")
    parser.add_argument("--seconds", type=int, default=120, help="of each walk")
    parser.add_argument(
        "--pause", type=float, default=2.0, help="seconds between two pages, give or take a half"
    )
    parser.add_argument(
        "--files", type=int, default=300, help="runs of the export that is taken in meanwhile"
    )
    parser.add_argument("--runners", type=int, default=200)
    parser.add_argument("--replies", type=int, default=500)
    parser.add_argument("--years", type=float, default=10)
    parser.add_argument("--runs", type=int, default=200, help="of each runner")
    parser.add_argument("--kinds", type=int, default=8, help="different archives")
    parser.add_argument("--coaches", type=int, default=4)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--dir", type=Path, help="where to work")
    parser.add_argument("--archives", type=Path, help="keep the made archives here and use them again")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {DOCS.name}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
