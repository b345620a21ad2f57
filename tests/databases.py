"""Databases for tests: a migrated SQLite file to copy, a real PostgreSQL on loopback with databases to copy."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = (
    "import sys; from pathlib import Path; from evengait.storage.records.opening import open_records; "
    "open_records(Path(sys.argv[1]))"
)


def migrate(home: Path, url: str = "") -> None:
    """Make the tables in another process, as a first start does."""
    env = os.environ | {"EVENGAIT_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "evengait.web.settings"}
    subprocess.run([sys.executable, "-c", OPEN, str(home)], env=env, check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str | None:
    return shutil.which(name) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """Run a PostgreSQL of its own on loopback, as nobody where the tests run as root; yield its address.

    ``durable``: it waits for the disk, as where it is in use.
    """
    server, initdb = _program("postgres"), _program("initdb")
    if not server or not initdb:
        if os.environ.get("CI") == "true":
            pytest.fail("no PostgreSQL here, and CI needs one")
        pytest.skip("no PostgreSQL here")
    other = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="evengait-pg", ignore_cleanup_errors=True) as scratch:
        data, port = Path(scratch) / "data", free_port()
        if other:
            shutil.chown(scratch, **other)
        subprocess.run(
            [initdb, "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=scratch, **other,
        )  # fmt: skip
        options = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-k", scratch]
        options += [] if durable else ["-c", "fsync=off"]
        with (Path(scratch) / "log").open("wb") as log:
            running = subprocess.Popen(
                [server, "-D", data, *options], stdout=log, stderr=log, cwd=scratch, **other
            )
            try:
                url = f"postgresql://desk@127.0.0.1:{port}"
                _wait(url, running)
                yield url
            finally:
                running.terminate()
                running.wait(20)


def _wait(url: str, running: subprocess.Popen[bytes]) -> None:
    import time

    import psycopg

    for _ in range(100):
        try:
            psycopg.connect(f"{url}/postgres").close()
        except psycopg.OperationalError:
            assert running.poll() is None, "PostgreSQL did not start"
            time.sleep(0.1)
        else:
            return
    pytest.fail("PostgreSQL did not answer within ten seconds")


def copy_database(url: str, source: str, target: str) -> str:
    """Copy a whole database of the server and return the copy's address."""
    import psycopg

    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    return f"{url}/{target}"
