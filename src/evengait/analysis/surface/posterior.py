"""How likely each state of a hidden Markov model is at each step, given all steps: forward and backward in blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]


def forward(first: Floats, then: Floats, linked: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Return each state's share at each step given the steps up to it, and the log likelihood of all.

    Parameters
    ----------
    first : array of shape (steps, states)
        Log odds at a step of which the one before is not known.
    then : array of shape (steps - 1, states, states)
        Log odds of each state after each.
    linked : bool array of shape (steps,)
        False where the step before says nothing.

    Returns
    -------
    shares : float64 array of shape (steps, states)
    log_likelihood : float
    """
    count = len(first)
    shares = np.empty_like(first, dtype=np.float64)
    ahead, scale = _plain(then)
    start, start_scale = _plain(first)
    total = 0.0
    now = start[0]
    for step in range(count):
        if step and linked[step]:
            now = now @ ahead[step - 1]
            total += scale[step - 1]
        else:
            now = start[step]
            total += start_scale[step]
        size = now.sum()
        if size <= 0.0:
            now, size = start[step], start[step].sum()
            total += start_scale[step]
        now = now / size
        total += np.log(size)
        shares[step] = now
    return shares, float(total)


def posterior(first: Floats, then: Floats, linked: NDArray[np.bool_]) -> Floats:
    """Return each state's share at each step given all steps; parameters as of :func:`forward`."""
    shares, _ = forward(first, then, linked)
    ahead, _ = _plain(then)
    after = np.ones(first.shape[1])
    for step in range(len(first) - 2, -1, -1):
        after = ahead[step] @ after if linked[step + 1] else np.ones(first.shape[1])
        size = (after * shares[step]).sum()
        if size <= 0.0:
            after, size = np.ones(first.shape[1]), 1.0
        after = after / size
        shares[step] *= after
    return shares


def _plain(log_odds: Floats) -> tuple[Floats, Floats]:
    """Return odds whose largest in each step is 1, and the log of what they were divided by."""
    axes = tuple(range(1, log_odds.ndim))
    most = log_odds.max(axis=axes, keepdims=True)
    return np.exp(log_odds - most), most.reshape(len(log_odds))
