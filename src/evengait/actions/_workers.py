"""Worker processes for an import: plain interpreters that are handed tasks through a pipe.

Not ``multiprocessing``: its spawned children run the caller's main script again, which a notebook or a script without
a guard does not survive, and forked ones inherit the locks of threads that no longer exist.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from queue import Queue
from typing import IO, TYPE_CHECKING, Any, Self

from evengait.core.errors import EvengaitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from evengait.actions._chunk import Made, Ruling, Seen, Task

_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
}
"""Two processes on two cores: threads in them would only get in each other's way, and take memory."""


def run_here(tasks: Iterable[Task], rule: Callable[[Sequence[Seen]], Sequence[Ruling]]) -> Iterator[Made]:
    """Do the tasks one after another in this process: quicker than starting others for a few files."""
    from evengait.actions._chunk import make_chunk

    for task in tasks:
        yield make_chunk(task, rule)


class Crew:
    """Worker processes, started at once, so that they load while the parent finds out what there is to do.

    Parameters
    ----------
    count : int
    """

    def __init__(self, count: int) -> None:
        self._lock = threading.Lock()
        self._done: Queue[Any] = Queue()
        self._stopped = False
        self._threads: list[threading.Thread] = []
        self._processes = [_start() for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(
        self, tasks: Iterable[Task], rule: Callable[[Sequence[Seen]], Sequence[Ruling]]
    ) -> Iterator[Made]:
        """Do the tasks; finished chunks come in any order.

        Parameters
        ----------
        tasks : iterable of Task
        rule : callable
            Called for one worker at a time.

        Raises
        ------
        OSError
            A worker could not write.
        EvengaitError
            A worker stopped.
        """
        self._tasks = iter(tasks)
        self._rule = rule
        self._threads = [
            threading.Thread(target=self._serve, args=(process,), daemon=True) for process in self._processes
        ]
        for thread in self._threads:
            thread.start()
        left = len(self._threads)
        while left:
            item = self._done.get()
            if item is None:
                left -= 1
            elif isinstance(item, BaseException):
                raise item
            else:
                yield item

    def stop(self) -> None:
        """End the processes, whatever they are doing; what they had not finished does not count."""
        self._stopped = True
        for process in self._processes:
            process.kill()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _close(pipe)
            process.wait()

    def _serve(self, process: subprocess.Popen[bytes]) -> None:
        """Hand one worker task after task; however this ends, the main thread hears of it."""
        word: object = EvengaitError(
            "A part of the import stopped unexpectedly. What was in stays in; run it again."
        )
        try:
            while (task := self._next()) is not None:
                self._done.put(self._ask(process, task))
            word = None
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            word = None if self._stopped else word
        except (OSError, EvengaitError) as error:
            word = error
        finally:
            self._done.put(word)

    def _next(self) -> Task | None:
        with self._lock:
            return None if self._stopped else next(self._tasks, None)

    def _ask(self, process: subprocess.Popen[bytes], task: Task) -> Made:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        _send(process.stdin, task)
        kind, body = pickle.load(process.stdout)  # noqa: S301  our own process, at the other end of a private pipe
        if kind == "rule":
            with self._lock:
                rulings = self._rule(body)
            _send(process.stdin, rulings)
            kind, body = pickle.load(process.stdout)  # noqa: S301  as above
        if kind == "refused":
            raise OSError(*body)
        if kind == "error":
            raise EvengaitError(body)
        made: Made = body
        return made


def _start() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "evengait.actions._workers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | _ONE_THREAD | {"PYTHONPATH": path},
    )


def _send(pipe: IO[bytes], message: object) -> None:
    pickle.dump(message, pipe, protocol=5)
    pipe.flush()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        # What was still to be flushed has no reader any more.
        return


def _work() -> None:
    """Do tasks from standard input until there are no more: the worker's own main."""
    import signal

    # Ctrl-C reaches the whole group; the parent decides when a worker ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes where people read, not into the pipe

    import pyarrow as pa

    import evengait.analysis.session
    import evengait.ingest.fit._read  # noqa: F401  loaded now, while the parent looks for work
    from evengait.actions._chunk import make_chunk

    pa.set_cpu_count(1)

    def rule(seen: Sequence[Seen]) -> Sequence[Ruling]:
        _send(outbox, ("rule", seen))
        rulings: Sequence[Ruling] = pickle.load(inbox)  # noqa: S301  from the parent, through its private pipe
        return rulings

    while True:
        try:
            task: Task = pickle.load(inbox)  # noqa: S301  as above
        except EOFError:
            return
        try:
            _send(outbox, ("made", make_chunk(task, rule)))
        except OSError as error:
            _send(outbox, ("refused", (error.errno, error.strerror)))
        except EvengaitError as error:
            _send(outbox, ("error", str(error)))


if __name__ == "__main__":
    _work()
