"""The ground under each step of a session, from the ways of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.surface.near import near
from evengait.analysis.surface.odds import Model, Terms, odds, terms
from evengait.analysis.surface.posterior import forward, posterior
from evengait.core.ground import GROUNDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.surface.steps import Steps
    from evengait.core.ground import Ways

MATCHER = 1
"""Raise it with every change that makes a run come out different: it is then matched anew."""

UNKNOWN = len(GROUNDS)
"""The number that stands for ground nobody knows, after those of ``GROUNDS``."""

LEAST_SURE = 0.4
"""A step whose likeliest ground is less likely than this is unknown. Design choice: a track of which the map says
nothing else is gravel with one half."""


@dataclass(frozen=True)
class Under:
    """The ground under each step.

    Attributes
    ----------
    ground : int8 array of shape (steps,)
        Index into ``GROUNDS``, or ``UNKNOWN``.
    sure : float64 array of shape (steps,)
        How likely that is right; for unknown steps, how likely the runner was off the map.
    error_m : float
        The watch's error that fits the session best.  [m]
    """

    ground: NDArray[np.int8]
    sure: NDArray[np.float64]
    error_m: float


def match(steps: Steps, ways: Ways, model: Model | None = None) -> Under:
    """Match a session's steps to the ways of a map.

    Parameters
    ----------
    steps : Steps
    ways : Ways
        Of a map that covers the session, at least in part.
    model : Model, optional

    Returns
    -------
    Under
        Off the map, or where two kinds of ground are alike likely, the ground is unknown, not the nearest way's.

    References
    ----------
    Newson and Krumm 2009, Hidden Markov map matching through noise and sparseness, ACM SIGSPATIAL GIS.
    """
    model = model or Model()
    if not len(steps) or not len(ways):
        return Under(np.full(len(steps), UNKNOWN, np.int8), np.ones(len(steps)), model.errors_m[0])
    close = near(ways, steps.lat, steps.lon)
    of = terms(steps, close, ways, model)
    error = _error(of, model)
    shares = posterior(*odds(of, error, model), of.linked)
    said = np.stack([_chances(kind.ground, kind.sure) for kind in ways.kinds])
    chances = np.einsum("ns,nsg->ng", shares[:, :-1], said[ways.kind[close.way]])
    ground = chances.argmax(axis=1).astype(np.int8)
    sure = chances[np.arange(len(ground)), ground]
    away = shares[:, -1]
    unknown = (away > 0.5) | (sure < LEAST_SURE)
    ground[unknown] = UNKNOWN
    return Under(ground, np.where(unknown, away, sure), error)


def _error(of: Terms, model: Model) -> float:
    """Return the watch's error that fits best, among those that do not contradict themselves.

    A field beside a road looks like a watch that is always thirty metres wrong; but then its error would have to be
    some thirty metres, and not the thirteen that fit best.
    """
    best = (-np.inf, model.errors_m[0])
    for error in model.errors_m:
        first, then = odds(of, error, model, model.room_m)
        shares, likelihood = forward(first, then, of.linked)
        on = shares[:, :-1]
        spread = np.nansum(on * of.off_m**2 / of.variance(error)) / max(float(on.sum()), 1e-9)
        if likelihood > best[0] and spread <= model.widest:
            best = (likelihood, error)
    return best[1]


def _chances(ground: str, sure: float) -> NDArray[np.float64]:
    out = np.full(len(GROUNDS), (1 - sure) / (len(GROUNDS) - 1))
    out[GROUNDS.index(ground)] = sure
    return out
