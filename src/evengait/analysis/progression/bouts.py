"""Walk and run bouts in the samples of a session: what was really run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.stretches import LONGEST_UNKNOWN_S, Stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.core.progression import Reading
    from evengait.core.recording import Bout

    Kinds = NDArray[np.int8]
    Floats = NDArray[np.float64]

STAND, WALK, RUN = 0, 1, 2
NAMES = ("stand", "walk", "run")
SURELY_RUNNING_M_S = 2.5
"""Nobody walks so fast for long: a step rate that says walking here is not to be trusted."""
TRUSTED_SHARE = 0.8
SMOOTH_S = 9.0


@dataclass(frozen=True)
class GaitBout:
    """One stretch of one gait.

    Attributes
    ----------
    kind : {"stand", "walk", "run"}
    start_s, seconds : float
        From the session's first sample, and how long.  [s]
    metres : float or None
        How far; None = the recording does not tell.  [m]
    """

    kind: str
    start_s: float
    seconds: float
    metres: float | None


def gait_bouts(bout: Bout, reading: Reading) -> tuple[GaitBout, ...]:
    """Tell walking from running, second by second, and join what belongs together.

    By step rate where the recording has one that makes sense, else by speed; standing by speed. A change of gait
    shorter than ``reading.shortest_bout_s`` belongs to what is around it.

    Parameters
    ----------
    bout : Bout
        A session's samples.
    reading : Reading
        The bounds of the progression.

    Returns
    -------
    tuple of GaitBout
        In order, without gaps; empty where nothing tells walking from running.

    References
    ----------
    walk-run-cadence

    Examples
    --------
    >>> from evengait.core.recording import Bout, Samples
    >>> from evengait.knowledge.progression_book import progression
    >>> speed = np.repeat([1500, 2800, 1500], 60)
    >>> samples = Samples(np.arange(180) * 1_000_000, {"speed_m_s_x1000": (speed, None)})
    >>> [(b.kind, b.seconds) for b in gait_bouts(Bout(0, "running", samples), progression().reading)]
    [('walk', 59.0), ('run', 60.0), ('walk', 60.0)]
    """
    stretches = Stretches(bout)
    seconds = np.where(stretches.seconds > 0, stretches.seconds, 0.0)
    if not len(seconds) or seconds.sum() <= 0:
        return ()
    kinds = _kinds(stretches, reading)
    if kinds is None:
        return ()
    edges = _joined(kinds, seconds, reading.shortest_bout_s)
    along = stretches.along_m
    clock = np.concatenate(([0.0], np.cumsum(seconds)))
    return tuple(
        GaitBout(
            NAMES[kind], float(clock[first]), float(clock[last] - clock[first]),
            None if along is None else float(along[last] - along[first]),
        )
        for kind, first, last in edges
    )  # fmt: skip


def _kinds(stretches: Stretches, reading: Reading) -> Kinds | None:
    """Return the gait of each stretch between two samples; None where neither step rate nor speed tells."""
    speed = _smooth(stretches.speed, stretches.seconds)
    steps = stretches.samples.floats("step_rate_spm_x64")
    rate = None if steps is None else _smooth(steps[1:], stretches.seconds)
    if rate is not None and not _trusted(rate, speed, reading):
        rate = None
    if rate is None and speed is None:
        return None
    out = np.full(len(stretches.seconds), -1, np.int8)
    if speed is not None:
        known = ~np.isnan(speed)
        out[known] = np.where(speed[known] >= reading.run_speed_m_s, RUN, WALK)
    if rate is not None:
        known = rate > 0
        out[known] = np.where(rate[known] >= reading.run_step_rate_spm, RUN, WALK)
    silent = stretches.seconds > LONGEST_UNKNOWN_S
    still = silent if speed is None else speed < reading.stand_speed_m_s
    if rate is not None:
        # Treadmills go nowhere: steps say that one moves. A stopped timer writes nothing at all.
        still = still & (silent | ~(rate > 0))
    out[still] = STAND
    return _filled(out)


def _trusted(rate: Floats, speed: Floats | None, reading: Reading) -> bool:
    """Tell whether a step rate says running where speed leaves no doubt; some devices count one foot, or nothing."""
    if not (rate > 0).any():
        return False
    if speed is None:
        return True
    sure = speed >= SURELY_RUNNING_M_S
    return not sure.any() or float(np.mean(rate[sure] >= reading.run_step_rate_spm)) >= TRUSTED_SHARE


def _smooth(values: Floats | None, seconds: Floats) -> Floats | None:
    """Return the running median over about nine seconds; NaN stays NaN."""
    if values is None or not len(values):
        return None
    usual = float(np.median(seconds[seconds > 0])) if (seconds > 0).any() else 1.0
    half = int(SMOOTH_S / usual) // 2
    if half < 1 or len(values) <= 2 * half:
        return values
    padded = np.concatenate((np.full(half, values[0]), values, np.full(half, values[-1])))
    out: Floats = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1)
    # A window with an unknown value tells nothing; the value itself may.
    return np.where(np.isnan(out), values, out)


def _filled(kinds: Kinds) -> Kinds | None:
    """Give stretches of unknown gait the gait before them, the first ones the gait after."""
    known = np.flatnonzero(kinds >= 0)
    if not len(known):
        return None
    place = np.searchsorted(known, np.arange(len(kinds)), side="right") - 1
    return kinds[known[np.maximum(place, 0)]]


def _joined(kinds: Kinds, seconds: Floats, shortest_s: float) -> list[tuple[int, int, int]]:
    """Return (gait, first sample, last sample) of every bout, the short ones taken into their neighbours."""
    change = np.flatnonzero(np.diff(kinds)) + 1
    edges = [0, *change.tolist(), len(kinds)]
    total = np.concatenate(([0.0], np.cumsum(seconds)))
    runs = [[int(kinds[a]), a, b] for a, b in pairwise(edges)]

    def length(run: list[int]) -> float:
        return float(total[run[2]] - total[run[1]])

    while len(runs) > 1:
        place = min(range(len(runs)), key=lambda i: length(runs[i]))
        if length(runs[place]) >= shortest_s:
            break
        beside = [i for i in (place - 1, place + 1) if 0 <= i < len(runs)]
        runs[place][0] = runs[max(beside, key=lambda i: length(runs[i]))][0]
        merged: list[list[int]] = []
        for run in runs[max(0, place - 1) : place + 2]:
            if merged and merged[-1][0] == run[0]:
                merged[-1][2] = run[2]
            else:
                merged.append(run)
        runs[max(0, place - 1) : place + 2] = merged
    return [(kind, first, last) for kind, first, last in runs]
