"""The desk on a real socket, in a thread of the test's own process."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def running() -> Iterator[str]:
    """Serve on a free port of loopback."""
    import waitress
    from django.core.wsgi import get_wsgi_application
    from waitress import wasyncore

    sockets: dict[int, object] = {}
    server = waitress.create_server(get_wsgi_application(), map=sockets, host="127.0.0.1", port=0, threads=4)
    ending = threading.Event()

    def serve() -> None:
        try:
            server.run()
        except (OSError, ValueError):  # it waited at a socket that was closed under it
            if not ending.is_set():
                raise

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.effective_port}"  # a name: passkeys refuse an address of numbers
    finally:
        ending.set()
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(5)
        wasyncore.close_all(sockets, ignore_all=True)  # what a browser kept open
