"""How likely each step makes each way: the odds of a hidden Markov model (Newson and Krumm 2009), with three changes.

A watch's error changes slowly: a runner three metres left of a way for a hundred metres is one piece of evidence, not
eight. So what counts is how the error *moves* from step to step (an autoregressive process), not its size alone. On a
wide road people run beside the mapped line. And there is a state for ground that no map shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.surface.grid import M_PER_DEGREE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.surface.near import Near
    from evengait.analysis.surface.steps import Steps
    from evengait.core.ground import Ways

    Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """What the odds are made of. Design choices, set on made-up runs (`benchmarks/surface_study.py`).

    Attributes
    ----------
    errors_m : tuple of float
        A watch's error (one standard deviation), of which the likeliest is taken for each session.  [m]
    memory_m : float
        How far one runs until a third of the error is left.  [m]
    fresh : float
        Share of steps at which the error starts anew: a jump of the watch, or a change of the side of the road.
    detour_m : float
        How much longer the way between two steps may be than the straight line, at e times lower odds.  [m]
    turn, jump : float
        Log odds of going on to a joined way, and of getting to one that is not joined to the last.
    leave, back, away : float
        Log odds of leaving the map, of coming back, and of staying off it, for a step.
    wide, room_m : float
        The room that ground off the map leaves to a step, in standard deviations of the error; and in metres while the
        error is still being estimated, lest the smallest win by leaving the map.
    widest : float
        How much larger than itself an error may turn out to be (as variances) before it is not believed.
    lost_at_first : float
        Log odds that a session begins off the map.
    """

    errors_m: tuple[float, ...] = (3.0, 5.0, 8.0, 13.0)
    memory_m: float = 60.0
    fresh: float = 0.03
    detour_m: float = 8.0
    turn: float = -1.0
    jump: float = -6.0
    leave: float = -5.5
    back: float = -3.5
    away: float = -0.05
    wide: float = 8.0
    room_m: float = 60.0
    widest: float = 2.5
    lost_at_first: float = -2.0


def moves(steps: Steps, near: Near, ways: Ways, model: Model) -> Floats:
    """Return the log odds of getting from each way to each at every step but the first, whatever the watch's error.

    Returns
    -------
    float32 array of shape (steps - 1, MOST + 1, MOST + 1)
        From, to; the last state is off the map. -inf where there is no way.
    """
    count, most = near.way.shape
    legs = _legs(steps)[:, None, None]
    from_, to = near.way[:-1, :, None], near.way[1:, None, :]
    along_from, along_to = near.along_m[:-1, :, None], near.along_m[1:, None, :]
    liked = np.log(np.array([kind.liked for kind in ways.kinds], np.float32))[ways.kind[near.way]]
    liked = np.where(near.way >= 0, liked, -np.inf)
    same = from_ == to
    detour = np.where(same, np.abs(np.abs(along_to - along_from) - legs), np.inf)
    detour = _joined(detour, from_, to, along_from, along_to, legs, ways)
    on = np.maximum(-detour / model.detour_m + np.where(same, 0.0, model.turn), model.jump)
    on = np.where(same, on, on + np.maximum(liked[1:, None, :], -9.0))
    out = np.full((count - 1, most + 1, most + 1), -np.inf, np.float32)
    out[:, :most, :most] = np.where((from_ >= 0) & (to >= 0), on, -np.inf)
    out[:, :most, most] = np.where(near.way[:-1] >= 0, model.leave, -np.inf)
    out[:, most, :most] = model.back + liked[1:]
    out[:, most, most] = model.away
    return out


def _legs(steps: Steps) -> Floats:
    cos = np.cos(np.radians((steps.lat[1:] + steps.lat[:-1]) / 2))
    legs = np.hypot(np.diff(steps.lat), np.diff(steps.lon) * cos) * M_PER_DEGREE
    return legs.astype(np.float32)


def _joined(
    detour: Floats,
    from_: NDArray[np.int32],
    to: NDArray[np.int32],
    along_from: Floats,
    along_to: Floats,
    legs: Floats,
    ways: Ways,
) -> Floats:
    """Fill in the detour between ways that share a node."""
    step, i, j = np.nonzero((from_ != to) & (from_ >= 0) & (to >= 0))
    if not len(step) or not len(ways.join_key):
        return detour
    keys = from_[step, i, 0].astype(np.int64) * len(ways) + to[step, 0, j]
    asked, where = np.unique(keys, return_inverse=True)
    first = np.searchsorted(ways.join_key, asked)
    for more in range(2):  # two ways may share several nodes
        place = np.minimum(first + more, len(ways.join_key) - 1)
        there = (ways.join_key[place] == asked)[where]
        at = place[where[there]]
        s, a, b = step[there], i[there], j[there]
        length = np.abs(along_from[s, a, 0] - ways.join_from_m[at]) + np.abs(
            ways.join_to_m[at] - along_to[s, 0, b]
        )
        detour[s, a, b] = np.minimum(detour[s, a, b], np.abs(length - legs[s, 0, 0]))
    return detour


@dataclass(frozen=True)
class Terms:
    """What the odds need of a session, whatever the watch's error; float32 arrays.

    Attributes
    ----------
    moves : (steps - 1, MOST + 1, MOST + 1)
        See :func:`moves`.
    off_m : (steps, MOST)
        How far off each way, NaN = no way.
    cos : (steps - 1, MOST, MOST)
        Cosine between the directions in which the step before and this one are off.
    aside2 : (steps, MOST)
        Square of how far from the line people run.
    same : bool, (steps - 1, MOST, MOST)
    kept : (steps - 1,)
        The share of the error that is left after a step.
    sag2 : (steps,)
        Square of ``Steps.sag_m``.
    start : (steps, MOST + 1)
        Log odds of each state where a session begins.
    linked : bool, (steps,)
        As ``Steps.linked``.
    """

    moves: Floats
    off_m: Floats
    cos: Floats
    aside2: Floats
    same: NDArray[np.bool_]
    kept: Floats
    sag2: Floats
    start: Floats
    linked: NDArray[np.bool_]

    def variance(self, error_m: float) -> Floats:
        """Return the variance of how far off each way a step is, for one size of the watch's error."""
        out: Floats = (np.float32(error_m) ** 2 + self.sag2)[:, None] + self.aside2
        return out


def terms(steps: Steps, near: Near, ways: Ways, model: Model) -> Terms:
    """Gather what the odds need."""
    there = near.way >= 0
    kinds = ways.kind[near.way]
    aside = np.array([kind.aside_m for kind in ways.kinds], np.float32)[kinds]
    liked = np.log(np.array([kind.liked for kind in ways.kinds], np.float32))[kinds]
    start = np.append(np.where(there, liked, -np.inf), np.full((len(there), 1), model.lost_at_first), axis=1)
    cos = (
        near.east[:-1, :, None] * near.east[1:, None, :] + near.north[:-1, :, None] * near.north[1:, None, :]
    )
    return Terms(
        moves(steps, near, ways, model),
        np.where(there, near.off_m, np.float32(np.nan)),
        cos.astype(np.float32),
        (aside * aside).astype(np.float32),
        near.way[:-1, :, None] == near.way[1:, None, :],
        np.exp(-_legs(steps) / np.float32(model.memory_m)),
        (steps.sag_m**2).astype(np.float32),
        start.astype(np.float32),
        steps.linked,
    )


def odds(of: Terms, error_m: float, model: Model, room_m: float | None = None) -> tuple[Floats, Floats]:
    """Return the odds for one size of the watch's error.

    Parameters
    ----------
    of : Terms
    error_m : float
        One standard deviation.  [m]
    model : Model
    room_m : float, optional
        Instead of ``model.wide``.  [m]

    Returns
    -------
    first : (steps, MOST + 1)
        Log odds of each state where nothing is known of the step before.
    then : (steps - 1, MOST + 1, MOST + 1)
        Log odds of each state after each.
    """
    err2 = np.float32(error_m) ** 2 + of.sag2[:, None]
    var = of.variance(error_m)
    off = of.off_m
    none = np.isnan(off)
    off = np.where(none, 0, off)
    room = model.wide * np.sqrt(err2[:, 0]) if room_m is None else np.full(len(off), np.float32(room_m))
    nowhere = -np.log(room)
    first = of.start.copy()
    first[:, :-1] += np.where(none, -np.inf, -0.5 * off * off / var) - 0.5 * np.log(2 * np.pi * var)
    first[:, -1] += nowhere
    kept = of.kept[:, None, None] * of.cos
    # What is left of the error carries over to another way; where on the road one runs does not.
    carried = np.where(of.same, kept, kept * (err2[:-1] / var[:-1])[:, :, None])
    mean = carried * off[:-1, :, None]
    rest = var[1:, None, :] - np.where(of.same, kept * kept, 0) * var[1:, None, :]
    rest = np.where(of.same, rest, var[1:, None, :] - carried * carried * var[:-1, :, None])
    rest = np.maximum(rest, 0.02 * var[1:, None, :])
    gone = off[1:, None, :] - mean
    steady = np.exp(-0.5 * gone * gone / rest) / np.sqrt(2 * np.pi * rest)
    anew = np.exp(-0.5 * off * off / var) / np.sqrt(2 * np.pi * var)
    seen = np.log((1 - model.fresh) * steady + model.fresh * anew[1:, None, :] + 1e-12)
    then = of.moves.copy()
    then[:, :-1, :-1] += seen
    then[:, -1, :-1] += np.log(anew[1:] + 1e-12)
    then[:, :, -1] += nowhere[1:, None]
    return first, then
