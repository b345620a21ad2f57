"""``evengait serve`` as a process: at home, a second time, ended, and as a server on PostgreSQL behind a proxy."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

from databases import copy_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVE = (sys.executable, "-m", "evengait", "--home")
LINK = re.compile(r"http://127\.0\.0\.1:(\d+)(/enter/\S+/)")


@contextmanager
def serving(home: Path, **env: str) -> Iterator[tuple[str, int, int]]:
    """Serve on a free port; yields what was said, the port, and the process' id."""
    with subprocess.Popen(
        [*SERVE, str(home), "serve", "--port", "0", "--no-browser"],
        stderr=subprocess.PIPE, text=True, env=os.environ | env,
    ) as running:  # fmt: skip
        said = ""
        try:
            assert running.stderr is not None
            while "Ctrl-C" not in said:
                line = running.stderr.readline()
                assert line, said
                said += line
            yield said, int(re.search(r"http://127\.0\.0\.1:(\d+)/", said)[1]), running.pid  # type: ignore[index]
        finally:
            running.send_signal(signal.SIGTERM)
            assert running.wait(60) == 0


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and text of one answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=90)
    try:
        connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def cookie(headers: dict[str, str]) -> str:
    return headers["Set-Cookie"].split(";")[0]


def children(of: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(of)], capture_output=True, text=True, check=False).stdout
    return [int(pid) for pid in found.split()]


def test_one_command_opens_a_desk_and_ending_it_ends_what_it_started(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home) as (said, port, pid):
        status, headers, _ = ask(port, LINK.search(said)[2])  # type: ignore[index]
        assert status == 302
        assert "Drop your export here" in ask(port, "/", Cookie=cookie(headers))[2]
        assert ask(port, "/")[0] == 302
        assert ask(port, "/", Host="evil.example")[0] == 400
        again = subprocess.run(
            [*SERVE, str(home), "serve", "--no-browser"], capture_output=True, text=True, check=True
        ).stderr
        assert int(LINK.search(again)[1]) == port  # type: ignore[index]
        assert ask(port, LINK.search(again)[2])[0] == 302  # type: ignore[index]
        assert (home / "desk.sqlite3").exists()
        started = children(pid)
        assert len(started) == 2  # one works in the background, one draws
    for _ in range(100):
        if not any(_alive(one) for one in started):
            return
        time.sleep(0.1)
    raise AssertionError("what it started lives on")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_desk_at_home_is_never_open_to_others(tmp_path: Path) -> None:
    done = subprocess.run(
        [*SERVE, str(tmp_path / "h"), "serve", "--host", "192.0.2.1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "on this computer alone" in done.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*SERVE, str(tmp_path / "h"), "serve", "--port", str(port)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"--port {port + 1}" in done.stderr


def test_a_server_on_postgresql_behind_a_proxy(tmp_path: Path, postgres_url: str) -> None:
    url = copy_database(postgres_url, "tables", f"t{uuid.uuid4().hex}")
    env = {"EVENGAIT_ALLOWED_HOSTS": "desk.example.org", "EVENGAIT_DATABASE_URL": url}
    proxied: Any = {"Host": "desk.example.org", "X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.1"}
    with serving(tmp_path / "home", **env) as (said, port, _):
        status, headers, _ = ask(port, "/", Host="desk.example.org")
        assert (status, headers["Location"]) == (301, "https://desk.example.org/")
        assert ask(port, "/", **proxied | {"Host": "127.0.0.1"})[0] == 400
        first = re.search(r"https://desk\.example\.org(/enter/\S+/)", said)[1]  # type: ignore[index]
        status, headers, _ = ask(port, first, **proxied)
        assert (status, headers["Location"]) == (302, "/account/signup/")
        assert "Secure" in headers["Set-Cookie"]
        assert "password1" in ask(port, "/account/signup/", **proxied, Cookie=cookie(headers))[2]
        status, headers, page = ask(port, "/account/login/", **proxied)
        assert status == 200
        assert "passkey" in page
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert not (tmp_path / "home" / "desk.sqlite3").exists()
