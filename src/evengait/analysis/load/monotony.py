"""How even a week was, and its strain: described, never called a risk."""

from __future__ import annotations

from statistics import mean, stdev
from typing import TYPE_CHECKING

from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEK = 7


def monotony(week: Sequence[float | None]) -> float | Unknown:
    """Divide the mean of a week's daily loads by their standard deviation.

    Parameters
    ----------
    week : sequence of 7 numbers
        Load of each day in any unit, 0 on rest days, None = unknown.

    Returns
    -------
    float or Unknown  [ratio]
        Unknown with a day unknown, and where every day was the same: the ratio has no value there, however
        monotonous the week. The deviation is that of a sample (divided by 6).

    References
    ----------
    Foster 1998, Med Sci Sports Exerc 30:1164. The thresholds in use come from practice, not from runners.

    Examples
    --------
    >>> round(monotony([0.0, 200.0, 100.0, 200.0, 0.0, 300.0, 250.0]), 2)
    1.26
    >>> monotony([0.0] * 7)
    Unknown(reason='Every day had the same load: how even the week was has no value.')
    """
    if len(week) != WEEK:
        return Unknown(say("A week has {week} days.", week=WEEK))
    loads = [load for load in week if load is not None]
    if len(loads) < WEEK:
        return Unknown(say("The load of a day is not known."))
    spread = stdev(loads)
    if spread == 0:
        return Unknown(say("Every day had the same load: how even the week was has no value."))
    return mean(loads) / spread


def strain(week: Sequence[float | None]) -> float | Unknown:
    """Multiply a week's load by its monotony.

    Parameters
    ----------
    week : sequence of 7 numbers
        As for :func:`monotony`.

    Returns
    -------
    float or Unknown, in the unit of the load
        Unknown where monotony is.

    References
    ----------
    Foster 1998, Med Sci Sports Exerc 30:1164.

    Examples
    --------
    >>> round(strain([0.0, 200.0, 100.0, 200.0, 0.0, 300.0, 250.0]))
    1323
    """
    even = monotony(week)
    return even if isinstance(even, Unknown) else even * sum(load for load in week if load is not None)
