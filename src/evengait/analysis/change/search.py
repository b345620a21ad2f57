"""The search: how unusual each factor's last window is, and how often the same search cries out without pain.

One runner, one onset, compared with her own earlier, pain-free windows. Every date of the same kind (same weekday,
a run on it) is put through the same procedure as the onset, so that the search's own rate of false alarms is known:
the largest standardised difference over all factors is compared with the largest at those dates (the max-T idea of
Westfall and Young 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.change.windows import window_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from evengait.analysis.change.windows import Days
    from evengait.core.factor import Factor, SearchSettings


@dataclass(frozen=True)
class Judged:
    """One factor at the onset.

    Attributes
    ----------
    value, median, spread : float
        NaN where the window is unknown.
    controls : float64 array
        The earlier windows' values.
    score : float
        (value - median) / spread, signed so that larger is more unusual.
    calibrated : float
        The score over the factor's largest score at any other time (at least over 1): above 1, it was never so far
        out. What the ranking goes by, so that a jumpy factor needs to jump further.
    extreme : int
        Controls at least as extreme as the value.
    p_search : float
        Share of dates at which any factor's calibrated score is at least this one's.
    """

    factor: Factor
    value: float
    median: float
    spread: float
    controls: NDArray[np.float64]
    score: float
    calibrated: float
    extreme: int
    p_search: float
    searched: bool


@dataclass(frozen=True)
class Search:
    """What the search found.

    Attributes
    ----------
    judged : list of Judged
        Most unusual first; those that could not be judged last.
    dates : int64 array
        Indices of the pain-free dates used for calibration.
    p_any : float
        NaN where too few dates.
    """

    judged: list[Judged]
    dates: NDArray[np.int64]
    p_any: float


def search(
    days: Days,
    index: int,
    factors: Sequence[Factor],
    settings: SearchSettings,
    pain_free: NDArray[np.bool_],
) -> Search:
    """Compare the windows ending on ``index`` with the runner's own earlier ones.

    Parameters
    ----------
    days : Days
    index : int
        The day the windows end on: the last run at or just before the onset.
    factors : sequence of Factor
    settings : SearchSettings
    pain_free : bool array, shape (days,)
        Days that may serve as controls or as calibration dates.

    Returns
    -------
    Search
    """
    dates = _dates_of_the_same_kind(days, index, settings, pain_free)
    scores = [_Scored.of(days, factor, dates, settings) for factor in factors]
    searched = [s.known_at_the_onset_and_at_dates(settings.min_controls) for s in scores]
    sized = np.array([s.calibrated() for s in scores]).reshape(len(scores), len(dates))
    used = sized[np.array(searched, dtype=bool)]
    top, usable = _largest(used)
    now = np.max(used[:, -1]) if len(used) else np.nan
    # Neighbouring days share most of their windows: it is weeks that count.
    enough = len(np.unique(dates[:-1][usable] // 7)) >= settings.min_dates

    def share_at_least(size: float) -> float:
        return float((1 + np.count_nonzero(top >= size)) / (len(top) + 1)) if enough else np.nan

    judged = [
        s.judged(float(size), share_at_least(size) if ok else np.nan, searched=ok)
        for s, size, ok in zip(scores, sized[:, -1], searched, strict=True)
    ]
    judged.sort(key=lambda j: (np.isnan(j.calibrated), -np.nan_to_num(j.calibrated)))
    return Search(judged, dates[:-1][usable], share_at_least(now) if len(used) else np.nan)


def _largest(sized: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Largest calibrated score at each calibration date, gaps of a factor filled from its own other dates.

    A factor known only lately would else be searched at the onset and not at most dates, and the search would look
    quieter than it is. Its unknown dates take its known scores in turn.
    """
    before = sized[:, :-1]
    usable = ~np.all(np.isnan(before), axis=0) if len(before) else np.zeros(before.shape[1], bool)
    filled = before[:, usable].copy()
    for row in filled:
        gaps = np.isnan(row)
        if gaps.any():
            row[gaps] = np.resize(row[~gaps], np.count_nonzero(gaps))
    return (np.max(filled, axis=0) if filled.size else np.empty(0)), usable


def _dates_of_the_same_kind(
    days: Days, index: int, settings: SearchSettings, pain_free: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return the indices of earlier dates of the onset's own kind, the onset's index last."""
    day = np.arange(len(days))
    run = days.columns["runs"] > 0
    same = pain_free & (day < index) & (day >= index - settings.history_days) & (run == run[index])
    weekday = (days.first + day) % 7
    strict = same & (weekday == weekday[index])
    if np.count_nonzero(strict) < settings.min_controls + settings.min_dates:
        # Ordinal 1 was a Monday: remainders 6 and 0 are Saturday and Sunday.
        weekend = (weekday == 6) | (weekday == 0)
        strict = same & (weekend == weekend[index])
    return np.append(np.flatnonzero(strict), index)


def _scores(
    values: NDArray[np.float64], use: NDArray[np.bool_], factor: Factor, least: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Spread of each date's controls, and how far its own value lies above them in it; NaN where too few."""
    scale = _SCALES[factor.transform]
    at = scale(values, factor.resolution)
    enough = (use.sum(axis=1) >= least) & ~np.isnan(values)
    middle, spread = np.full(len(values), np.nan), np.full(len(values), np.nan)
    if enough.any():
        table = np.where(use[enough], at[None, :], np.nan)
        middle[enough] = _medians(table)
        medians = _medians(np.where(use[enough], values[None, :], np.nan))
        # One spread for all dates: that of twenty controls alone jumps about, and every jump would look like a size.
        # 1.4826 makes the median absolute deviation the standard deviation of a normal sample.
        spread[enough] = 1.4826 * np.median(_medians(np.abs(table - middle[enough, None])))
        above, below = (scale(medians + sign * factor.resolution / 2, factor.resolution) for sign in (1, -1))
        spread[enough] = np.maximum(spread[enough], above - below)
    return spread, (at - middle) / spread


def _toward(raw: NDArray[np.float64], factor: Factor) -> NDArray[np.float64]:
    """Size of a difference in the direction the factor asks for."""
    return {"high": raw, "low": -raw, "both": np.abs(raw)}[factor.direction]


def _excursions(raw: NDArray[np.float64], scores: NDArray[np.float64], beyond: float) -> NDArray[np.int64]:
    """Return the number of the unbroken stretch beyond the usual spread, on one side, that each date is in; 0 = none.

    An unknown date neither begins nor ends a stretch.

    Examples
    --------
    >>> raw = np.array([2.0, np.nan, 2.0, 0.5, 2.0, -2.0])
    >>> _excursions(raw, np.abs(raw), 1.0).tolist()
    [1, 0, 1, 0, 3, 4]
    """
    known = ~np.isnan(scores)
    side = np.sign(raw[known]) * (scores[known] > beyond)
    begins = np.concatenate([[True], side[1:] != side[:-1]]) if len(side) else np.empty(0, dtype=bool)
    number = np.zeros(len(raw), dtype=np.int64)
    number[known] = np.where(side != 0, np.cumsum(begins), 0)
    return number


def _medians(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of each row without its NaN; every row holds a number. Many times faster than ``nanmedian``."""
    in_order = np.sort(table, axis=1)  # NaN last
    known = np.count_nonzero(~np.isnan(table), axis=1)
    row = np.arange(len(table))
    out: NDArray[np.float64] = (in_order[row, (known - 1) // 2] + in_order[row, known // 2]) / 2
    return out


def _log(values: NDArray[np.float64], resolution: float) -> NDArray[np.float64]:
    return np.log(np.maximum(values, 0) + resolution)


def _logit(values: NDArray[np.float64], resolution: float) -> NDArray[np.float64]:
    # The resolution is added on both sides, so that none and all have a place on the scale.
    return np.log((values + resolution) / (1 - values + resolution))


_SCALES = {"none": lambda values, _resolution: values, "log": _log, "logit": _logit}


@dataclass(frozen=True)
class _Scored:
    """One factor's values and scores at every date of the same kind."""

    factor: Factor
    dates: NDArray[np.int64]
    gap: int
    values: NDArray[np.float64]
    spreads: NDArray[np.float64]
    scores: NDArray[np.float64]
    excursions: NDArray[np.int64]
    controls: NDArray[np.float64]

    @classmethod
    def of(cls, days: Days, factor: Factor, dates: NDArray[np.int64], settings: SearchSettings) -> _Scored:
        values = window_values(days, factor)[dates]
        gap = max(factor.gap_days or settings.gap_days, factor.window_days)
        least = factor.min_controls or settings.min_controls
        age = dates[:, None] - dates[None, :]
        use = (age >= gap) & (age <= gap + settings.control_days) & ~np.isnan(values)[None, :]
        if factor.within:
            label = days.texts[factor.within][dates]
            use &= label[:, None] == label[None, :]
        spreads, raw = _scores(values, use, factor, least)
        scores = _toward(raw, factor)
        if factor.beyond_spikes:
            rest = window_values(days, factor, without_spikes=True)[dates]
            less = _scores(rest, use & ~np.isnan(rest)[None, :], factor, least)[1]
            scores = np.fmin(scores, _toward(less, factor))
        excursions = _excursions(raw, scores, settings.excursion_spreads)
        return cls(factor, dates, gap, values, spreads, scores, excursions, values[use[-1]])

    def known_at_the_onset_and_at_dates(self, least: int) -> bool:
        return bool(~np.isnan(self.scores[-1]) and np.count_nonzero(~np.isnan(self.scores[:-1])) >= least)

    def calibrated(self) -> NDArray[np.float64]:
        """Score of each date over the largest score at dates too far away to share what goes on.

        Dates of the same excursion share it however far away they are: a worn pair worn for half a year longer is one
        event, and must not be the yardstick of itself.
        """
        far = np.abs(self.dates[:, None] - self.dates[None, :]) >= self.gap
        far &= (self.excursions[:, None] != self.excursions[None, :]) | (self.excursions == 0)[None, :]
        known = np.where(far & ~np.isnan(self.scores)[None, :], self.scores[None, :], 1.0)
        size: NDArray[np.float64] = self.scores / np.maximum(1.0, known.max(axis=1))
        return size

    def judged(self, calibrated: float, p_search: float, *, searched: bool) -> Judged:
        value = float(self.values[-1])
        median = float(np.median(self.controls)) if len(self.controls) else np.nan
        off = self.controls - median
        beyond = {
            "high": self.controls >= value,
            "low": self.controls <= value,
            "both": np.abs(off) >= abs(value - median),
        }[self.factor.direction]
        return Judged(
            self.factor, value, median, float(self.spreads[-1]), self.controls,
            float(self.scores[-1]), calibrated, int(np.count_nonzero(beyond)), p_search, searched,
        )  # fmt: skip
