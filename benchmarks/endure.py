"""Work at a desk for an hour while its workers, its server and its database are killed, and look whether all is there.

    python benchmarks/endure.py                          # an hour on PostgreSQL, as in docs/endurance.md (--write)
    python benchmarks/endure.py 10 --database sqlite
    python benchmarks/endure.py 20 --every 0             # nothing is killed: what memory does
    python benchmarks/endure.py --spare-server           # the database and the workers alone

A real PostgreSQL, ``evengait serve`` and workers, each started again when it ends, as a service manager does. People in
threads read pages, write diaries, replies, problems and plans, send small exports, ask for answers, and write by
program. Each notes what an answer said is kept; who gets none tries again, with the same form, or gives up. In the
end everything that was said to be kept is there, once; what was not may be there once or not at all.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from endurance.browser import NoAnswerError
from endurance.killing import Killer, Watcher
from endurance.ledger import Ledger
from endurance.looking import Look, samples_of, wait_for_the_workers
from endurance.people import MARK, Person
from endurance.processes import Desk, Service
from evengait.actions.import_archive import import_archive
from evengait.actions.simulate_export import simulate_export

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

DOCS = Path(__file__).parents[1] / "docs" / "endurance.md"
WARM_S = 300.0
"""Until then a process still loads what it needs, page by page and task by task."""
LEAST_H = 0.2
"""Lives that were followed for less tell nothing of an hour."""


@dataclass
class Run:
    """What a run came to."""

    desk: Desk
    ledger: Ledger
    killer: Killer
    watcher: Watcher
    seconds: float
    sessions: int = 0
    waited_s: float = 0.0
    slowest_import_s: float = 0.0


def main() -> int:
    """Run, look, print."""
    options = _options()
    ledger = Ledger()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended
    with tempfile.TemporaryDirectory(prefix="evengait-endure", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        exports, whole = _exports(folder / "exports", options.exports)
        desk = Desk(folder, postgresql=options.database == "postgresql", workers=options.workers)
        os.environ |= {key: desk.env[key] for key in desk.env if key.startswith("EVENGAIT_")}
        try:
            desk.start()
            run = _work(desk, ledger, exports, whole, options)
        finally:
            desk.end()
            if options.logs:
                options.logs.write_text(desk.logs(), "utf-8")
    text = _table(run, options)
    print(text)
    for what in sorted(set(ledger.wrong)):
        print(f"WRONG ({ledger.wrong.count(what)} times)", what)
    if options.write and not ledger.wrong:
        what = "spared" if options.spare_server else options.database if options.every else "calm"
        begin, end = (f"<!-- {what} {word} -->" for word in ("begins", "ends"))
        head, rest = DOCS.read_text("utf-8").split(begin)
        DOCS.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end)[1]}", "utf-8")
    return 1 if ledger.wrong else 0


def _work(
    desk: Desk,
    ledger: Ledger,
    exports: list[Path],
    whole: dict[str, pl.DataFrame],
    options: argparse.Namespace,
) -> Run:
    people = [
        Person(n, desk.port, ledger, exports, seed=options.seed, pause_s=options.pause)
        for n in range(options.people)
    ]
    _all_is_up(people[0])
    for person in people:
        person.come_in()
    for guest in people[1:]:
        guest.follow(people[0].invite(), people[0].own_case)
    print(f"{len(people)} people are in; it begins.", file=sys.stderr, flush=True)
    seconds = options.minutes * 60
    watcher = Watcher(people[0].browser)
    killer = Killer(
        desk,
        watcher,
        seed=options.seed,
        every_s=options.every,
        quiet_after=seconds * 2 / 3,
        spared=options.spare_server,
    )
    for thread in (watcher, *people, *([killer] if options.every else [])):
        thread.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(min(60.0, max(0.0, until - time.monotonic())))
        wrong = f"; {len(ledger.wrong)} wrong: {ledger.wrong[-1]}" if ledger.wrong else ""
        told = (
            f"{len(ledger.writes)} writes, {killer.kills.total()} kills, load {os.getloadavg()[0]:.1f}{wrong}"
        )
        print(f"{(until - time.monotonic()) / 60:.1f} minutes left: {told}", file=sys.stderr, flush=True)
    killer.stop.set()
    if options.every:
        killer.join()
    _all_is_up(people[0])
    for person in people:
        person.stop.set()
    for person in people:
        person.join(400)
    watcher.stop.set()
    watcher.join(200)
    run = Run(desk, ledger, killer, watcher, seconds)
    _look(run, people, whole)
    return run


def _all_is_up(person: Person) -> None:
    """Wait until pages come again."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with suppress(NoAnswerError):
            if person.browser.get("/diary/").status in {200, 302}:
                return
        time.sleep(0.5)


def _look(run: Run, people: list[Person], whole: dict[str, pl.DataFrame]) -> None:
    from evengait.web.opening import open_desk

    open_desk(run.desk.home)
    from evengait.storage.records.models import ImportJob

    run.waited_s = wait_for_the_workers(run.ledger)
    look = Look(run.desk.home, run.ledger, people, whole)
    look.at_everything()
    run.sessions = look.sessions
    times = [
        (job.changed_at - job.started_at).total_seconds() for job in ImportJob.objects.filter(state="done")
    ]
    run.slowest_import_s = max(times, default=0.0)
    if MARK in run.desk.logs():
        run.ledger.say("a log holds what somebody wrote")


def _exports(folder: Path, count: int) -> tuple[list[Path], dict[str, pl.DataFrame]]:
    """Make small exports, and what an undisturbed import makes of each."""
    folder.mkdir()
    files, whole = [], {}
    for seed in range(1, count + 1):
        file = folder / f"{seed}.zip"
        simulate_export(file, seed=seed, days=200, runs=3, workers=1)
        import_archive(folder / f"whole-{seed}", [file], workers=1)
        files.append(file)
        whole[file.name] = samples_of(folder / f"whole-{seed}")
    return files, whole


def _slope(services: Iterable[Service]) -> tuple[float, float, float]:
    """Return megabytes an hour within the lives of processes, the hours of those lives, and the most held [MB]."""
    above = below = hours = 0.0
    most = 0
    for service in services:
        most = max([most, *(held for _, _, held in service.memory)])
        for life in {life for life, _, _ in service.memory}:
            seen = [
                (at / 3600, held / 1e6) for which, at, held in service.memory if which == life and at > WARM_S
            ]
            if len(seen) < 3:
                continue
            mean_at, mean = (statistics.fmean(column) for column in zip(*seen, strict=True))
            above += sum((at - mean_at) * (held - mean) for at, held in seen)
            below += sum((at - mean_at) ** 2 for at, _ in seen)
            hours += seen[-1][0] - seen[0][0]
    return (above / below if below else float("nan")), hours, most / 1e6


def _table(run: Run, options: argparse.Namespace) -> str:
    ledger, killer, desk = run.ledger, run.killer, run.desk
    lines = ["| killed | times | until a page came again, median | slowest |", "|---|--:|--:|--:|"]
    for kind, count in sorted(killer.kills.items()):
        took = run.watcher.took[kind]
        times = f"{statistics.median(took):.1f} s | {max(took):.1f} s" if took else "at once | at once"
        lines.append(f"| {kind} | {count} | {times} |")
    lines += ["", "| written | times | said to be kept | sent more than once |", "|---|--:|--:|--:|"]
    for kind in sorted({write.kind for write in ledger.writes}):
        writes = ledger.of(kind)
        kept, again = sum(w.kept for w in writes), sum(w.tries > 1 for w in writes)
        lines.append(f"| {kind} | {len(writes):,} | {kept:,} | {again:,} |")
    lines += ["", "| memory of | grows after five minutes | followed for | most |", "|---|--:|--:|--:|"]
    for name, services in (("the server", [desk.server]), ("the workers", desk.workers)):
        slope, hours, most = _slope(services)
        grows = "lives too short to tell" if hours < LEAST_H else f"{slope:+.1f} MB an hour"
        lines.append(f"| {name} | {grows} | {hours:.1f} h | {most:.0f} MB |")
    lines += ["", _words(run, options)]
    if ledger.told:
        lines += ["", "Error pages said:", ""]
        lines += [f"- {count} times: {text}" for text, count in ledger.told.most_common(8)]
    return "\n".join(lines)


def _words(run: Run, options: argparse.Namespace) -> str:
    ledger, desk, pages = run.ledger, run.desk, run.ledger.pages
    failed = sum(count for status, count in pages.items() if status >= 500)
    every = f", every {options.every:g} s on average" if options.every else ""
    came = run.watcher.came / max(1, run.watcher.asked)
    fell = ", ".join(f"{one.name} {one.fell}" for one in desk.services)
    return (
        f"{run.seconds / 60:g} minutes on {'PostgreSQL' if desk.postgres else 'SQLite'}, {options.people} people, "
        f"{pages.total():,} answers, {run.killer.kills.total()} kills{every} (seed {options.seed}). "
        f"**Lost, double or half: {len(ledger.wrong)}.** "
        f"{ledger.broken:,} requests got no answer and {failed:,} an error page; of the pages "
        f"that one person asked for all the time {came:.1%} came. {run.sessions:,} sessions in {options.people} "
        f"archives, each once and to the last sample. The slowest import took {run.slowest_import_s:.0f} s from its "
        f"first byte on, the kills in between; after the last kill the workers needed {run.waited_s:.0f} s for what "
        f"was left. Ended without being killed: {fell}. The machine's load was {os.getloadavg()[2]:.1f} in the end, "
        f"on {os.cpu_count()} processors."
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("minutes", nargs="?", type=float, default=60.0)
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--workers", type=int, default=1, help="beside the one that the server keeps")
    parser.add_argument("--exports", type=int, default=12, help="different ones, of three runs each")
    parser.add_argument("--pause", type=float, default=1.5, help="longest wait of a person [s]")
    parser.add_argument(
        "--every", type=float, default=25.0, help="between two kills, on average [s]; 0 = none"
    )
    parser.add_argument("--spare-server", action="store_true", help="kill the database and workers alone")
    parser.add_argument("--seed", type=int, default=1, help="of people and kills; the machine adds its own")
    parser.add_argument("--logs", type=Path, help="where to leave what the desk wrote")
    parser.add_argument("--write", action="store_true", help=f"put the table into {DOCS.name}")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
