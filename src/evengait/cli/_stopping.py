"""Ctrl-C asks a long command to stop where it does no harm; one that cannot is stopped a little later all the same."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

PATIENCE_S = 5.0
"""How long a command may take to stop by itself; most need a tenth of a second."""


class Stop:
    """Whether the command has been asked to stop.

    Attributes
    ----------
    signal : int or None
        The signal that asked; None = nobody did.
    """

    def __init__(self) -> None:
        self.signal: int | None = None

    def __call__(self) -> bool:
        """Tell whether to stop."""
        return self.signal is not None

    @property
    def status(self) -> int:
        """The exit status that a shell expects: 130 after Ctrl-C, 143 after a request to terminate."""
        return 128 + (self.signal or signal.SIGINT)


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Turn Ctrl-C, and the system's request to terminate, into a question that the command asks now and then.

    Asked twice, or if it has not stopped by itself after some seconds, it is interrupted where it stands.
    """
    stop = Stop()

    def ask(number: int, _: FrameType | None) -> None:
        if stop():
            raise KeyboardInterrupt
        stop.signal = number
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    if hasattr(signal, "SIGALRM"):
        before[signal.SIGALRM] = signal.signal(signal.SIGALRM, interrupt)
    try:
        yield stop
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
