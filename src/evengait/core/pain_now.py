"""How the pain of these days compares with one's own usual one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True)
class PainRules:
    """When pain is more or less than usual.

    Attributes
    ----------
    now_days : int
        The latest day told among so many is now.
    usual_days : int
        Days before it whose middle is the usual one.
    fewest_days : int
        Told days among those below which nothing is said.
    change_points : float
        From here on it is more, or less, than usual.
    """

    version: str
    status: str
    reviewed_by: tuple[str, ...]
    sources: tuple[str, ...]
    now_days: int
    usual_days: int
    fewest_days: int
    change_points: float


@dataclass(frozen=True)
class PainNow:
    """The pain of these days.

    Attributes
    ----------
    word : {"more", "less", "usual", "unknown"}
    because : str
        Why it cannot be told; empty where it can.
    score, usual : float or None
        0 to 10; None = not told.
    on : date or None
        The day of ``score``.
    """

    word: str
    because: str = ""
    score: float | None = None
    on: date | None = None
    usual: float | None = None


def pain_now(worst: Mapping[date, float], today: date, rules: PainRules) -> PainNow:
    """Compare the latest told day with the days before it.

    Parameters
    ----------
    worst : mapping of date to float
        The worst score of each day of which one was told; a day that is missing was not told, which is not none.
    today : date
    rules : PainRules

    References
    ----------
    nprs-mcid-salaffi

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> rules = PainRules("2026-11-26", "draft", (), (), 3, 14, 5, 2.0)
    >>> today = date(2026, 11, 26)
    >>> told = {today - timedelta(days=n): 2.0 for n in range(1, 8)}
    >>> pain_now(told | {today: 4.0}, today, rules).word
    'more'
    >>> pain_now({}, today, rules).because
    'no pain was told in the last 3 days'
    """
    recent = [day for day in worst if today - timedelta(days=rules.now_days) < day <= today]
    if not recent:
        return PainNow(
            "unknown", say("no pain was told in the last {now_days} days", now_days=rules.now_days)
        )
    on = max(recent)
    before = [score for day, score in worst.items() if on - timedelta(days=rules.usual_days) <= day < on]
    if len(before) < rules.fewest_days:
        because = say(
            "it was told on {before} of the {usual_days} days before",
            before=len(before),
            usual_days=rules.usual_days,
        )
        return PainNow("unknown", because, worst[on], on)
    usual = float(median(before))
    change = worst[on] - usual
    word = "more" if change >= rules.change_points else "less" if change <= -rules.change_points else "usual"
    return PainNow(word, "", worst[on], on, usual)
