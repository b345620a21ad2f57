"""What pain allows a load to do: rise, stay, or come down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from evengait.core.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from evengait.core.diary import DiaryEntry
    from evengait.core.strength_block import PainRule


@dataclass(frozen=True)
class PainSays:
    """What pain after one session allows.

    Attributes
    ----------
    allows : {"raise", "hold", "cut"}
    cut_pct : float
        Of the load; 0 unless ``cut``.
    because : str
        One plain sentence, no number of pain in it; empty where a load may rise.
    """

    allows: str
    cut_pct: float = 0.0
    because: str = ""


FREE = PainSays("raise")


def pain_says(
    rule: PainRule, during: float | None, morning: float | None, usual: float | None, limit: float
) -> PainSays:
    """Return what pain during a session and on the morning after allows. What was not told allows no rise.

    Parameters
    ----------
    during, morning : float or None
        Worst pain of the sets, and of the morning after, 0 to 10; None = not told.
    usual : float or None
        One's own usual morning before the session; None = not known.
    limit : float
        The most that an exercise may hurt.

    References
    ----------
    block-six-week

    Examples
    --------
    >>> from evengait.core.strength_block import PainRule
    >>> rule = PainRule(2, 1, 2, 10, 3, 20, 2, 7, 2, ())
    >>> [pain_says(rule, 1, m, 1, 2).allows for m in (1, 2, 3, None)]
    ['raise', 'hold', 'cut', 'hold']
    >>> pain_says(rule, 5, 1, 1, 2).cut_pct
    20
    """
    over = during - limit if during is not None else None
    # A morning without pain is no worse than any.
    rise = 0.0 if morning == 0 else None if morning is None or usual is None else morning - usual
    more = (over is not None and over >= rule.cut_more_rise) or (
        rise is not None and rise >= rule.cut_more_rise
    )
    if over is not None and over > 0:
        return PainSays(
            "cut", rule.cut_more_pct if more else rule.cut_pct, say("It hurt more than the limit.")
        )
    if rise is not None and rise >= rule.cut_rise:
        pct = rule.cut_more_pct if more else rule.cut_pct
        return PainSays("cut", pct, say("The morning after was clearly worse than usual."))
    if rise is not None and rise >= rule.hold_rise:
        return PainSays("hold", because=say("The morning after was a little worse than usual."))
    if during is None:
        return PainSays("hold", because=say("Pain during the sets was not written down."))
    if morning is None:
        return PainSays("hold", because=say("Pain on the morning after is not written down."))
    if rise is None:
        return PainSays("hold", because=say("There are too few mornings before it to tell what is usual."))
    return FREE


def usual_morning(rule: PainRule, diary: Mapping[date, DiaryEntry], day: date) -> float | None:
    """Return the median morning pain of the days before a session; None where too few were written down.

    The morning of the session's own day belongs to the day before it, so it is counted.
    """
    days = (day - timedelta(days=back) for back in range(1, rule.usual_days + 1))
    told = [
        entry.pain_next_morning_nprs
        for one in days
        if (entry := diary.get(one)) is not None and entry.pain_next_morning_nprs is not None
    ]
    return median(told) if len(told) >= rule.usual_least else None


def pain_after(
    rule: PainRule, diary: Mapping[date, DiaryEntry], day: date, during: float | None, limit: float
) -> PainSays:
    """Return what pain around the session of one date allows; see ``pain_says``."""
    entry = diary.get(day)
    morning = entry.pain_next_morning_nprs if entry else None
    return pain_says(rule, during, morning, usual_morning(rule, diary, day), limit)
