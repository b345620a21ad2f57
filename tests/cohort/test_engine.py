"""The same answer, to the last digit, in this process, in worker processes, and on a cluster that loses a worker."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from evengait.cohort import engine
from evengait.cohort.counts import CohortCounts, count_cohort
from evengait.cohort.engine import run_batches
from evengait.cohort.hazards import hazard_ratios
from evengait.core.errors import UsageError
from evengait.simulation.cohort import MadeUpCohort, simulate_cohort

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def cohort() -> MadeUpCohort:
    return simulate_cohort(600, seed=5, days=200, injured=0.5)


@pytest.fixture(scope="module")
def alone(cohort: MadeUpCohort) -> CohortCounts:
    return count_cohort(cohort.sessions, cohort.runners, workers=1)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two real workers, each a process of its own."""
    log = (tmp_path / "scheduler.log").open("wb")
    words = ["--host", "127.0.0.1", "--no-dashboard"]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", *words, "--port", "0"], stderr=log
        )
    ]
    try:
        address = _address(tmp_path / "scheduler.log")
        worker = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            address,
            *words,
            "--nthreads",
            "1",
            "--no-nanny",
        ]
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            started.append(
                subprocess.Popen([*worker, "--local-directory", str(folder)], stderr=subprocess.DEVNULL)
            )
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
        log.close()


def _address(log: Path) -> str:
    for _ in range(600):
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", log.read_text("utf-8")):
            return found[1]
        time.sleep(0.1)
    pytest.fail("The scheduler did not start.")


def same(one: CohortCounts, other: CohortCounts) -> bool:
    return (
        all(
            np.array_equal(getattr(one.risk, part)[name], getattr(other.risk, part)[name])
            for part in ("at_risk", "events")
            for name in one.risk.at_risk
        )
        and np.array_equal(one.left, other.left)
        and np.array_equal(one.injured, other.injured)
        and hazard_ratios(one, "session_spike") == hazard_ratios(other, "session_spike")
    )


def test_worker_processes_give_the_same_to_the_last_digit(cohort: MadeUpCohort, alone: CohortCounts) -> None:
    assert same(alone, count_cohort(cohort.sessions, cohort.runners, workers=2))


def test_a_cluster_that_loses_a_worker_in_the_middle_gives_the_same_to_the_last_digit(
    cohort: MadeUpCohort, alone: CohortCounts, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    killed_after: list[int] = []

    def kill_one(done: int, every: int) -> None:
        if not killed_after and done >= every // 3:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed_after.append(done)

    found = count_cohort(cohort.sessions, cohort.runners, cluster=address, on_done=kill_one)
    assert killed_after
    assert workers[0].wait(10) == -signal.SIGKILL
    assert same(alone, found)


def test_an_address_at_which_nobody_answers_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CONNECT_S", 1)
    with pytest.raises(UsageError, match="No Dask scheduler answers"):
        run_batches(abs, [1, 2], cluster="tcp://127.0.0.1:9")


def test_results_come_in_the_order_of_the_batches_and_are_told() -> None:
    told: list[tuple[int, int]] = []
    assert run_batches(abs, [-3, 2, -1], workers=1, on_done=lambda *x: told.append(x)) == [3, 2, 1]
    assert told == [(1, 3), (2, 3), (3, 3)]
