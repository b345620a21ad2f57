"""Who kills: at random moments the workers, the server, PostgreSQL; and who watches how long it takes."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from endurance.browser import NoAnswerError

if TYPE_CHECKING:
    from endurance.browser import Browser
    from endurance.processes import Desk, Service

WORKER, SERVER = "a worker, kill -9", "the server, kill -9"
IMMEDIATE, POSTMASTER = "PostgreSQL, immediate", "PostgreSQL, kill -9"


class Killer(threading.Thread):
    """Kills one thing after the other.

    Parameters
    ----------
    every_s : float
        On average.
    quiet_after : float
        Seconds after which only PostgreSQL is killed, so that the memory of one server can be followed.
    spared : bool
        The server is never killed: its memory is followed from the first minute to the last.
    """

    def __init__(
        self, desk: Desk, watcher: Watcher, *, seed: int, every_s: float, quiet_after: float, spared: bool
    ) -> None:
        super().__init__(daemon=True)
        self._desk, self._watcher, self._every_s, self._quiet = desk, watcher, every_s, quiet_after
        self._spared, self._rng = spared, random.Random(seed)
        self.kills: Counter[str] = Counter()
        self.stop = threading.Event()

    def run(self) -> None:
        """Kill until told to stop."""
        begun = time.monotonic()
        while not self.stop.wait(self._rng.uniform(0.5, 1.5) * self._every_s):
            kinds = [IMMEDIATE, POSTMASTER] if self._desk.postgres else []
            if self._spared:
                kinds = [WORKER, *kinds]
            elif time.monotonic() - begun < self._quiet:
                kinds = [WORKER, WORKER, SERVER, SERVER, *kinds]
            if not kinds:
                continue
            kind = self._rng.choice(kinds)
            if self._kill(kind):
                self.kills[kind] += 1
                self._watcher.killed(kind)

    def _kill(self, kind: str) -> bool:
        if kind in {IMMEDIATE, POSTMASTER}:
            assert self._desk.postgres is not None
            return _signal(self._desk.postgres, signal.SIGQUIT if kind == IMMEDIATE else signal.SIGKILL)
        if kind == SERVER and self._watcher.waits():
            return False  # on a busy machine it is not even up again
        if kind == SERVER:
            return _signal(self._desk.server, signal.SIGKILL)
        return _signal(self._rng.choice(self._desk.workers), signal.SIGKILL)


def _signal(service: Service, how: signal.Signals) -> bool:
    if service.process is None or service.process.poll() is not None:
        return False
    service.kill(how)
    return True


class Watcher(threading.Thread):
    """Asks for a page of the database over and over, and notes how long none came after a kill."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(daemon=True)
        self._browser = browser
        self._lock = threading.Lock()
        self._open: list[tuple[str, float]] = []
        self.took: defaultdict[str, list[float]] = defaultdict(list)
        self.asked = self.came = 0
        self.stop = threading.Event()

    def killed(self, kind: str) -> None:
        """Hear that something was killed just now."""
        if kind != WORKER:
            with self._lock:
                self._open.append((kind, time.monotonic()))

    def waits(self) -> bool:
        """Tell whether no page has come since something was killed."""
        with self._lock:
            return bool(self._open)

    def run(self) -> None:
        """Watch until told to stop."""
        while not self.stop.wait(0.1):
            begun = time.monotonic()
            self.asked += 1
            try:
                good = self._browser.get("/diary/").status == 200
            except NoAnswerError:
                good = False
            if not good:
                continue
            self.came += 1
            now = time.monotonic()
            with self._lock:
                done = [(kind, at) for kind, at in self._open if at <= begun]
                self._open = [one for one in self._open if one not in done]
            for kind, at in done:
                self.took[kind].append(now - at)
