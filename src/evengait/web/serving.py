"""Run the desk: bring the tables up to date, answer pages, work in the background, open the browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.web.drawing import drawing
from evengait.web.opening import open_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_THREADS = 8
_LARGEST_REQUEST = 64 * 1024**2
"""A piece of an upload has 8 MB; this is for a browser without scripts."""


def serve(
    home: Path, host: str, port: int, *, browser: bool, tell: Callable[[str], None], worker: bool = True
) -> None:
    """Serve the desk until Ctrl-C; where this home's desk is open already, only open a new link.

    Parameters
    ----------
    home : Path
        The folder that keeps everything.
    host, port : str, int
        Where to listen; port 0 takes a free one.
    browser : bool
        Open the page in the browser (at home only).
    worker : bool
        Keep a worker running for what is done in the background; without, other processes do it.
    tell : callable
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
    open_desk(home, tell)
    with _alone(home) as address_file:
        if address_file is None:
            _greet(
                home, (home / "desk.address").read_text("utf-8"), at_home=at_home, browser=browser, tell=tell
            )
            return
        listening = _listen(host, port)
        name = "[::1]" if host == "::1" else host
        address = f"http://{name}:{listening.getsockname()[1]}/"
        address_file.write_text(address, "utf-8")
        _greet(home, address, at_home=at_home, browser=browser, tell=tell)
        tell(say("Ctrl-C closes it. What is saved stays saved."))
        with drawing(), _worker() if worker else nullcontext():
            threading.Thread(target=_warm, daemon=True).start()
            _answer(listening)


@contextmanager
def _alone(home: Path) -> Iterator[Path | None]:
    """Hold this home's desk; yields where to write its address, None where another process holds it."""
    from filelock import FileLock, Timeout

    lock = FileLock(home / "desk.open")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield None
        return
    try:
        yield home / "desk.address"
    finally:
        (home / "desk.address").unlink(missing_ok=True)
        lock.release()


def _greet(home: Path, address: str, *, at_home: bool, browser: bool, tell: Callable[[str], None]) -> None:
    from evengait.web.accounts.link import new_link
    from evengait.web.accounts.owner import is_ownerless

    if not at_home:
        tell(say("The desk answers on {address}", address=address))
        if is_ownerless():
            host = os.environ["EVENGAIT_ALLOWED_HOSTS"].split(",")[0].strip()
            link = f"https://{host}/enter/{new_link(home)}/"
            tell(
                say("Nobody runs it yet. Within ten minutes, make the account that does:") + f"\n\n  {link}\n"
            )
        return
    address += f"enter/{new_link(home)}/"
    tell(say("The desk is open. This link signs you in, once, within ten minutes:") + f"\n\n  {address}\n")
    if browser:
        opening = threading.Timer(0.5, webbrowser.open, [address])
        opening.start()


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise UsageError(
            say(
                "Port {port} is taken on {host}. Choose another one, such as --port {port_2}.",
                port=port,
                host=host,
                port_2=port + 1,
            )
        ) from None
    listening.listen(128)
    return listening


def _answer(listening: socket.socket) -> None:
    import waitress

    from evengait.web.wsgi import application

    signal.signal(signal.SIGTERM, _end)
    waitress.serve(
        application,
        sockets=[listening],
        threads=_THREADS,
        ident=None,
        clear_untrusted_proxy_headers=False,
        max_request_body_size=_LARGEST_REQUEST,
        _quiet=True,
    )


def _warm() -> None:
    """Load what every page needs while nobody has asked for one yet; who asks meanwhile waits no longer for it."""
    import deltalake  # noqa: F401 - the archive's tables
    from django.template.loader import get_template
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # every room with its pages
    get_template("base.html")


def _end(*_: object) -> None:
    raise SystemExit(0)


@contextmanager
def _worker() -> Iterator[None]:
    """Run the background work in a process of its own, and start it anew should it end."""
    closing = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not closing.is_set():
            running[:] = [
                # Ctrl-C is for the desk: the worker ends when the pipe to it does, however that comes.
                subprocess.Popen(
                    [sys.executable, "-m", "evengait.web.worker", "--until-stdin-ends"],
                    stdin=subprocess.PIPE,
                    start_new_session=True,
                )
            ]
            running[0].wait()
            closing.wait(1)

    threading.Thread(target=keep, daemon=True).start()
    try:
        yield
    finally:
        closing.set()
        for one in running:
            if one.stdin is not None:
                one.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                one.wait(5)
            one.kill()
