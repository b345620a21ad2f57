"""Run the desk: bring the tables up to date, answer pages, work in the background, open the browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import webbrowser
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_THREADS = 8


def serve(home: Path, host: str, port: int, *, browser: bool, say: Callable[[str], None]) -> None:
    """Serve the desk until Ctrl-C.

    Parameters
    ----------
    home : Path
        The folder that keeps everything.
    host, port : str, int
        Where to listen; port 0 takes a free one.
    browser : bool
        Open the page in the browser (at home only).
    say : callable
        Told each line that a person at the terminal should read.

    Raises
    ------
    UsageError
        The host is open to others and nothing says whom the desk is for, or the port is taken by another program.
    """
    at_home = not os.environ.get("EVENGAIT_ALLOWED_HOSTS")
    if at_home and host not in LOOPBACK:
        raise UsageError(
            "Without EVENGAIT_ALLOWED_HOSTS the desk answers on this computer alone. "
            "For a server, set it to the desk's own host name; docs/desk.md says what else."
        )
    prepare(home)
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    address = f"http://{'[::1]' if host == '::1' else host}:{port}/"
    from django.conf import settings

    if at_home:
        from evengait.web.accounts.link import new_link

        address += f"enter/{new_link(settings.HOME)}/"
        say(f"The desk is open. This link signs you in, once, within ten minutes:\n\n  {address}\n")
        if browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
    else:
        say(f"The desk answers on {address}")
    say("Ctrl-C closes it. What is saved stays saved.")
    with _worker():
        _answer(listening)


def prepare(home: Path) -> None:
    """Set Django up with the desk's settings and bring the tables up to date."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "evengait.web.settings"
    os.environ["EVENGAIT_HOME"] = str(home)
    home.mkdir(parents=True, exist_ok=True)
    from evengait.storage.records.opening import open_records

    open_records(home)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise UsageError(f"Port {port} is taken on {host}. Choose another one: --port 8001.") from None
    listening.listen(128)
    return listening


def _answer(listening: socket.socket) -> None:
    import waitress

    from evengait.web.wsgi import application

    waitress.serve(
        application,
        sockets=[listening],
        threads=_THREADS,
        ident=None,
        clear_untrusted_proxy_headers=False,
        channel_timeout=120,
        max_request_body_size=64 * 1024**2,
        _quiet=True,
    )


@contextmanager
def _worker() -> Iterator[None]:
    """Run the background work in a process of its own, and start it anew should it end."""
    closing = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not closing.is_set():
            running[:] = [subprocess.Popen([sys.executable, "-m", "evengait.web.worker"])]
            running[0].wait()
            closing.wait(1)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        closing.set()
        for one in running:
            one.terminate()
            with suppress(subprocess.TimeoutExpired):
                one.wait(10)
