"""Random blocks with and without, as many of each, never more than a few of one sort in a row."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.trial import Schedule

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from evengait.core.trial import TrialRules

MOST_LISTED = 13_000
"""Up to so many ways to choose the blocks with it, all orders are listed; beyond, some."""
LISTED = 4_000


@cache
def orders(blocks: int, longest_run: int) -> NDArray[np.bool_]:
    """Return the orders a trial of this many blocks may have: half with, none longer in a row than allowed.

    The list is the same each time: a trial draws one of it, and its randomisation test compares with all of it.

    Parameters
    ----------
    blocks : int
        Even.
    longest_run : int
        Most blocks of one sort in a row; at least 2 for a trial of more than 16 blocks.

    Returns
    -------
    array of bool, shape (orders, blocks)
        All of them; for long trials 4,000 of them. Read-only.

    Examples
    --------
    >>> orders(4, 2).shape, orders(4, 1).astype(int).tolist()
    ((6, 4), [[1, 0, 1, 0], [0, 1, 0, 1]])
    """
    if comb(blocks, blocks // 2) <= MOST_LISTED:
        chosen = np.array(list(combinations(range(blocks), blocks // 2)))
        every = np.zeros((len(chosen), blocks), bool)
        np.put_along_axis(every, chosen, values=True, axis=1)
        return _read_only(every[_runs_hold(every, longest_run)])
    rng = np.random.default_rng(0)
    plain = np.arange(blocks) % 2 == 0
    kept: list[NDArray[np.bool_]] = []
    while sum(map(len, kept)) < LISTED:
        tried = rng.permuted(np.tile(plain, (LISTED, 1)), axis=1)
        kept.append(tried[_runs_hold(tried, longest_run)])
    return _read_only(np.concatenate(kept)[:LISTED])


def _read_only(order: NDArray[np.bool_]) -> NDArray[np.bool_]:
    order.flags.writeable = False
    return order


def _runs_hold(order: NDArray[np.bool_], longest_run: int) -> NDArray[np.bool_]:
    """Tell for each order whether every stretch of ``longest_run + 1`` blocks holds both sorts."""
    if longest_run >= order.shape[1]:
        return np.ones(len(order), bool)
    stretches = np.lib.stride_tricks.sliding_window_view(order, longest_run + 1, axis=1)
    return np.asarray(np.all(np.any(stretches, axis=2) & ~np.all(stretches, axis=2), axis=1))


def draw_schedule(
    treatment: str,
    kind: str,
    start: date,
    blocks: int,
    rules: TrialRules,
    *,
    seed: int,
    baseline_days: int = 0,
) -> Schedule:
    """Draw the blocks of a trial, each allowed order alike likely; the same seed draws the same.

    Raises
    ------
    UsageError
        The number of blocks is odd or smaller than the rules allow.
    """
    if blocks % 2 or blocks < rules.fewest_blocks:
        raise UsageError(
            say(
                "A trial has an even number of blocks, {fewest_blocks} at the least. Choose another number.",
                fewest_blocks=rules.fewest_blocks,
            )
        )
    sort = rules.kind(kind)
    every = orders(blocks, rules.longest_run_blocks)
    order = every[np.random.default_rng(seed).integers(len(every))]
    return Schedule(
        treatment, kind, start, baseline_days, sort.block_days, sort.washout_days,
        rules.longest_run_blocks, tuple(bool(on) for on in order), seed,
    )  # fmt: skip
