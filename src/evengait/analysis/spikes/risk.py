"""Sessions as rows of a risk set: which of its runner's, in which state, whether it ended in an injury."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.acwr import acwr
from evengait.analysis.load.longest_run import longest_runs
from evengait.analysis.series import ratio, shifted, window_sum
from evengait.core.spike import EDGES, STATES, WEEK_EDGES, WEEK_STATES, state_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

FACTORS = {"session_spike": STATES, "week_ratio": WEEK_STATES, "acwr": WEEK_STATES}
"""Each factor with its states; the first is the reference."""


@dataclass(frozen=True)
class RiskCounts:
    """How many runners were at their nth session in each state, and how many of those sessions ended in an injury.

    Whole numbers: counts of several runners add up to the same whatever the order.

    Attributes
    ----------
    at_risk, events : mapping of factor to int64 array of shape (sessions, states)
    """

    at_risk: dict[str, NDArray[np.int64]]
    events: dict[str, NDArray[np.int64]]

    def __add__(self, other: RiskCounts) -> RiskCounts:
        """Return the counts of both."""
        return RiskCounts(
            *(_added(getattr(self, name), getattr(other, name)) for name in ("at_risk", "events"))
        )


def _added(
    one: dict[str, NDArray[np.int64]], other: dict[str, NDArray[np.int64]]
) -> dict[str, NDArray[np.int64]]:
    found = {}
    for name in FACTORS:
        first, second = sorted((one[name], other[name]), key=len, reverse=True)
        found[name] = first.copy()
        found[name][: len(second)] += second
    return found


def session_states(log: RunLog) -> dict[str, NDArray[np.int8]]:
    """Return the state of every run by each factor, by the functions that ``explain`` uses; -1 = unknown.

    A session's distance is compared with the longest of the 30 days before its date; a second run of a date is
    compared with the same.

    Returns
    -------
    dict of factor to int8 array of shape (runs,)
    """
    longest = longest_runs(log)["longest_30d_m"]
    metres = log.numbers("distance_m")
    daily = log.total(metres)
    week = window_sum(daily, 7)
    return {
        "session_spike": state_of(metres / longest[log.day], EDGES),
        "week_ratio": state_of(ratio(week, shifted(week, 7))[log.day], WEEK_EDGES),
        "acwr": state_of(acwr(daily)[log.day], WEEK_EDGES),
    }


def risk_counts(
    states: dict[str, NDArray[np.int8]], number: NDArray[np.int64], hurt: NDArray[np.bool_]
) -> RiskCounts:
    """Count sessions in follow-up by their number and state.

    Parameters
    ----------
    states : mapping of factor to int8 array of shape (sessions,)
        Of ``session_states``, one runner's or several'.
    number : int64 array of shape (sessions,)
        Which session of its runner it is, from 0 at entry.
    hurt : bool array of shape (sessions,)
        Whether follow-up ended with an injury at it.

    Returns
    -------
    RiskCounts
        A session whose state is unknown is at risk in none.
    """
    at_risk, events = {}, {}
    size = int(number.max()) + 1 if len(number) else 0
    for name, names in FACTORS.items():
        known = states[name] >= 0
        place = number * len(names) + states[name]
        at_risk[name], events[name] = (
            np.bincount(place[chosen], minlength=size * len(names)).reshape(size, len(names)).astype(np.int64)
            for chosen in (known, known & hurt)
        )
    return RiskCounts(at_risk, events)


def no_counts() -> RiskCounts:
    """Return the counts of nobody."""
    empty = {name: np.zeros((0, len(states)), np.int64) for name, states in FACTORS.items()}
    return RiskCounts(empty, dict(empty))
