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

TAIL = 0.9
"""Scores are divided by this quantile of the factor's own scores, so that a jumpy factor needs to jump further."""


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
        The score over the factor's own usual excursions; what the ranking goes by.
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
    calibrating = dates[:-1] <= index - settings.gap_days
    searched = [
        bool(
            ~np.isnan(s.scores[-1])
            and np.count_nonzero(~np.isnan(s.scores[:-1][calibrating])) >= settings.min_dates
        )
        for s in scores
    ]
    sized = np.array([s.calibrated(calibrating) for s in scores]).reshape(len(scores), len(dates))
    used = sized[np.array(searched, dtype=bool)]
    top, usable = _largest(used, calibrating)
    now = np.max(used[:, -1]) if len(used) else np.nan
    # Neighbouring days share most of their windows: it is weeks that count.
    enough = len(np.unique(dates[:-1][calibrating][usable] // 7)) >= settings.min_dates

    def share_at_least(size: float) -> float:
        return float((1 + np.count_nonzero(top >= size)) / (len(top) + 1)) if enough else np.nan

    judged = [
        s.judged(float(size), share_at_least(size) if ok else np.nan, searched=ok)
        for s, size, ok in zip(scores, sized[:, -1], searched, strict=True)
    ]
    judged.sort(key=lambda j: (np.isnan(j.calibrated), -np.nan_to_num(j.calibrated)))
    return Search(judged, dates[:-1][calibrating][usable], share_at_least(now) if len(used) else np.nan)


def _largest(
    sized: NDArray[np.float64], calibrating: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Largest calibrated score at each calibration date, gaps of a factor filled from its own other dates.

    A factor known only lately would else be searched at the onset and not at most dates, and the search would look
    quieter than it is. Its unknown dates take its known scores in turn.
    """
    before = sized[:, :-1][:, calibrating]
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


@dataclass(frozen=True)
class _Scored:
    """One factor's values and scores at every date of the same kind."""

    factor: Factor
    values: NDArray[np.float64]
    medians: NDArray[np.float64]
    spreads: NDArray[np.float64]
    scores: NDArray[np.float64]
    controls: NDArray[np.float64]

    @classmethod
    def of(cls, days: Days, factor: Factor, dates: NDArray[np.int64], settings: SearchSettings) -> _Scored:
        values = window_values(days, factor)[dates]
        gap = max(settings.gap_days, factor.window_days)
        age = dates[:, None] - dates[None, :]
        use = (age >= gap) & (age <= settings.control_days) & ~np.isnan(values)[None, :]
        if factor.within:
            label = days.texts[factor.within][dates]
            use &= label[:, None] == label[None, :]
        table = np.where(use, values[None, :], np.nan)
        counts = use.sum(axis=1)
        enough = (counts >= settings.min_controls) & ~np.isnan(values)
        medians = np.full(len(dates), np.nan)
        spreads = np.full(len(dates), np.nan)
        if enough.any():
            medians[enough] = np.nanmedian(table[enough], axis=1)
            off = np.abs(table[enough] - medians[enough, None])
            # 1.4826 makes the median absolute deviation the standard deviation of a normal sample.
            spreads[enough] = np.maximum(1.4826 * np.nanmedian(off, axis=1), factor.resolution)
        raw = (values - medians) / spreads
        scores = {"high": raw, "low": -raw, "both": np.abs(raw)}[factor.direction]
        return cls(factor, values, medians, spreads, scores, values[use[-1]])

    def calibrated(self, calibrating: NDArray[np.bool_]) -> NDArray[np.float64]:
        dates = np.append(self.scores[:-1][calibrating], self.scores[-1])
        known = dates[~np.isnan(dates)]
        usual = max(1.0, float(np.quantile(known, TAIL))) if len(known) else 1.0
        return self.scores / usual

    def judged(self, calibrated: float, p_search: float, *, searched: bool) -> Judged:
        value, median = float(self.values[-1]), float(self.medians[-1])
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
