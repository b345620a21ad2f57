"""The randomisation test: how often another draw of the blocks would have shown as much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.trial.schedule import orders
from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evengait.analysis.trial.days import Days
    from evengait.core.trial import Schedule


@dataclass(frozen=True)
class RandomisationTest:
    """How many of the orders that could have been drawn show a difference at least as large.

    Attributes
    ----------
    p : float
        Their share among those that could be compared, the true one counted; over 0, at most 1.
    orders : int
        Orders compared.
    """

    p: float
    orders: int


def randomisation_test(days: Days, schedule: Schedule) -> RandomisationTest | Unknown:
    """Compare the difference of the drawn order with that of every other order.

    If it made no difference to any day's pain, the pain would have been the same under every order: then each order's
    difference is as likely as the next, whatever the days' correlation, trend or floor. Days that settle after a change
    are left out by each order's own changes; a straight course is taken out first.

    Parameters
    ----------
    days : Days
        From the trial's first day; it may not be over.
    schedule : Schedule

    Returns
    -------
    RandomisationTest or Unknown
        Unknown where a sort of day is missing so far.

    References
    ----------
    Edgington & Onghena 2007, Randomization Tests, 4th ed.

    Notes
    -----
    With few blocks p cannot be small: eight with at most three in a row have 62 orders, and the mirror image of the
    true one shows as much, so p is 2/62 at the least. Days that were not written down are taken to be missing whatever
    the order.
    """
    inside = np.arange(schedule.baseline_days, len(days))
    known = ~np.isnan(days.pain[inside])
    if known.sum() < 3:
        return Unknown(say("Too few days of the blocks are known."))
    at = inside[known] - schedule.baseline_days
    pain = days.pain[inside[known]]
    rest = pain - np.polyval(np.polyfit(at, pain, 1), at)
    every = orders(len(schedule.order), schedule.longest_run)
    block, within = np.divmod(at, schedule.block_days)
    found = _differences(every, block, within, rest, schedule.washout_days)
    true = _differences(np.array([schedule.order]), block, within, rest, schedule.washout_days)[0]
    if np.isnan(true):
        return Unknown(say("There are no usable days of both sorts yet."))
    compared = np.abs(found[~np.isnan(found)])
    hits = int(np.count_nonzero(compared >= abs(true) - 1e-9))
    return RandomisationTest(hits / len(compared), len(compared))


def _differences(
    every: NDArray[np.bool_],
    block: NDArray[np.int64],
    within: NDArray[np.int64],
    rest: NDArray[np.float64],
    washout_days: int,
) -> NDArray[np.float64]:
    """Return for each order the mean on its days with it less those without; NaN where it has none of one."""
    on = every[:, block]
    changed = np.zeros_like(every)
    changed[:, 1:] = every[:, 1:] != every[:, :-1]
    counts = ~(changed[:, block] & (within < washout_days))
    with_it, without = on & counts, ~on & counts
    with np.errstate(invalid="ignore"):
        return np.asarray((with_it @ rest) / with_it.sum(axis=1) - (without @ rest) / without.sum(axis=1))
