"""Worker processes for an import: plain interpreters that are handed tasks through a pipe.

Not ``multiprocessing``: its spawned children run the caller's main script again, which a notebook or a script without
a guard does not survive, and forked ones inherit the locks of threads that no longer exist.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from queue import Empty, Queue
from typing import IO, TYPE_CHECKING, Any, Self

from evengait.actions._worker import send
from evengait.core.errors import EvengaitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from evengait.actions._chunk import Made, Ruling, Seen, Task
    from evengait.actions._remake import Remade, Remake

_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
}
"""Two processes on two cores: threads in them would only get in each other's way, and take memory."""


_PAUSE_S = 0.1

_GONE = (EOFError, BrokenPipeError, pickle.UnpicklingError)
"""How a worker's death shows."""

_STOPPED = "A part of the import stopped unexpectedly. What was in stays in; run it again."

_MOST_DEATHS = 20
"""More workers that die in one import are not the files' doing."""

_DEADLY = "Reading it ended the program that reads, so it was left alone. The file may be made to do so."


def run_here(
    tasks: Iterable[Task],
    rule: Callable[[Sequence[Seen]], Sequence[Ruling]],
    pause: Callable[[], None],
) -> Iterator[Made]:
    """Do the tasks one after another in this process: quicker than starting others for a few files."""
    from evengait.actions._chunk import make_chunk

    for task in tasks:
        yield make_chunk(task, rule, pause)


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
        self._deaths = 0
        self._ruled: set[str] = set()
        self._met: set[int] = set()
        self._threads: list[threading.Thread] = []
        self._processes = [_start() for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(
        self,
        tasks: Iterable[Task],
        rule: Callable[[Sequence[Seen]], Sequence[Ruling]],
        pause: Callable[[], None],
    ) -> Iterator[Made]:
        """Do the tasks; finished chunks come in any order.

        Parameters
        ----------
        tasks : iterable of Task
        rule : callable
            Called for one worker at a time.
        pause : callable
            Called ten times a second; what it raises ends the run.

        Raises
        ------
        OSError
            A worker could not write.
        EvengaitError
            A worker stopped, and not because of a file: or too many did.
        """
        yield from self._spread(tasks, rule, pause)

    def remake(self, tasks: Iterable[Remake], pause: Callable[[], None]) -> Iterator[Remade]:
        """Make sessions anew; those of finished tasks come in any order.

        Raises
        ------
        OSError
            A worker could not write.
        EvengaitError
            A worker stopped.
        """
        yield from self._spread(tasks, None, pause)

    def _spread(
        self,
        tasks: Iterable[Any],
        rule: Callable[[Sequence[Seen]], Sequence[Ruling]] | None,
        pause: Callable[[], None],
    ) -> Iterator[Any]:
        self._tasks: Iterator[Any] = iter(tasks)
        self._rule = rule
        self._threads = [
            threading.Thread(target=self._serve, args=(i,), daemon=True) for i in range(len(self._processes))
        ]
        for thread in self._threads:
            thread.start()
        left = len(self._threads)
        while left:
            pause()
            try:
                item = self._done.get(timeout=_PAUSE_S)
            except Empty:
                continue
            if item is None:
                left -= 1
            elif isinstance(item, BaseException):
                raise item
            else:
                yield item

    def stop(self) -> None:
        """End the processes, whatever they are doing; what they had not finished does not count."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                process.kill()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            _bury(process)

    def _serve(self, place: int) -> None:
        """Hand one worker task after task; however this ends, the main thread hears of it."""
        word: object = EvengaitError(_STOPPED)
        try:
            while (task := self._next()) is not None:
                self._do(place, task)
            word = None
        except _GONE:
            word = None if self._stopped else word
        except (OSError, EvengaitError) as error:
            word = error
        finally:
            self._done.put(word)

    def _next(self) -> Any:
        with self._lock:
            return None if self._stopped else next(self._tasks, None)

    def _do(self, place: int, task: Any) -> None:
        """Have a task done; where the worker dies while it reads, find out which file is to blame and go on."""
        process = self._processes[place]
        self._meet(process)
        try:
            self._done.put(self._ask(process, task))
        except _GONE:
            if self._rule is None or task.chunk in self._ruled:
                raise
        else:
            return
        with self._lock:
            self._deaths += 1
            if self._stopped or self._deaths > _MOST_DEATHS:
                raise EOFError
            _bury(self._processes[place])
            self._processes[place] = _start()
        if len(task.members) == 1:
            self._done.put(self._deadly(task))
            return
        for i, member in enumerate(task.members):
            self._do(place, replace(task, chunk=f"{task.chunk}r{i:02d}", members=(member,)))

    def _meet(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until a worker has loaded: one that never does is not the files' doing."""
        if process.pid in self._met or process.stdout is None:
            return
        try:
            pickle.load(process.stdout)  # noqa: S301  our own process, at the other end of a private pipe
        except _GONE as error:
            if self._stopped:
                raise
            raise EvengaitError(_STOPPED) from error
        self._met.add(process.pid)

    def _deadly(self, task: Task) -> Made:
        """Return what becomes of a file that ends whoever reads it."""
        from evengait.actions._chunk import Made, Ruling, Seen, write_rows
        from evengait.actions.read_member import Outcome

        outcome = Outcome(task.members[0][0], "failed", _DEADLY)
        with self._lock:
            ruling = self._rule([Seen(outcome)])[0] if self._rule is not None else Ruling(())
        return Made(task.chunk, write_rows(task, [outcome]).parts if ruling.row else {}, (outcome,), ())

    def _ask(self, process: subprocess.Popen[bytes], task: Any) -> Any:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        send(process.stdin, task)
        kind, body = pickle.load(process.stdout)  # noqa: S301  as above
        if kind == "rule" and self._rule is not None:
            with self._lock:
                rulings = self._rule(body)
                self._ruled.add(task.chunk)
            send(process.stdin, rulings)
            kind, body = pickle.load(process.stdout)  # noqa: S301  as above
        if kind == "refused":
            raise OSError(*body)
        if kind == "error":
            raise EvengaitError(body)
        return body


def _start() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(entry for entry in sys.path if entry)
    with _unasked():
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "evengait.actions._worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ONE_THREAD | {"PYTHONPATH": path},
        )


@contextlib.contextmanager
def _unasked() -> Iterator[None]:
    """Keep Ctrl-C, which reaches the whole group, from what is started here: the parent decides when a worker ends."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _bury(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            _close(pipe)
    process.wait()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        # What was still to be flushed has no reader any more.
        return
