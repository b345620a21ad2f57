"""The program, kept warm: one process that does what commands ask, one after the other, through the real entry point.

``python program_server.py SOCKET`` waits on a socket of this machine. ``write_program`` makes a small program that
sends its words, folder, environment and open files there and ends as the call does. So a shell can run a hundred
commands of the docs without loading the same libraries a hundred times. Blocks of Python run in it too; those of a
page share names.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
import traceback
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from typing import Any

CLIENT = """\
#!{python} -IS
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({address!r})
words = [{kind!r}, *sys.argv[1:]]
said = json.dumps({{"words": words, "folder": os.getcwd(), "environment": dict(os.environ)}}).encode()
socket.send_fds(server, [len(said).to_bytes(8, "big")], [0, 1, 2])
server.sendall(said)
status = server.recv(1)
sys.exit(status[0] if status else 139)
"""


def write_program(file: Path, address: Path, kind: str) -> None:
    """Write a program that has its work done by the server: ``evengait``, or ``python`` for a file of code."""
    file.write_text(CLIENT.format(python=sys.executable, address=str(address), kind=kind), "utf-8")
    file.chmod(0o755)


def serve(address: str) -> None:
    """Work until whoever started this process closes its standard input."""
    from evengait.cli import main

    ensure_running()  # else it would be started in a call, and keep that call's standard error open
    own = [os.dup(n) for n in range(3)]
    waiting = open(own[0], "rb", closefd=False)  # noqa: SIM115
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    names: dict[str, dict[str, Any]] = {}
    while waiting not in select.select([listening, waiting], [], [])[0]:
        connection, _ = listening.accept()
        with connection:
            size, files, _, _ = socket.recv_fds(connection, 8, 3)
            with connection.makefile("rb") as stream:
                said = json.loads(stream.read(int.from_bytes(size, "big")))
            os.chdir(said["folder"])
            os.environ.clear()
            os.environ.update(said["environment"])
            _lay(files)
            kind, *sys.argv[1:] = said["words"]
            try:
                if kind == "python":
                    page = names.setdefault(os.environ["HOME"], {"__name__": "__main__"})
                    exec(compile(Path(sys.argv[1]).read_text("utf-8"), sys.argv[1], "exec"), page)  # noqa: S102
                else:
                    main()
                status = 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else int(end.code is not None)
            except BaseException:  # noqa: BLE001 - here a call ends, as a process would
                traceback.print_exc()
                status = 1
            finally:
                for stream in (sys.stdout, sys.stderr):
                    stream.flush()
                for number in files:
                    os.close(number)
                _lay(own)
            connection.sendall(bytes([status & 255]))


def _lay(files: list[int]) -> None:
    """Put open files in the place of the standard ones, with fresh streams on them."""
    for number, file in enumerate(files):
        os.dup2(file, number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
        for number, mode in enumerate("rww")
    )


if __name__ == "__main__":
    serve(sys.argv[1])
