"""Doses, states and steps in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evengait.core.units import distance, elevation

if TYPE_CHECKING:
    from evengait.core.plan import RunDose
    from evengait.core.units import Units

STATES = {
    "blocked": "Stopped: no run is planned.",
    "preparing": "Preparing: the first run waits for its gates.",
    "running": "On the way back to running.",
    "returned": "Back: the former week is done.",
}


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
        return f"Walk {dose.walk_s // 60} min"
    if dose.distance_m is not None:
        fast = ", some of it fast" if dose.fast_m else ""
        return f"Run up to {distance(dose.distance_m, units)}{fast}"
    if dose.repeats == 1:
        return f"Run {dose.run_s // 60} min"
    return f"{dose.repeats} × (walk {_span(dose.walk_s)}, run {_span(dose.run_s)})"


def dose_bounds(dose: RunDose, units: Units) -> str:
    """Return the bounds of a run in one sentence; empty where there is none."""
    bounds = []
    if dose.climb_m is not None:
        bounds.append(f"at most {elevation(dose.climb_m, units)} of climb")
    if dose.fast_m == 0:
        bounds.append("easy all the way")
    elif dose.fast_m is not None:
        bounds.append(f"at most {distance(dose.fast_m, units)} of it fast")
    if dose.stop_above_nprs is not None:
        bounds.append(
            f"stop and walk home if pain goes above {dose.stop_above_nprs:g} out of 10 or changes your gait"
        )
    text = "; ".join(bounds)
    return text[:1].upper() + text[1:] + "." if text else ""


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min" if not rest else f"{minutes}:{rest:02d} min"
