"""The command line on a desk elsewhere whose answers get lost on the way: what is said counts once."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evengait.cli._desk import Desk
from evengait.core.errors import EvengaitError

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.append(str(Path(__file__).parents[1] / "web"))

PROBLEM = {"onset": "2026-11-01", "site": "knee", "side": "left"}


@contextmanager
def losing(port: int, answers: int) -> Iterator[str]:
    """Hand requests on to a desk and lose its first answers."""
    listening = socket.create_server(("127.0.0.1", 0))

    def go() -> None:
        for number in range(1000):
            try:
                near, _ = listening.accept()
            except OSError:
                return
            with near, socket.create_connection(("127.0.0.1", port)) as far:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    asked += near.recv(65536)
                head, _, body = asked.partition(b"\r\n\r\n")
                sizes = [
                    line.split(b":")[1] for line in head.lower().split(b"\r\n") if b"content-length" in line
                ]
                length = int(sizes[0]) if sizes else 0
                while len(body) < length:
                    body += near.recv(65536)
                far.sendall(head.replace(b"keep-alive", b"close") + b"\r\n\r\n" + body)
                told = b""
                while piece := far.recv(65536):
                    told += piece
                if number >= answers:
                    near.sendall(told)

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


@pytest.fixture
def desk(records_home: Path) -> Iterator[Any]:
    """Serve a desk; yields its port and its cast."""
    from cast import people
    from live_desk import running

    cast = people(records_home)
    with running() as address:
        yield int(address.rpartition(":")[2]), cast


def test_what_is_said_counts_once_though_its_answer_was_lost_twice(desk: Any) -> None:
    from evengait.storage.records.models import HealthProblem

    port, cast = desk
    before = HealthProblem.objects.count()
    with losing(port, 2) as address:
        told = Desk(address, cast.program("owner").secret).ask("POST", "/problems", json=PROBLEM).json()
    assert HealthProblem.objects.count() == before + 1
    assert str(HealthProblem.objects.get(pk=told["id"]).onset) == PROBLEM["onset"]


def test_a_desk_that_never_answers_is_one_sentence(desk: Any) -> None:
    from evengait.storage.records.models import HealthProblem

    port, cast = desk
    before = HealthProblem.objects.count()
    with losing(port, 1000) as address, pytest.raises(EvengaitError, match="could not be reached"):
        Desk(address, cast.program("owner").secret).ask("POST", "/problems", json=PROBLEM)
    assert HealthProblem.objects.count() == before + 1
