"""What a set says of the most one could lift once, and the load that leaves a reserve."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evengait.core.strength import StrengthSet
    from evengait.core.strength_block import Progress


def epley(reps: float) -> float:
    """Return one repetition maximum over load, by Epley's formula.

    References
    ----------
    epley

    Examples
    --------
    >>> epley(10)
    1.3333333333333333
    """
    return 1 + reps / 30


def brzycki(reps: float) -> float:
    """Return one repetition maximum over load, by Brzycki's formula; it equals Epley's at ten.

    References
    ----------
    brzycki

    Examples
    --------
    >>> brzycki(10) == epley(10), round(brzycki(5), 3)
    (True, 1.125)
    """
    return 36 / (37 - reps)


def factor(reps: float, rir: float, rules: Progress) -> float:
    """Return one repetition maximum over the load of a set.

    The mean of both formulas at repetitions plus reserve; above ``formula_reps_max``, where they part, Epley's alone,
    which promises less.

    Parameters
    ----------
    reps, rir : float
        Done, and left in reserve.
    rules : Progress

    References
    ----------
    epley, brzycki, rir-added-to-reps
    """
    effective = reps + rir
    return (
        epley(effective)
        if effective > rules.formula_reps_max
        else (epley(effective) + brzycki(effective)) / 2
    )


def reserve(one: StrengthSet) -> float | None:
    """Return the reserve of a set: as told, none in a set to failure, None where it was not told."""
    return 0.0 if one.rir is None and one.kind == "failure" else one.rir


def one_rep_max(sets: Iterable[StrengthSet], rules: Progress) -> float | Unknown:
    """Return the one repetition maximum that the sets of one session tell.

    Parameters
    ----------
    sets : StrengthSet
        Working and failure sets of one exercise; others are passed over.
    rules : Progress

    Returns
    -------
    float [kg] or Unknown
        The median over sets with a load, a reserve of at most ``formula_rir_max`` and at most ``formula_reps_max``
        repetitions, the reserve counted; Unknown where there is none. Right within about 5 % at best.

    References
    ----------
    epley, brzycki, onerm-error

    Examples
    --------
    >>> from datetime import date
    >>> from evengait.core.strength import StrengthSet
    >>> from evengait.core.strength_block import Progress
    >>> rules = Progress((2.5, 5.0), 2, 10, 2, 2, 5, 28, 10, 12, 4, ())
    >>> one_rep_max([StrengthSet(date(2026, 11, 24), "barbell_squat", 1, reps=8, load_kg=60, rir=2)], rules)
    80.0
    """
    found = []
    for one in sets:
        left = reserve(one)
        if one.kind not in {"working", "failure"} or not one.load_kg or not one.reps or left is None:
            continue
        if left <= rules.formula_rir_max and one.reps + left <= rules.formula_reps_max:
            found.append(one.load_kg * factor(one.reps, left, rules))
    if not found:
        return Unknown(say("no set with a load, few enough repetitions and its reserve written down"))
    return median(found)
