"""Pictures are drawn in a process beside the desk: ``python -m evengait.web.drawing``, started by ``serve``.

The renderer holds Python's lock as long as it draws, and every other page would wait for it; to load it takes seconds
and a hundred megabytes. So one process loads it while the desk opens, and draws for all pages. Where none was
started, such as under another server, pictures are drawn where they are asked for.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from threading import Lock
from typing import IO, TYPE_CHECKING, ParamSpec, TypeVar

from evengait.core.errors import EvengaitError
from evengait.core.language import speaking, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")

_GONE = (EOFError, OSError, pickle.UnpicklingError)
"""How the end of the other process shows."""


_ERRORS = (ArithmeticError, EvengaitError, LookupError, OSError, TypeError, ValueError)
"""What a function that draws may raise; anything else ends the process."""


class _Drawer:
    """The process that draws, started anew should it end."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process = _start()

    def draw(self, message: bytes) -> object:
        """Send a call and return what came of it, an exception too.

        Raises
        ------
        EOFError, OSError, UnpicklingError
            The process ended.
        """
        with self._lock:
            if self._process.poll() is not None:
                _put_away(self._process)
                self._process = _start()
            try:
                inbox, outbox = _pipes(self._process)
                outbox.write(message)
                outbox.flush()
                return pickle.load(inbox)  # noqa: S301 - from our own process, through its private pipe
            except _GONE:
                _put_away(self._process)
                raise

    def end(self) -> None:
        """End the process."""
        with self._lock:
            with suppress(OSError):
                _pipes(self._process)[1].close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            _put_away(self._process)


_drawers: list[_Drawer] = []


@contextmanager
def drawing() -> Iterator[None]:
    """Keep a process that draws, from now on loading in the background."""
    drawer = _Drawer()
    _drawers.append(drawer)
    try:
        yield
    finally:
        _drawers.remove(drawer)
        drawer.end()


def drawn(make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a function makes that draws.

    Parameters
    ----------
    make : callable
        Of a module; it has its arguments and gives its result by pickle, and needs neither records nor settings.

    Raises
    ------
    RuntimeError
        The process that draws ended, and did so again when it was started anew.
    """
    if not _drawers:
        return make(*args, **kwargs)
    message = pickle.dumps((spoken(), make, args, kwargs))
    for _ in range(2):
        try:
            made = _drawers[0].draw(message)
        except _GONE:
            continue
        if isinstance(made, BaseException):
            raise made
        return made  # type: ignore[return-value] # what ``make`` gave
    # Never here instead: what ended that process would end the desk.
    raise RuntimeError("The process that draws ended twice over one picture.")


def _start() -> subprocess.Popen[bytes]:
    # Ctrl-C is for the desk: this process ends when its pipe does, however that comes.
    return subprocess.Popen(
        [sys.executable, "-m", "evengait.web.drawing"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip


def _put_away(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in _pipes(process):
        with suppress(OSError):  # what was on its way
            pipe.close()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdout is None or process.stdin is None:  # never: it was started with both
        raise EOFError
    return process.stdout, process.stdin


def main() -> None:
    """Draw what comes through the pipe, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes where people read, not into the pipe
    load()
    with suppress(EOFError, BrokenPipeError):
        while True:
            language, make, args, kwargs = pickle.load(inbox)  # noqa: S301 - from the desk, through its private pipe
            try:
                with speaking(language):
                    made = make(*args, **kwargs)
            except _ERRORS as error:  # raised where it was asked for
                made = error
            pickle.dump(made, outbox, protocol=5)
            outbox.flush()
    os._exit(0)  # what is left in the buffer of a pipe without a reader would be a complaint


def load() -> None:
    """Draw pictures of nobody, so that the first one that is asked for finds everything loaded and compiled."""
    from datetime import date, timedelta

    import polars as pl

    from evengait.report.pictures import histories, tracks

    names = ("second", "speed_m_s", "heart_rate_bpm", "altitude_m", "step_rate_spm", "balance_left_pct")
    tracks(pl.DataFrame({name: [1.0, 2.0] for name in names}), "km")
    first, weeks = date(2001, 1, 1), range(52)
    begins = [first + timedelta(weeks=week) for week in weeks]
    each = {
        "distance_m": 1.0,
        "longest_run_m": 1.0,
        "pain": 1.0,
        "paved_share": 0.5,
        "balance_left_pct": 50.0,
    }
    periods = pl.DataFrame({"first": begins, **each}).with_columns(days=7, covered=7)
    worn = pl.DataFrame({"shoe": [f"{week % 6}" for week in weeks], "distance_m": [1.0] * 52})
    days = worn.with_columns(date=pl.Series(begins), gait_sensor=None, balance_left_pct=50.0)
    sessions = worn.with_columns(local_date=pl.Series(begins), sport=pl.lit("running"))
    for _ in range(6):
        histories(periods, first, begins[-1], [(first, begins[3], "")], "km", "week", "", (days, sessions))


if __name__ == "__main__":
    main()
