"""Noise and lag for samples: cheap filters over whole arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def rolling(values: Floats, width: int) -> Floats:
    """Average over ``width`` neighbours, the ends held.

    Examples
    --------
    >>> rolling(np.array([0.0, 3.0, 6.0]), 3).tolist()
    [1.0, 3.0, 5.0]
    """
    half = width // 2
    padded = np.concatenate([np.full(half + 1, values[0]), values, np.full(width - 1 - half, values[-1])])
    total = np.cumsum(padded)
    out: Floats = (total[width:] - total[:-width]) / width
    return out


def wander(rng: np.random.Generator, size: int, width: int) -> Floats:
    """Return smooth noise of standard deviation 1 that forgets itself after about ``width`` samples.

    Parameters
    ----------
    rng : numpy Generator
    size, width : int

    Returns
    -------
    float array, shape (size,)
    """
    coarse = rng.standard_normal(size // width + 4)
    place = np.arange(size) / width + rng.random()
    # Between two points linear: mean variance 2/3.
    out: Floats = np.interp(place, np.arange(len(coarse)), coarse) * np.sqrt(1.5)
    return out


def lag(values: Floats, seconds: float) -> Floats:
    """Follow ``values`` as the heart follows effort: the rest of a step shrinks to a third in ``seconds``.

    Examples
    --------
    >>> lag(np.repeat([0.0, 1.0], 10), 2.0)[9:13].round(1).tolist()
    [0.0, 0.4, 0.6, 0.8]
    """
    reach = min(len(values), int(5 * seconds) + 1)
    weights = np.exp(-np.arange(reach) / seconds)
    weights /= weights.sum()
    padded = np.concatenate([np.full(reach - 1, values[0]), values])
    out: Floats = np.convolve(padded, weights, mode="valid")
    return out
