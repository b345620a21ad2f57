"""Which points of a track have a usable time, in which order, and where one bout ends and another begins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SECOND = 1_000_000
"""Microseconds."""

EARLIEST, LATEST = 883_612_800 * SECOND, 4_102_444_800 * SECOND
"""1998-01-01, before which no watch recorded a run, and 2100-01-01; in microseconds since 1970."""

JUMP_S = 300
"""A clock that goes back by more was set anew; by less, points only stand in a wrong order."""

CLOCK_SET_S = 172_800
"""A step forward of more than two days inside a segment: the clock was set, as the session metrics have it too."""

SILENCE_S = 21_600
"""After six hours without a point another bout begins. Design choice: longer than any rest within a run."""

LONGEST_S = 1_000_000
"""Seconds no session lasts longer than, as in ``columns.toml``."""

MOST_BOUTS = 1000
"""Bouts of one track; a clock that jumps more often tells nothing."""


@dataclass(frozen=True)
class Stretch:
    """Points of one bout.

    Attributes
    ----------
    rows : int64 array
        Their places in the track, in order of time.
    us : int64 array
        Their instants in microseconds since 1970 UTC, rising or equal.
    """

    rows: NDArray[np.int64]
    us: NDArray[np.int64]


def stretches(time_us: NDArray[np.float64], segments: Sequence[int], problems: list[str]) -> list[Stretch]:
    """Return a track's bouts in order of time; say what was left out.

    Parameters
    ----------
    time_us : float64 array, shape (n,)
        Microseconds since 1970 UTC; NaN = none.
    segments : sequence of int
        Where segments begin, rising, the first being 0.
    problems : list of str
        Sentences are added.
    """
    good = (time_us >= EARLIEST) & (time_us < LATEST)
    if good.all():
        rows = np.arange(len(time_us))
        us = time_us.astype(np.int64)
    else:
        rows = np.flatnonzero(good)
        us = time_us[rows].astype(np.int64)
        if len(rows):
            problems.append(
                kept("{count} points without a usable time were left out.", count=len(time_us) - len(rows))
            )
    if not len(rows):
        return []
    fresh = np.searchsorted(rows, segments[1:])  # places where a segment begins
    fresh = fresh[(fresh > 0) & (fresh < len(rows))]
    step = np.diff(us)
    if len(fresh) and (step[fresh - 1] < 0).any():
        rows, us, fresh = _by_segment(rows, us, fresh)
        step = np.diff(us)
    breaks = np.flatnonzero((step < -JUMP_S * SECOND) | (step > SILENCE_S * SECOND)) + 1
    if len(breaks) > MOST_BOUTS:
        problems.append(kept("Its clock jumps so often that no session can be told."))
        return []
    parts = _parts(us, breaks, set(fresh.tolist()), problems)
    out = [_in_order(rows[a:b], us[a:b], problems) for a, b in parts]
    return sorted(out, key=lambda part: int(part.us[0]))


def _by_segment(
    rows: NDArray[np.int64], us: NDArray[np.int64], fresh: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
    """Put segments in the order of their first instants: some programs write them the other way round."""
    starts = np.unique(np.concatenate([[0], fresh]))
    lengths = np.diff(np.append(starts, len(rows)))
    order = np.argsort(us[starts], kind="stable")
    taken = np.concatenate([np.arange(starts[i], starts[i] + lengths[i]) for i in order])
    return rows[taken], us[taken], np.cumsum(lengths[order])[:-1]


def _parts(
    us: NDArray[np.int64], breaks: NDArray[np.intp], fresh: set[int], problems: list[str]
) -> list[tuple[int, int]]:
    """Return the bouts as (start, stop). Where the clock was set inside a segment, the longest part stands for all."""
    if not len(breaks):
        return [(0, len(us))]
    edges = [0, *breaks.tolist(), len(us)]
    groups: list[list[tuple[int, int]]] = [[(edges[0], edges[1])]]
    for start, stop in pairwise(edges[1:]):
        step = us[start] - us[start - 1]
        clock_set = start not in fresh and not 0 < step <= CLOCK_SET_S * SECOND
        if clock_set:
            groups[-1].append((start, stop))
        else:
            groups.append([(start, stop)])
    out = [max(group, key=lambda part: part[1] - part[0]) for group in groups]
    if lost := len(us) - sum(stop - start for start, stop in out):
        problems.append(
            kept(
                "The clock was set during the recording; {lost} points with the other time were left out.",
                lost=lost,
            )
        )
    return out


def _in_order(rows: NDArray[np.int64], us: NDArray[np.int64], problems: list[str]) -> Stretch:
    falls = int((np.diff(us) < 0).sum())
    if falls:
        problems.append(
            kept(
                "Time ran backwards {falls} times; the points were put in the order of their times.",
                falls=falls,
            )
        )
        order = np.argsort(us, kind="stable")
        rows, us = rows[order], us[order]
    inside = int(np.searchsorted(us, us[0] + LONGEST_S * SECOND, side="right"))
    if inside < len(us):
        problems.append(
            kept(
                "{count} points later than eleven days after the start were left out.", count=len(us) - inside
            )
        )
    return Stretch(rows[:inside], us[:inside])
