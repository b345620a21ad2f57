"""Instants: FIT seconds to microseconds since 1970, what cannot be an instant, pauses, local time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from evengait.core.reasons import kept
from evengait.ingest.fit._profile import FIT_EPOCH_S
from evengait.ingest.fit._rows import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.ingest.fit._decode import FitFile

EARLIEST = 0x10000000
"""FIT seconds below this count from the device's start, not from 1989: no instant is known."""

LATEST = 4102444800 - FIT_EPOCH_S
"""FIT seconds of 2100-01-01."""

JUMP_S = 300
"""A clock that goes back by more was set anew; by less, rows only stand in a wrong order."""

CLOCK_SET_S = 172_800
"""A step forward of more than two days inside a bout: the clock was set, as the session metrics have it too."""

LONGEST_S = 1_000_000
"""Seconds no session lasts longer than, as in ``columns.toml``."""

TIMER, STARTS, STOPS = 0, {0}, {1, 4, 8, 9}
"""Event number of the timer, and the event types that start and stop it."""


def microseconds(seconds: float) -> int:
    """Return FIT seconds as microseconds since 1970."""
    return round((seconds + FIT_EPOCH_S) * 1_000_000)


def sane(seconds: float | None) -> bool:
    """Whether FIT seconds can be an instant."""
    return seconds is not None and EARLIEST <= seconds < LATEST


@dataclass(frozen=True, slots=True)
class Order:
    """Rows to keep, in order of time: their indices and FIT seconds."""

    rows: NDArray[np.int64]
    seconds: NDArray[np.int64]

    def at(self, place: slice) -> NDArray[np.int64] | slice:
        """Return the rows at some places; as a slice where they follow one another, which copies nothing."""
        rows = self.rows[place]
        if len(rows) and rows[-1] - rows[0] == len(rows) - 1 and (rows[1:] > rows[:-1]).all():
            return slice(int(rows[0]), int(rows[-1]) + 1)
        return rows


def order(values: NDArray[np.int64], valid: NDArray[np.bool_], problems: list[str]) -> Order:
    """Return the rows with a usable time, in its order; say what was left out.

    Parameters
    ----------
    values : int64 array, shape (n,)
        FIT seconds.
    valid : bool array
    problems : list of str
        Sentences are added.
    """
    good = valid & (values >= EARLIEST) & (values < LATEST)
    rows = np.flatnonzero(good)
    if lost := len(values) - len(rows):
        problems.append(kept("{lost} samples without a usable time were left out.", lost=lost))
    seconds = values[rows]
    falls = np.flatnonzero(np.diff(seconds) < 0)
    if not len(falls):
        return Order(rows, seconds)
    jumps = np.flatnonzero(np.diff(seconds) < -JUMP_S)
    if len(jumps):
        bounds = np.concatenate([[0], jumps + 1, [len(seconds)]])
        longest = int(np.argmax(np.diff(bounds)))
        start, stop = bounds[longest], bounds[longest + 1]
        problems.append(
            kept(
                "The clock was set back during the recording; {count} samples with the other time were left out.",
                count=len(seconds) - int(stop - start),
            )
        )
        rows, seconds = rows[start:stop], seconds[start:stop]
        falls = np.flatnonzero(np.diff(seconds) < 0)
    if len(falls):
        problems.append(
            kept(
                "Time ran backwards {count} times; the samples were put in the order of their times.",
                count=len(falls),
            )
        )
        by_time = np.argsort(seconds, kind="stable")
        rows, seconds = rows[by_time], seconds[by_time]
    return Order(rows, seconds)


def one_clock(seconds: NDArray[np.int64], problems: list[str]) -> slice:
    """Return the samples of one bout that one setting of the clock gave, and no more than a session can last.

    Parameters
    ----------
    seconds : int64 array, rising or equal
        FIT seconds.
    problems : list of str
        Sentences are added.
    """
    if not len(seconds) or seconds[-1] - seconds[0] <= CLOCK_SET_S:
        return slice(0, len(seconds))
    edges = [0, *(np.flatnonzero(np.diff(seconds) > CLOCK_SET_S) + 1).tolist(), len(seconds)]
    start, stop = max(pairwise(edges), key=lambda part: part[1] - part[0])
    stop = min(stop, int(np.searchsorted(seconds, seconds[start] + LONGEST_S, side="right")))
    if lost := len(seconds) - (stop - start):
        problems.append(
            kept(
                "The clock was set during the recording; {lost} samples with the other time were left out.",
                lost=lost,
            )
        )
    return slice(start, stop)


def undated(file: FitFile) -> bool:
    """Whether a file's samples have times, but all count from when the device was switched on.

    Notes
    -----
    The ``activity`` message gives a local time beside such a time, but it is no way out: two recordings of one watch
    (Forerunner 70), nine days apart by its own count, carry the same local time to the second, so it is the time of
    something else, such as the transfer.
    """
    times = [row["timestamp"] for row in rows(file.get("record"), ("timestamp",))]
    known = [seconds for seconds in times if seconds is not None]
    return bool(known) and all(0 <= seconds < EARLIEST for seconds in known)


def pauses(file: FitFile) -> list[tuple[int, int]]:
    """Return when the timer stood, as (stop, start) in FIT seconds; a last stop is the end, not a pause."""
    out: list[tuple[int, int]] = []
    stopped: int | None = None
    for row in rows(file.get("event"), ("event", "event_type", "timestamp")):
        if row["event"] != TIMER or not sane(row["timestamp"]):
            continue
        if row["event_type"] in STOPS and stopped is None:
            stopped = row["timestamp"]
        elif row["event_type"] in STARTS and stopped is not None:
            if row["timestamp"] > stopped:
                out.append((stopped, row["timestamp"]))
            stopped = None
    return out


def utc_offset(row: dict[str, Any]) -> int | None:
    """Return local time minus UTC in seconds, to the quarter of an hour; None where it cannot be one."""
    local, utc = row["local_timestamp"], row["timestamp"]
    if local is None or not sane(utc):
        return None
    offset = round((local - utc) / 900) * 900
    return offset if abs(offset) <= 50400 and abs(local - utc - offset) <= 120 else None
