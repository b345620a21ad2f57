"""Doses, states and steps in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.language import Said, say
from evengait.core.units import distance, elevation

if TYPE_CHECKING:
    from evengait.core.plan import RunDose
    from evengait.core.units import Units

STATES = Said(
    {
        "blocked": "Stopped: no run is planned.",
        "preparing": "Preparing: the first run waits for its gates.",
        "running": "On the way back to running.",
        "returned": "Back: the former week is done.",
    }
)


def dose_title(dose: RunDose, units: Units, *, walk: bool = False) -> str:
    r"""Return what a run or walk is, for a calendar or a watch.

    Examples
    --------
    >>> from evengait.core.plan import RunDose
    >>> dose_title(RunDose(6, 180, 120), "km"), dose_title(RunDose(distance_m=8000.0), "km")
    ('6 × (walk 3 min, run 2 min)', 'Run up to 8.0\xa0km')
    >>> dose_title(RunDose(1, 1800), "km", walk=True)
    'Walk 30 min'
    """
    if walk:
        return say("Walk {walk_s} min", walk_s=dose.walk_s // 60)
    if dose.distance_m is not None:
        fast = say(", some of it fast") if dose.fast_m else ""
        return say("Run up to {distance_m}{fast}", distance_m=distance(dose.distance_m, units), fast=fast)
    if dose.repeats == 1:
        return say("Run {run_s} min", run_s=dose.run_s // 60)
    return say(
        "{repeats} × (walk {span}, run {span2})",
        repeats=dose.repeats,
        span=_span(dose.walk_s),
        span2=_span(dose.run_s),
    )


def dose_bounds(dose: RunDose, units: Units) -> str:
    """Return the bounds of a run in one sentence; empty where there is none."""
    bounds = []
    if dose.climb_m is not None:
        bounds.append(say("at most {elevation} of climb", elevation=elevation(dose.climb_m, units)))
    if dose.fast_m == 0:
        bounds.append(say("easy all the way"))
    elif dose.fast_m is not None:
        bounds.append(say("at most {fast_m} of it fast", fast_m=distance(dose.fast_m, units)))
    if dose.stop_above_nprs is not None:
        bounds.append(
            say(
                "stop and walk home if pain goes above {stop_above_nprs:g} out of 10 or changes your gait",
                stop_above_nprs=dose.stop_above_nprs,
            )
        )
    text = "; ".join(bounds)
    return text[:1].upper() + text[1:] + "." if text else ""


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min" if not rest else f"{minutes}:{rest:02d} min"
