"""A worker's own side of the pipe: do one task after another until the parent has no more."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from typing import IO, TYPE_CHECKING

from evengait.core.errors import EvengaitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evengait.actions._chunk import Ruling, Seen, Task


def send(pipe: IO[bytes], message: object) -> None:
    """Put a message into a pipe."""
    pickle.dump(message, pipe, protocol=5)
    pipe.flush()


def work() -> None:
    """Do tasks from standard input until there are no more: the worker's own main."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there are no masks to inherit
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes where people read, not into the pipe

    import pyarrow as pa

    import evengait.analysis.session
    import evengait.ingest.fit._read  # noqa: F401  loaded now, while the parent looks for work
    from evengait.actions._chunk import make_chunk
    from evengait.actions._remake import Remake, remake

    pa.set_cpu_count(1)

    def rule(seen: Sequence[Seen]) -> Sequence[Ruling]:
        send(outbox, ("rule", seen))
        rulings: Sequence[Ruling] = pickle.load(inbox)  # noqa: S301  from the parent, through its private pipe
        return rulings

    send(outbox, "here")
    # Where the parent is gone nobody waits for an answer, and what it does not know does not count.
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            task: Task | Remake = pickle.load(inbox)  # noqa: S301  as above
            try:
                made = remake(task) if isinstance(task, Remake) else make_chunk(task, rule)
                answer: object = ("made", made)
            except BrokenPipeError:
                return
            except OSError as error:
                answer = ("refused", (error.errno, error.strerror))
            except EvengaitError as error:
                answer = ("error", str(error))
            send(outbox, answer)
    os._exit(0)  # what is left in the buffer of a pipe without a reader would be a complaint


if __name__ == "__main__":
    work()
