"""The desk as an operator runs it: PostgreSQL, the server, workers; each started anew whenever it ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Sequence

HOST = "desk.example.org"
LOOK_S = 0.2
ANEW_S = 1.0
"""How long a service manager waits before it starts a service again."""


def free_port() -> int:
    """Return a port of loopback that nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_program(name: str) -> str | None:
    """Return where a program of PostgreSQL lies; None where there is none."""
    there = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or next(map(str, there), None)


@dataclass
class Service:
    """One process that is kept running.

    Attributes
    ----------
    starts, fell : int
        How often it was started, and how often it ended although nobody had killed it.
    memory : list of (life, seconds since its start, bytes)
        What it held, every few seconds.
    """

    name: str
    command: Sequence[str]
    env: dict[str, str]
    log: Path
    more: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    fell: int = 0
    memory: list[tuple[int, float, int]] = field(default_factory=list)
    begun: float = 0.0
    _killed: bool = False
    _again_at: float = 0.0

    def start(self) -> None:
        """Start it now."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.more
            )
        self.starts += 1
        self.begun, self._killed, self._again_at = time.monotonic(), False, 0.0

    def look(self) -> None:
        """Start it again if it has ended, after the wait of a service manager."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if not self._again_at:
            self.fell += not self._killed
            self._again_at = now + ANEW_S
        elif now >= self._again_at:
            self.start()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Send it a signal and note that it was us."""
        self._killed = True
        if self.process is not None:
            self.process.send_signal(how)

    def note_memory(self) -> None:
        """Note what it holds now."""
        if self.process is not None and self.process.poll() is None:
            with suppress(psutil.Error):
                held = psutil.Process(self.process.pid).memory_info().rss
                self.memory.append((self.starts, time.monotonic() - self.begun, held))

    def end(self) -> None:
        """End it for good."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT if self.name == "PostgreSQL" else signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()


class Desk:
    """A desk with its database on this computer.

    Parameters
    ----------
    folder : Path
        Empty, of our own.
    postgresql : bool
        Else the embedded database.
    workers : int
        Beside the one that the server keeps.
    """

    def __init__(self, folder: Path, *, postgresql: bool, workers: int = 1) -> None:
        self.home, self.port, self.url = folder / "home", free_port(), ""
        self.postgres = self._postgres(folder) if postgresql else None
        self.env = os.environ | {
            "EVENGAIT_HOME": str(self.home), "EVENGAIT_ALLOWED_HOSTS": HOST, "EVENGAIT_SIGN_UP": "open",
            "EVENGAIT_DATABASE_URL": self.url, "EVENGAIT_SMTP_URL": "",
        }  # fmt: skip
        serve = (sys.executable, "-m", "evengait", "serve", "--no-browser", "--port", str(self.port))
        work = (sys.executable, "-m", "evengait.web.worker")
        self.server = Service("server", serve, self.env, folder / "server.log")
        self.workers = [
            Service("worker", work, self.env, folder / f"worker-{n}.log", {"start_new_session": True})
            for n in range(workers)
        ]
        self._stop = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    @property
    def services(self) -> list[Service]:
        """Everything that is kept running."""
        return [*([self.postgres] if self.postgres else []), self.server, *self.workers]

    def _postgres(self, folder: Path) -> Service:
        server, initdb = postgres_program("postgres"), postgres_program("initdb")
        if not server or not initdb:
            raise SystemExit("There is no PostgreSQL here.")
        place, port = folder / "pg", free_port()
        place.mkdir()
        other: dict[str, Any] = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
        if other:
            folder.chmod(0o755)
            shutil.chown(place, **other)
        subprocess.run(
            [initdb, "-D", place / "data", "-U", "desk", "-A", "trust", "-E", "UTF8"],
            check=True, stdout=subprocess.DEVNULL, cwd=place, **other,
        )  # fmt: skip
        self.url = f"postgresql://desk@127.0.0.1:{port}/desk"
        command = [
            server,
            "-D",
            str(place / "data"),
            "-c",
            f"port={port}",
            "-c",
            "listen_addresses=127.0.0.1",
        ]
        return Service(
            "PostgreSQL", [*command, "-k", str(place)], dict(os.environ), folder / "postgres.log",
            {"cwd": place, **other},
        )  # fmt: skip

    def start(self) -> None:
        """Start everything, and keep it running from now on."""
        if self.postgres is not None:
            import psycopg

            self.postgres.start()
            self._until(self._database_answers)
            with psycopg.connect(self.url.removesuffix("desk") + "postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE desk")
        self.server.start()
        self._until(self._listens)
        for worker in self.workers:
            worker.start()
        self._keeper.start()

    def _database_answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url.removesuffix("desk") + "postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def _until(self, good: Any) -> None:
        until = time.monotonic() + 120
        while not good():
            assert time.monotonic() < until, "the desk did not start"
            time.sleep(0.1)

    def _keep(self) -> None:
        looks = 0
        while not self._stop.wait(LOOK_S):
            for service in self.services:
                service.look()
                if looks % 25 == 0:
                    service.note_memory()
            looks += 1

    def end(self) -> None:
        """End everything, the database last."""
        self._stop.set()
        self._keeper.join()
        for service in reversed(self.services):
            service.end()

    def logs(self) -> str:
        """Return everything that the server and the workers wrote."""
        files = [service.log for service in (self.server, *self.workers) if service.log.exists()]
        return "".join(file.read_text("utf-8", errors="replace") for file in files)
