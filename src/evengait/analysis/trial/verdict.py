"""Did it help? The effect with its interval, the randomisation test, and one of four verdicts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from evengait.analysis.trial.calibration import calibrated_share
from evengait.analysis.trial.days import Days, design_matrix, scheduled, unscheduled
from evengait.analysis.trial.effect import Fit, fit_effect
from evengait.analysis.trial.noise import Noise
from evengait.analysis.trial.power import detectable_change
from evengait.analysis.trial.randomisation import RandomisationTest, randomisation_test
from evengait.core.unknown import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from evengait.core.trial import Schedule, TrialDay, TrialRules

Verdict = Literal["helped", "no_reliable_change", "worse", "not_enough_data"]


@dataclass(frozen=True)
class Judgement:
    """What a trial says.

    Attributes
    ----------
    days : Days
        Every calendar day.
    verdict : {"helped", "no_reliable_change", "worse", "not_enough_data"}
    lack : str or None
        Why there is not enough data: ``missing``, ``one_sided``, ``short``, ``wide``; None for other verdicts.
    fit : Fit or None
        None where nothing could be fitted.
    interval : (float, float) or None
    bar : float or None
        The change that counts, in points.
    detectable : float or None
        The smallest change these days show four times in five.
    levels : dict
        Mean pain on usable days, by ``treated`` and ``untreated``.
    bands : dict
        Estimate, lower and upper edge of the interval of each level, the course and the rest taken at their middle;
        empty where nothing could be fitted.
    test : RandomisationTest or None
        None where the blocks were not drawn, or not enough of them are over.
    days_more : int or None
        Days it takes still; 0 where the verdict stands; None where no length that is proposed would do.
    drawn_detectable : float or None
        What as many days in drawn blocks would show; for diaries without a schedule.
    near_worst : bool
        The treatment began within a few days of the worst pain.
    leading_pain : float or None
        Mean pain the day before it was taken up, less that before other days without; in diaries without a schedule.
    kept_to : float or None
        Share of days on which what was done is what was drawn.
    terms : tuple of str
    """

    days: Days
    verdict: Verdict
    lack: str | None
    fit: Fit | None
    interval: tuple[float, float] | None
    bar: float | None
    detectable: float | None
    levels: dict[str, float | None]
    bands: dict[str, tuple[float, float, float]]
    test: RandomisationTest | None
    days_more: int | None
    drawn_detectable: float | None
    near_worst: bool
    leading_pain: float | None
    kept_to: float | None
    terms: tuple[str, ...]

    @property
    def usable(self) -> int:
        """Days that went into the effect."""
        return int(self.days.usable.sum())


def judge_trial(
    diary: Sequence[TrialDay],
    rules: TrialRules,
    schedule: Schedule | None = None,
    *,
    washout_days: int = 0,
    today: date | None = None,
    with_bands: bool = True,
) -> Judgement:
    """Judge a trial from its diary.

    Parameters
    ----------
    diary : sequence of TrialDay
        In any order, one a day.
    rules : TrialRules
    schedule : Schedule, optional
        The blocks as drawn: the days are then compared as drawn, whatever was done. Without it the days as they were.
    washout_days : int
        Left out after each change; only without a schedule, which has its own.
    today : date, optional
        For a trial still running.
    with_bands : bool
        Whether the levels' intervals are worked out too: only pictures need them, and they cost two fits more.

    Raises
    ------
    TableError
        The diary is empty, a date stands twice, or no day lies in the trial.

    Notes
    -----
    *helped*: the interval leaves out zero and the estimate is at least the change that counts; *worse* likewise.
    *no_reliable_change*: otherwise, where the days were enough to show such a change. Else *not_enough_data*.
    """
    days = scheduled(diary, schedule, today) if schedule else unscheduled(diary, washout_days)
    facts: dict[str, Any] = {
        "days": days,
        "levels": _levels(days),
        "test": None,
        "near_worst": _near_worst(days, rules.near_worst_days),
        "leading_pain": None if schedule else _leading_pain(days),
        "kept_to": _kept_to(diary, schedule) if schedule else None,
    }
    if schedule:
        test = randomisation_test(days, schedule)
        facts["test"] = test if isinstance(test, RandomisationTest) else None
    lack = _lack(days, schedule, rules)
    terms, names = design_matrix(days)
    numbers = np.flatnonzero(days.usable)
    fit = Unknown("") if lack == "one_sided" else fit_effect(days.pain[numbers], terms, numbers)
    if isinstance(fit, Unknown):
        return Judgement(
            **facts, verdict="not_enough_data", lack=lack or "short", fit=None, interval=None, bar=None,
            bands={}, detectable=None, drawn_detectable=None, terms=names,
            days_more=_fewest_more(days, schedule, rules),
        )  # fmt: skip
    noise = Noise(fit.sd_nprs, max(fit.autocorrelation, 0.0), len(numbers))
    bar = rules.bar(facts["levels"]["untreated"] or 0.0)
    asked = calibrated_share(fit, terms, numbers, rules.interval_share)
    interval = fit.interval(asked)
    detectable = detectable_change(terms, numbers, noise, rules)
    verdict = "not_enough_data" if lack else _verdict(fit.estimate, interval, bar, detectable)
    more: int | None = 0
    if verdict == "not_enough_data":
        lack = lack or "wide"
        more = _days_more(days, schedule, noise, bar, rules)
    return Judgement(
        **facts, verdict=verdict, lack=lack, fit=fit, interval=interval, bar=bar, detectable=detectable,
        days_more=more, terms=names, bands=_bands(days, terms, asked) if with_bands else {},
        drawn_detectable=None if schedule else _drawn_detectable(days, noise, rules),
    )  # fmt: skip


def _verdict(estimate: float, interval: tuple[float, float], bar: float, detectable: float) -> Verdict:
    low, high = interval
    if high < 0 and estimate <= -bar:
        return "helped"
    if low > 0 and estimate >= bar:
        return "worse"
    enough = detectable <= bar or (low > -bar and high < bar)
    return "no_reliable_change" if enough else "not_enough_data"


def _lack(days: Days, schedule: Schedule | None, rules: TrialRules) -> str | None:
    """Return why nothing may be said however the numbers fall; None where they may be judged."""
    counted = np.arange(len(days)) >= (schedule.baseline_days if schedule else 0)
    usable = days.usable
    with_it = np.count_nonzero(days.treated[usable] == 1)
    fewest = min(with_it, np.count_nonzero(usable) - with_it)
    if fewest == 0:
        return "one_sided"
    if (~days.known & counted).sum() > rules.most_missing_share * counted.sum():
        return "missing"
    return "short" if fewest < rules.fewest_days_each else None


def _bands(days: Days, terms: NDArray[np.float64], share: float) -> dict[str, tuple[float, float, float]]:
    """Return both levels with their intervals, by fitting the same model with a term for each level."""
    numbers = np.flatnonzero(days.usable)
    on = terms[:, 1]
    rest = terms[:, 2:] - terms[:, 2:].mean(axis=0)
    found = {}
    for name, asked, other in (("treated", on, 1 - on), ("untreated", 1 - on, on)):
        fit = fit_effect(days.pain[numbers], np.column_stack([other, asked, rest]), numbers)
        if isinstance(fit, Fit):
            found[name] = (fit.estimate, *fit.interval(share))
    return found


def _levels(days: Days) -> dict[str, float | None]:
    use = days.usable
    found: dict[str, float | None] = {}
    for name, value in (("treated", 1), ("untreated", 0)):
        pain = days.pain[use & (days.treated == value)]
        found[name] = float(pain.mean()) if len(pain) else None
    return found


def _near_worst(days: Days, within: int) -> bool:
    """Tell whether the first day with it lies within so many days of the worst pain until a week after it."""
    began = np.flatnonzero(days.treated == 1)
    if not len(began) or np.isnan(days.pain).all():
        return False
    known = days.pain[~np.isnan(days.pain)]
    worst = np.flatnonzero(days.pain == known.max())
    # A pain that never swings has no worst: as good as the middle is no peak.
    return known.max() >= np.median(known) + 1 and bool((np.abs(worst - began[0]) <= within).any())


def _leading_pain(days: Days) -> float | None:
    """Return how much worse the day before taking it up was than other days without it; None where few are known."""
    off = days.treated == 0
    before_on = off[:-1] & (days.treated[1:] == 1)
    before_off = off[:-1] & (days.treated[1:] == 0)
    before = [pain[~np.isnan(pain)] for pain in (days.pain[:-1][before_on], days.pain[:-1][before_off])]
    if min(map(len, before)) < 3:
        return None
    return float(before[0].mean() - before[1].mean())


def _kept_to(diary: Sequence[TrialDay], schedule: Schedule) -> float | None:
    done = [
        day.treated == drawn
        for day in diary
        if day.treated is not None and (drawn := schedule.assigned(day.date)) is not None
    ]
    return sum(done) / len(done) if done else None


def _fewest_more(days: Days, schedule: Schedule | None, rules: TrialRules) -> int:
    """Return the days that are missing on paper: those of the design, or as many of each as the rules ask for."""
    if _rest(days, schedule):
        return _rest(days, schedule)
    with_it = int((days.treated[days.usable] == 1).sum())
    without = int(days.usable.sum()) - with_it
    each = (max(rules.fewest_days_each - have, 0) for have in (with_it, without))
    return max(sum(each), 7)


def _days_more(
    days: Days, schedule: Schedule | None, noise: Noise, bar: float, rules: TrialRules
) -> int | None:
    """Return how many days more, in blocks going on by turns, show the change that counts; None beyond the longest."""
    block = schedule.block_days if schedule else 7
    wash = schedule.washout_days if schedule else 0
    last = days.treated[~np.isnan(days.treated)][-1]
    per_day = float(days.known.mean())
    fewest = rules.fewest_days_each
    for blocks in range(1, max((rules.most_days - len(days)) // block, 0) + 1):
        grown = _grown(days, blocks, block, wash, float(last), per_day)
        on = grown.treated[grown.usable]
        if min((on == 1).sum(), (on == 0).sum()) < fewest:
            continue
        if (~grown.known).mean() > rules.most_missing_share:
            continue
        if detectable_change(design_matrix(grown)[0], np.flatnonzero(grown.usable), noise, rules) <= bar:
            return max(blocks * block, _rest(days, schedule))
    # The noise of a trial's first weeks is a guess: its design is run to the end before it is called hopeless.
    return _rest(days, schedule) or None


def _rest(days: Days, schedule: Schedule | None) -> int:
    return schedule.baseline_days + schedule.days - len(days) if schedule else 0


def _grown(days: Days, blocks: int, block: int, wash: int, last: float, share: float) -> Days:
    """Return the days with blocks by turns added, as many of their days known as so far."""
    added = blocks * block
    number = np.arange(added)
    treated = np.where(number // block % 2 == 0, 1 - last, last)
    # Known days are spread evenly: day i is known where the running count of known days steps up.
    known = np.floor((number + 1) * max(share, 0.7)) > np.floor(number * max(share, 0.7))
    filler = float(np.nanmean(days.pain))
    return Days(
        days.first,
        np.concatenate([days.pain, np.where(known, filler, np.nan)]),
        np.concatenate([days.treated, treated]),
        np.concatenate([days.load, np.full(added, np.nan)]),
        np.concatenate([days.left_out, number % block < wash]),
    )


def _drawn_detectable(days: Days, noise: Noise, rules: TrialRules) -> float | None:
    """Return what as many days show in blocks of a week by turns; None where they are too few for four blocks."""
    if len(days) < 28:
        return None
    number = np.arange(len(days))
    turns = replace(days, treated=(number // 7 % 2).astype(float), left_out=np.zeros(len(days), bool))
    use = np.flatnonzero(turns.usable)
    found = detectable_change(design_matrix(turns)[0], use, noise, rules)
    return found if np.isfinite(found) else None
