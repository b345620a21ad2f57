"""A desk on a disk that fills up: one clear sentence, nothing lost, and it goes on once there is room."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="disks are another thing there")

SIZE = "24m"
LINK = re.compile(r"http://127\.0\.0\.1:(\d+)(/enter/\S+/)")


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this account may not mount a disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


class Client:
    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}  # type: ignore[var-annotated]

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def say(self, day: date, words: str) -> tuple[int, str]:
        """Write a day of the diary."""
        address = f"/diary/{day.isoformat()}/"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("GET", address)[1])
        return self.ask("POST", address, {"csrfmiddlewaretoken": token[1] if token else "", "notes": words})


def fill(disk: Path) -> None:
    """Leave not a byte."""
    with (disk / "filler").open("ab", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while out.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


def test_a_desk_whose_disk_fills_up_says_so_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    today = date.today()  # noqa: DTZ011 - the desk's own day
    with small_disk(tmp_path / "disk") as disk, subprocess.Popen(
        [sys.executable, "-m", "evengait", "--home", str(disk / "home"), "serve", "--port", "0", "--no-browser"],
        stderr=subprocess.PIPE, text=True,
        env=os.environ | {"EVENGAIT_DATABASE_URL": "", "EVENGAIT_ALLOWED_HOSTS": ""},
    ) as running:  # fmt: skip
        try:
            assert running.stderr is not None
            said = ""
            while "Ctrl-C" not in said:
                said += running.stderr.readline()
                assert running.poll() is None, said
            found = LINK.search(said)
            assert found
            client = Client(int(found[1]))
            client.ask("GET", found[2])
            kept = {}
            for n in range(5):
                kept[today - timedelta(days=n)] = f"before {n}"
                assert client.say(today - timedelta(days=n), f"before {n}")[0] == 302
            fill(disk)
            refused = 0
            for n in range(5, 60):
                status, text = client.say(today - timedelta(days=n), f"during {n} " + "x" * 1500)
                if status == 302:
                    kept[today - timedelta(days=n)] = f"during {n}"
                    continue
                refused += 1
                assert status == 507, text
                assert "The disk is full. Nothing that was in is lost. Free some space" in text
                assert str(disk) not in text
                assert client.ask("GET", "/diary/")[0] == 200  # reading goes on
                if refused == 3:
                    break
            assert refused == 3
            (disk / "filler").unlink()
            last = today - timedelta(days=100)
            assert client.say(last, "after")[0] == 302
            kept[last] = "after"
            for day, words in kept.items():
                assert words in client.ask("GET", f"/diary/{day.isoformat()}/")[1]
        finally:
            running.terminate()
            running.wait(60)
