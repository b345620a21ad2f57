"""A lasting change of left/right balance before an onset: from when, how large, and what could have been seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.gait.noise import LEAST_AFTER, LEAST_USUAL, Noise
from evengait.core.language import say
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WINDOW_DAYS = 84
"""A change is looked for in the twelve weeks to the onset."""
USUAL_DAYS = 364
"""What is usual is taken from the year before the onset, up to the change."""
RECENT_DAYS = 21
"""Where nothing changed, ``size`` and ``detectable`` are for the runs of so many last days."""


@dataclass(frozen=True)
class GaitChange:
    """A change of balance, or that none was seen.

    Attributes
    ----------
    side : ``left``, ``right`` or None
        The side that carries *less* of the ground contact time than usual: ``left`` where the left share fell,
        ``right`` where it rose. That the device's number is the left side's is the field's convention, not
        verified. None = no change seen.
    changed_on : date or None
        First run at the new level.
    interval : (date, date) or None
        The change came between these dates, nine times in ten.
    size : float
        Difference from the runner's own usual, without sign; where nothing changed, between the medians of the
        last three weeks' runs and of those before.  [percentage points]
    detectable : float
        The least size that would have been called a change had it lasted for as many runs.  [percentage points]
    """

    side: str | None
    changed_on: date | None
    interval: tuple[date, date] | None
    size: float
    detectable: float


def balance_change(
    dates: Sequence[date],
    balance_left_pct: Sequence[float | None],
    sensors: Sequence[str | None],
    onset: date,
) -> GaitChange | Unknown:
    """Look for one lasting change of level in the twelve weeks before an onset, within one sensor.

    Parameters
    ----------
    dates, balance_left_pct, sensors : sequences of the same length
        One entry per day with a value, any order; null = not measured. Balance adjusted for speed, on level
        ground (``columns.toml`` [exposures]).  [%]
    onset : date
        Later days are left out.

    Returns
    -------
    GaitChange or Unknown
        Unknown without runs in the window, or with fewer than 20 usual runs of the window's last sensor before it.

    Notes
    -----
    The level after each candidate run is compared with the level before it, in standard errors that know of the
    correlation from run to run. The largest difference is called a change if it passes a limit calibrated for the
    whole search, ``1.96 * sqrt(2) * SD / sqrt(k)`` (the least detectable change of a mean of ``k`` runs), and the
    runner's own day-to-day spread. An earlier change, before the window, becomes the start of what is usual. The
    interval holds every date whose likelihood is near the best one's (Eo and Morley 2015, Quantitative Economics
    6:463). What this finds and misses: ``python benchmarks/gait_change_study.py``.

    A change is a change from the runner's own usual, never a cause: in 836 runners asymmetry raised no risk
    (Malisoux 2024, BMJ Open SEM 10:e001787).

    Examples
    --------
    >>> from datetime import timedelta
    >>> days = [date(2026, 1, 1) + timedelta(days=2 * n) for n in range(80)]
    >>> shares = [50.5 + 0.2 * (-1) ** n - (1.5 if n >= 70 else 0.0) for n in range(80)]
    >>> found = balance_change(days, shares, ["watch"] * 80, onset=days[-1])
    >>> found.side, found.changed_on, round(found.size, 1)
    ('left', datetime.date(2026, 5, 21), 1.5)
    """
    series = _of_one_sensor(dates, balance_left_pct, sensors, onset)
    if isinstance(series, Unknown):
        return series
    days, values = series
    first = int(np.searchsorted(days, onset.toordinal() - WINDOW_DAYS))
    noise = Noise.of(values[:first])
    best = noise.largest_shift(values)
    while best is not None and best < first:
        # The level changed before the window: what is usual begins there.
        days, values, first = days[best:], values[best:], first - best
        noise = Noise.of(values[:first]) if first >= LEAST_USUAL else noise
        best = noise.largest_shift(values)
    if len(values) < LEAST_USUAL + LEAST_AFTER:
        return Unknown(
            say(
                "Left/right balance changed shortly before the last twelve weeks: too few runs since to compare."
            )
        )
    if best is None or not _holds(values, best, noise):
        recent = int(np.count_nonzero(days > onset.toordinal() - RECENT_DAYS))
        k = max(LEAST_USUAL, len(values) - max(LEAST_AFTER, recent))
        size = abs(float(np.median(values[k:]) - np.median(values[:k])))
        return GaitChange(None, None, None, size, noise.detectable(k, len(values) - k))
    shift = float(values[best:].mean() - values[:best].mean())
    low, high = noise.likely(values, best)
    between = (date.fromordinal(int(days[low - 1]) + 1), date.fromordinal(int(days[high])))
    side, changed_on = "left" if shift < 0 else "right", date.fromordinal(int(days[best]))
    return GaitChange(side, changed_on, between, abs(shift), noise.detectable(best, len(values) - best))


def _holds(values: Floats, start: int, noise: Noise) -> bool:
    """Tell whether a shift exceeds what is detectable, with three runs or more beyond half of it."""
    before, after = values[:start].mean(), values[start:]
    shift = float(after.mean() - before)
    beyond = np.count_nonzero((after - before) * np.sign(shift) > abs(shift) / 2)
    return abs(shift) > noise.detectable(start, len(after)) and int(beyond) >= LEAST_AFTER


def _of_one_sensor(
    dates: Sequence[date], shares: Sequence[float | None], sensors: Sequence[str | None], onset: date
) -> tuple[NDArray[np.int64], Floats] | Unknown:
    """Return the days and values of the last sensor used in the window, in order, from the year to the onset."""
    last = onset.toordinal()
    of_year = [
        (day.toordinal(), share, sensor)
        for day, share, sensor in zip(dates, shares, sensors, strict=True)
        if share is not None and last - USUAL_DAYS <= day.toordinal() <= last
    ]
    rows = sorted(of_year, key=itemgetter(0))
    if not rows or rows[-1][0] < last - WINDOW_DAYS:
        return Unknown(say("There is no left/right balance from the twelve weeks before the onset."))
    kept = [(day, share) for day, share, sensor in rows if sensor == rows[-1][2]]
    days = np.array([day for day, _ in kept], np.int64)
    before = int(np.count_nonzero(days < last - WINDOW_DAYS))
    if before < LEAST_USUAL:
        return Unknown(
            say(
                "Left/right balance needs {least_usual} runs with one sensor before the last twelve "
                "weeks, to know what is usual; there are {before}.",
                least_usual=LEAST_USUAL,
                before=before,
            )
        )
    if len(days) - before < LEAST_AFTER:
        return Unknown(
            say(
                "There are fewer than {least_after} runs with left/right balance in the last twelve weeks.",
                least_after=LEAST_AFTER,
            )
        )
    return days, np.array([share for _, share in kept])
