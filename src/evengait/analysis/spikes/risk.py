"""One runner's sessions as rows of a risk set: which session, in which state, whether it ended in an injury."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.load.acwr import acwr
from evengait.analysis.load.longest_run import longest_runs
from evengait.analysis.series import ratio, shifted, window_sum
from evengait.core.spike import EDGES, STATES, WEEK_EDGES, WEEK_STATES, state_of

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from evengait.analysis.run_log import RunLog

FACTORS = {"session_spike": STATES, "week_ratio": WEEK_STATES, "acwr": WEEK_STATES}
"""Each factor with its states; the first is the reference."""
MOST_SESSIONS = 5_000
"""Sessions of one runner that are counted; nobody runs more in a study."""


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


def risk_counts(log: RunLog, *, entered: date, ended: date, injured: bool) -> RiskCounts:
    """Count one runner's sessions.

    Parameters
    ----------
    log : RunLog
    entered, ended : date
        Of follow-up; sessions before the first count for what came before, not as time at risk.
    injured : bool
        Whether follow-up ended with an injury: it belongs to the last session.

    Returns
    -------
    RiskCounts
        Sessions are numbered from 1 at entry. A session whose state is unknown is at risk in none.

    Notes
    -----
    A session's distance is compared with the longest of the 30 days before its date, by the function that ``explain``
    uses; a second run of a date is compared with the same.
    """
    longest = longest_runs(log)["longest_30d_m"]
    metres = log.numbers("distance_m")
    daily = log.total(metres)
    week = window_sum(daily, 7)
    ratios = {
        "session_spike": metres / longest[log.day],
        "week_ratio": ratio(week, shifted(week, 7))[log.day],
        "acwr": acwr(daily)[log.day],
    }
    inside = (log.day >= (entered - log.first).days) & (log.day <= (ended - log.first).days)
    number = np.flatnonzero(inside)[:MOST_SESSIONS]
    at_risk, events = {}, {}
    for name, names in FACTORS.items():
        state = state_of(ratios[name][number], EDGES if name == "session_spike" else WEEK_EDGES)
        table = np.zeros((len(number), len(names)), np.int64)
        known = state >= 0
        table[np.flatnonzero(known), state[known]] = 1
        at_risk[name] = table
        events[name] = np.zeros_like(table)
        if injured and len(number):
            events[name][-1] = table[-1]
    return RiskCounts(at_risk, events)


def no_counts() -> RiskCounts:
    """Return the counts of nobody."""
    empty = {name: np.zeros((0, len(states)), np.int64) for name, states in FACTORS.items()}
    return RiskCounts(empty, dict(empty))
