"""How far a session went on each ground, by a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.surface.match import UNKNOWN, match
from evengait.analysis.surface.steps import steps_of
from evengait.core.ground import GROUNDS, GroundMetres

if TYPE_CHECKING:
    from evengait.analysis.surface.match import Under
    from evengait.analysis.surface.steps import Steps
    from evengait.core.ground import GroundRules, Ways
    from evengait.core.recording import Samples


def ground_metres(samples: Samples, sport: str, ways: Ways) -> GroundMetres | None:
    """Tell how far a session went on each ground.

    Parameters
    ----------
    samples : Samples
        Positions, and distance where there is one.
    sport : str
        House word.
    ways : Ways

    Returns
    -------
    GroundMetres or None
        The metres add up to those the samples tell. None where there is no position, or no distance.

    Examples
    --------
    >>> from evengait.core.recording import Samples
    >>> ground_metres(Samples(np.arange(3) * 1_000_000, {}), "running", None) is None
    True
    """
    steps = steps_of(samples, sport)
    if steps is None or not len(steps):
        return None
    return summed(steps, match(steps, ways))


def by_profile(sub_sport: str | None, distance_m: float | None, rules: GroundRules) -> GroundMetres | None:
    """Tell the ground of a session from the watch's own profile, where no map can.

    Parameters
    ----------
    sub_sport : str or None
        The device's finer word.
    distance_m : float or None
        Of the session.  [m]
    rules : GroundRules

    Returns
    -------
    GroundMetres or None
        All of the distance on the profile's ground, or of unknown ground; None where there is no distance.
    """
    if not distance_m:
        return None
    metres = dict.fromkeys((*(f"{ground}_m" for ground in GROUNDS), "unknown_m"), 0.0)
    for rule in rules.profile:
        if sub_sport in rule.values:
            return GroundMetres(**metres | {f"{rule.ground}_m": distance_m}, sure=rule.sure)
    return GroundMetres(**metres | {"unknown_m": distance_m}, sure=None)


def summed(steps: Steps, under: Under) -> GroundMetres:
    """Add the steps up by ground."""
    by = np.bincount(under.ground, weights=steps.metres, minlength=UNKNOWN + 1)
    told = under.ground != UNKNOWN
    known = float(by[:UNKNOWN].sum())
    sure = float((steps.metres * under.sure)[told].sum() / known) if known > 0 else None
    metres = {f"{ground}_m": float(by[number]) for number, ground in enumerate(GROUNDS)}
    return GroundMetres(**metres, unknown_m=float(by[UNKNOWN]) + steps.lost_m, sure=sure)
