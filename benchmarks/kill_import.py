"""Kill imports with kill -9 at random moments, look at what is there, and let the next one finish.

    python benchmarks/kill_import.py            # 200 kills, as in the table of docs/unharmed.md (--write puts it there)
    python benchmarks/kill_import.py 5 --runs 12

Each life of an archive is an import that is killed up to five times, with all its worker processes, and then let
finish; some are taken back in the end, and that is killed too. After each kill: every session that the import had
reported is there, each is there once, and is to the last sample what an import that nobody kills makes of it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

import evengait.actions._import_run as run
from evengait.actions.check_archive import check_archive
from evengait.actions.import_archive import import_archive
from evengait.actions.simulate_export import simulate_export
from evengait.actions.undo_import import undo_import
from evengait.storage.archive import Archive
from evengait.storage.archive.writer import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

DOCS = Path(__file__).parents[1] / "docs" / "unharmed.md"
BEGIN, END = "<!-- kills begin -->", "<!-- kills end -->"

_START = get_context("forkserver")
"""Children are forked from a process that has the program loaded: an import to be killed costs its own work alone."""


def _import(tell: Connection, home: Path, export: Path, workers: int, every_s: float) -> None:
    """Import in small steps, and tell after each commit how many sessions are in; 0 s = every chunk on its own."""
    os.setsid()
    run._CHUNK_FILES, run._COMMIT_EVERY_S = 3, every_s
    import_archive(home, [export], workers=workers, on_progress=lambda now: tell.send(now.sessions))


def _undo(_: Connection, home: Path, batch: str) -> None:
    os.setsid()
    undo_import(home, batch)


@dataclass
class Figures:
    """What was seen, counted."""

    kills: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    finished: int = 0
    lives: int = 0
    healed: int = 0


@dataclass(frozen=True)
class Moment:
    """When to kill: after some seconds, or a little after so many sessions were reported."""

    seconds: float
    reported: int | None = None
    then: float = 0.0


@dataclass(frozen=True)
class Whole:
    """What an import that nobody kills makes of the export, and how long it takes."""

    sessions: pl.DataFrame
    samples: pl.DataFrame
    seconds: float


def main() -> int:
    """Kill, look, heal; print."""
    options = _options()
    rng = random.Random(options.seed)
    figures = Figures()
    _START.set_forkserver_preload(["__main__"])
    with tempfile.TemporaryDirectory(dir=options.dir) as name:
        folder = Path(name)
        export = folder / "export.zip"
        simulate_export(export, seed=1, days=200, runs=options.runs)
        whole = _whole(folder / "whole", export)
        until = time.monotonic() + options.minutes * 60
        while figures.kills.total() < options.kills and time.monotonic() < until:
            figures.lives += 1
            _life(rng, folder / f"life-{figures.lives}", export, whole, figures, options.kills)
    text = _table(figures, options)
    print(text)
    for what in figures.wrong:
        print("WRONG", what)
    if options.write and not figures.wrong:
        head, rest = DOCS.read_text("utf-8").split(BEGIN)
        DOCS.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")
    return 1 if figures.wrong else 0


def _life(rng: random.Random, home: Path, export: Path, whole: Whole, figures: Figures, most: int) -> None:
    for _ in range(rng.randint(1, 5)):
        if figures.kills.total() == most:
            break
        how = rng.choice((1, 1, 1, 2)), rng.choice((0.0, 0.3))
        before = _sessions(home)
        left = whole.sessions.height - before
        moment = Moment(rng.uniform(0.1, 1.15) * whole.seconds)
        if rng.random() < 0.7 and left:
            moment = Moment(300.0, rng.randrange(left), rng.uniform(0.0, 0.15))
        ended, reported = _killed(moment, _import, home, export, *how)
        if ended:
            break
        figures.kills["import"] += 1
        _look(home, whole, before + reported, figures, "import")
    report = import_archive(home, [export], workers=1)
    if report.counts["added"] + report.counts["duplicate"] != whole.sessions.height:
        figures.wrong.append("the next import did not complete")
    with writing(home):
        pass  # what merging replaced goes with the next opening
    _look(home, whole, whole.sessions.height, figures, "finished", tidy=True)
    figures.finished += 1
    if rng.random() < 0.5 and figures.kills.total() < most:
        _undone(rng, home, whole, figures)


def _undone(rng: random.Random, home: Path, whole: Whole, figures: Figures) -> None:
    """Take imports back, killed in the middle; the next opening finishes what was begun."""
    for batch in Archive(home).batches().filter(pl.col("sessions") > 0)["batch"]:
        before = Archive(home).sessions()
        gone = before.filter(pl.col("batch") == batch).height
        ended, _ = _killed(Moment(rng.uniform(0.0, 0.3)), _undo, home, batch)
        if ended:
            continue
        figures.kills["undo"] += 1
        there = _sessions(home)
        if there not in {before.height, before.height - gone}:
            figures.wrong.append("an undo that was killed left half of an import")
        _look(home, whole, min(there, before.height - gone), figures, "undo")
        return


def _killed(moment: Moment, what: Callable[..., None], *given: Any) -> tuple[bool, int]:
    """Do something in a process group of its own and kill the group; return whether it was faster, and what it told."""
    ear, mouth = _START.Pipe(duplex=False)
    process = _START.Process(target=what, args=(mouth, *given))
    process.start()
    mouth.close()
    end = threading.Timer(moment.seconds, _kill, (process.pid,))
    end.start()
    reported = 0
    with suppress(EOFError, OSError):  # it is gone
        while True:
            reported = ear.recv()
            if moment.reported is not None and reported >= moment.reported:
                time.sleep(moment.then)
                _kill(process.pid)
    process.join()
    end.cancel()
    if process.exitcode not in {0, -signal.SIGKILL}:
        raise SystemExit(f"it failed by itself, with {process.exitcode}")
    return process.exitcode == 0, reported


def _kill(process: int | None) -> None:
    """Kill a process and its workers, or it alone where it has no group yet."""
    assert process is not None
    with suppress(ProcessLookupError):
        try:
            os.killpg(process, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(process, signal.SIGKILL)


def _look(home: Path, whole: Whole, least: int, figures: Figures, when: str, *, tidy: bool = False) -> None:
    """Compare what is there with the whole, session by session and sample by sample."""
    wrong = figures.wrong.append
    archive = Archive(home)
    sessions = archive.sessions()
    if not sessions["session"].is_unique().all():
        wrong(f"{when}: a session is there twice")
    if sessions.height < least:
        wrong(f"{when}: {least} sessions were reported, {sessions.height} are there")
    expected = whole.sessions.filter(pl.col("session").is_in(sessions["session"].implode()))
    if not _comparable(sessions).equals(_comparable(expected)):
        wrong(f"{when}: a session is not as it should be")
    samples = whole.samples.filter(pl.col("session").is_in(sessions["session"].implode()))
    if not _sorted(archive).equals(samples):
        wrong(f"{when}: samples are not as they should be")
    found = check_archive(home, home)
    figures.left["leftovers"] += found.leftovers > 0
    if found.damaged or (tidy and found.leftovers):
        wrong(f"{when}: {found.damaged or 'leftovers after an import that finished'}")
    share = 0 if not sessions.height else 2 if sessions.height == whole.sessions.height else 1
    if not tidy and when == "import":
        figures.left[("nothing yet", "a part", "everything")[share]] += 1


def _comparable(sessions: pl.DataFrame) -> pl.DataFrame:
    return sessions.drop("batch").sort("session")


def _sorted(archive: Archive) -> pl.DataFrame:
    return archive.samples().collect().sort("session", "timestamp", maintain_order=True)


def _sessions(home: Path) -> int:
    return Archive(home).sessions().height


def _whole(home: Path, export: Path) -> Whole:
    begun = time.monotonic()
    _killed(Moment(600.0), _import, home, export, 1, 0.0)
    seconds = time.monotonic() - begun
    archive = Archive(home)
    return Whole(archive.sessions(), _sorted(archive), seconds)


def _table(figures: Figures, options: argparse.Namespace) -> str:
    left, kills = figures.left, figures.kills
    about = (
        f"{figures.lives} archives of {options.runs} runs. Sessions lost after they had been reported, there twice "
        f"or not whole: {len(figures.wrong)}. After {left['leftovers']} kills pieces lay about that counted nowhere; "
        f"the next import removed them, and completed {figures.finished} archives of {figures.lives}."
    )
    lines = [
        "| kill -9 during | times | then there was nothing yet | a part | everything |",
        "|---|--:|--:|--:|--:|",
        f"| import | {kills['import']} | {left['nothing yet']} | {left['a part']} | {left['everything']} |",
        f"| undo | {kills['undo']} | | | |",
        "",
        about,
    ]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--runs", type=int, default=24, help="runs in the export")
    parser.add_argument("--minutes", type=float, default=600.0, help="after which no more lives begin")
    parser.add_argument("--seed", type=int, default=1, help="of the moments; the machine adds its own")
    parser.add_argument("--dir", type=Path, help="where to work")
    parser.add_argument("--write", action="store_true", help=f"put the table into {DOCS.name}")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
