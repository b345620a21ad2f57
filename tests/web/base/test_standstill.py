"""While the database is away or the disk is full: one sentence, a status that says so, and when to try again."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from django.db.utils import InterfaceError, OperationalError

from databases import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from cast import Cast


def away(*_: object, **__: object) -> None:
    raise OperationalError("connection failed: server closed the connection unexpectedly")


def full(*_: object, **__: object) -> None:
    raise OperationalError("database or disk is full")


@pytest.mark.parametrize(("breaks", "status"), [(away, 503), (full, 507)])
def test_a_page_and_a_program_are_told_what_stands_still(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, breaks: object, status: int
) -> None:
    from evengait.web.api import problems
    from evengait.web.problems import views

    client, program = cast.client("owner"), cast.program("owner")
    client.raise_request_exception = False
    monkeypatch.setattr(views, "problems_of", breaks)
    monkeypatch.setattr(problems, "problems_of", breaks)
    page = client.get("/hurts/")
    assert (page.status_code, page.headers["Retry-After"]) == (status, "5")
    text = page.content.decode()
    assert "This cannot be done right now." in text
    assert "Nothing that was" in text
    assert str(cast.home) not in text
    from django.test import Client

    asked = Client(HTTP_HOST="localhost", raise_request_exception=False).get(
        "/api/v1/problems", headers={"Authorization": f"Bearer {program.secret}"}
    )
    assert (asked.status_code, asked.headers["Retry-After"]) == (status, "5")
    assert asked.headers["Content-Type"] == "application/problem+json"
    assert "Nothing that was" in asked.json()["detail"]


def test_a_fault_of_the_program_is_no_standstill(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from evengait.web.problems import views

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    client = cast.client("owner")
    client.raise_request_exception = False
    monkeypatch.setattr(views, "problems_of", broken)
    page = client.get("/hurts/")
    assert page.status_code == 500
    assert "Something broke on our side." in page.content.decode()
    assert "Retry-After" not in page.headers


def test_what_a_database_server_says_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from evengait.web.base import standstill

    monkeypatch.setattr(standstill, "_engine", lambda: "django.db.backends.postgresql")
    for error in (OperationalError("disk is full"), InterfaceError("connection already closed")):
        found = standstill.standstill(error)
        assert found is not None
        assert (found.status, found.sentence.count(". ")) == (503, 2)
    assert standstill.standstill(ValueError()) is None
    assert standstill.standstill(OSError(2, "no such file")) is None
    told = standstill.standstill(OSError(28, "No space left on device"))
    assert told is not None
    assert told.status == 507


def test_a_desk_that_begins_before_its_database_waits_for_it(tmp_path: Path, postgres_url: str) -> None:
    """The database's port opens seconds later: the desk says that it waits, and is there when it is."""
    import uuid

    from databases import copy_database

    url, port = copy_database(postgres_url, "tables", f"t{uuid.uuid4().hex}"), free_port()
    real = int(re.search(r":(\d+)/", url)[1])  # type: ignore[index]
    env = os.environ | {
        "EVENGAIT_ALLOWED_HOSTS": "desk.example.org", "EVENGAIT_DATABASE_URL": url.replace(str(real), str(port)),
    }  # fmt: skip
    words = [
        sys.executable,
        "-m",
        "evengait",
        "--home",
        str(tmp_path / "home"),
        "serve",
        "--port",
        "0",
        "--no-browser",
        "--no-worker",
    ]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=env) as running:
        assert running.stderr is not None
        try:
            assert running.stderr.readline() == "The database does not answer yet. Waiting for it.\n"
            listening = socket.create_server(("127.0.0.1", port))
            threading.Thread(target=_hand_on, args=(listening, real), daemon=True).start()
            said = ""
            while "Ctrl-C" not in said:
                said += running.stderr.readline()
                assert running.poll() is None, said
            assert "The desk answers on" in said
            assert "Traceback" not in said
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)
            listening.close()


def test_a_database_that_never_comes_is_one_sentence(tmp_path: Path) -> None:
    code = (
        "import sys, evengait.web.opening as opening; from evengait.cli import main;"
        "opening.PATIENCE_S = 0.5; sys.argv = sys.argv[1:]; main()"
    )
    env = os.environ | {
        "EVENGAIT_ALLOWED_HOSTS": "desk.example.org",
        "EVENGAIT_DATABASE_URL": f"postgresql://desk@127.0.0.1:{free_port()}/desk",
    }
    words = [sys.executable, "-c", code, "evengait", "--home", str(tmp_path / "h"), "serve", "--no-browser"]
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 1
    assert "does not answer. Check that it runs" in done.stderr
    assert "Traceback" not in done.stderr


def _hand_on(listening: socket.socket, port: int) -> None:
    """Carry bytes between who comes and the real database."""
    while True:
        try:
            near, _ = listening.accept()
        except OSError:
            return
        far = socket.create_connection(("127.0.0.1", port))
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("account", ["", "de"])
def test_it_is_said_in_the_readers_language_where_the_database_is_away(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, account: str
) -> None:
    from django.contrib.auth.middleware import AuthenticationMiddleware

    from evengait.web.problems import views

    client = cast.client("owner")
    client.raise_request_exception = False
    monkeypatch.setattr(views, "problems_of", full)
    if not account:
        monkeypatch.setattr(AuthenticationMiddleware, "process_request", away)
    page = client.get("/hurts/", HTTP_ACCEPT_LANGUAGE="de")
    assert page.status_code == (507 if account else 503)
    text = page.content.decode()
    assert '<html lang="de">' in text
    assert "Das geht gerade nicht." in text
    assert ("Die Platte ist voll." in text) == bool(account)
    assert "This cannot be done" not in text
