"""The shoes on each run: pairs in rotation, given away one by one, the next broken in beside the old one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.simulation.days import Days
    from evengait.simulation.ground import Ground
    from evengait.simulation.profile import RunnerProfile

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_BRANDS = ("Sandpiper", "Dunlin", "Ternstone", "Whimbrel", "Godwit")
_MODELS = ("Drift", "Harbour", "Kestrel", "Causeway", "Lowland", "Scree", "Heath", "Cairn")
_LIVES = 80
"""Pairs drawn for each place of the rotation: more than anyone wears out in ten years."""


@dataclass(frozen=True, eq=False)
class Rotation:
    """Which pair was worn when.

    Attributes
    ----------
    slot : int array, shape (days, 2)
        Place in the rotation: road pairs first, then trail pairs.
    changed_at_km : float array, shape (slots, pairs)
        Kilometres on the place (from the first day) at which each pair is followed by the next.
    early : bool array, shape (days, 2)
        Runs on which the next pair is broken in if the old one is nearly worn out.
    """

    slot: Ints
    changed_at_km: Floats
    early: NDArray[np.bool_]


def draw_rotation(profile: RunnerProfile, days: Days, ground: Ground, rng: np.random.Generator) -> Rotation:
    """Draw the rotation of a history.

    Parameters
    ----------
    profile : RunnerProfile
    days : Days
    ground : Ground
    rng : numpy Generator

    Returns
    -------
    Rotation
    """
    shape = days.km.shape
    favourite = rng.random(shape) ** 1.4
    road = np.minimum((favourite * profile.road_pairs).astype(np.int64), profile.road_pairs - 1)
    trail = profile.road_pairs + (favourite * profile.trail_pairs).astype(np.int64)
    slot = np.where(ground.trail & (profile.trail_pairs > 0), trail, road)
    slots = profile.road_pairs + profile.trail_pairs
    lives = np.clip(rng.normal(profile.retire_km, 45, (slots, _LIVES)), 500, 1000)
    on_them = rng.uniform(0, 0.95, slots) * lives[:, 0]
    return Rotation(slot, np.cumsum(lives, axis=1) - on_them[:, None], rng.random(shape) < 0.3)


def kilometres(slot_km: Floats) -> Floats:
    """Return the running total before each run, in order of day and run.

    Parameters
    ----------
    slot_km : float array, shape (days, 2)
    """
    flat = slot_km.ravel()
    out: Floats = (np.cumsum(flat) - flat).reshape(slot_km.shape)
    return out


def worn(days: Days, rotation: Rotation) -> Ints:
    """Return the pair of each run as ``slot * 1000 + number``; numbers count up within a slot.

    Parameters
    ----------
    days : Days
    rotation : Rotation

    Returns
    -------
    int array, shape (days, 2)
    """
    pair = np.zeros(days.km.shape, dtype=np.int64)
    for slot, changed in enumerate(rotation.changed_at_km):
        here = rotation.slot == slot
        before = kilometres(np.where(here, days.km, 0.0))[here]
        number = np.searchsorted(changed, before, side="right")
        nearly = (changed[np.minimum(number, _LIVES - 1)] - before < 90) & rotation.early[here]
        pair[here] = slot * 1000 + number + nearly
    return pair


def names(pair: Ints, profile: RunnerProfile) -> list[str]:
    """Return a made-up name for each pair.

    Examples
    --------
    >>> from evengait.simulation.runners import story_runner
    >>> names(np.array([0, 1, 2003]), story_runner())
    ['Sandpiper Drift 1', 'Sandpiper Drift 2', 'Ternstone Cairn 4']
    """
    known = {
        code: f"{_BRANDS[slot % 5]} {_MODELS[5 + slot % 3 if slot >= profile.road_pairs else slot % 5]} {number + 1}"
        for code in np.unique(pair).tolist()
        for slot, number in [divmod(code, 1000)]
    }
    return [known[code] for code in pair.tolist()]
