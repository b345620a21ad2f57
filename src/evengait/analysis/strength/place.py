"""Where in the block a runner is: counted by sessions done, not by weeks gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from evengait.core.strength_block import BlockWeek, StrengthBlock


@dataclass(frozen=True)
class Place:
    """The next session of a block.

    Attributes
    ----------
    session : int
        From 0; as many as the block has = it is over.
    asked : mapping of date to BlockWeek
        What each session done was asked for.
    back_weeks : int
        Weeks that a break just before the next session took back; 0 = none.
    """

    session: int
    asked: Mapping[date, BlockWeek]
    back_weeks: int = 0


def place(block: StrengthBlock, done: Sequence[date], today: date, a_week: int) -> Place:
    """Return the next session from the dates of those done.

    A break takes weeks back (``[[break]]`` of the block); a session that was missed is simply still to come.

    Parameters
    ----------
    done : sequence of date
        Rising.
    a_week : int
        Sessions a week.

    Examples
    --------
    >>> from datetime import date
    >>> from types import SimpleNamespace as S
    >>> block = S(weeks=[1, 2], breaks=[S(days=14, back_weeks=1)])
    >>> place(block, [date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 9)], date(2026, 11, 12), 2).session
    3
    """
    session, before, asked = 0, None, {}
    for day in done:
        session = _after_break(block, session, before, day, a_week)[0]
        asked[day] = block.weeks[min(session // a_week, len(block.weeks) - 1)]
        session, before = session + 1, day
    total = len(block.weeks) * a_week
    if session >= total:
        return Place(total, asked)
    session, back = _after_break(block, session, before, today, a_week)
    return Place(session, asked, back)


def _after_break(
    block: StrengthBlock, session: int, before: date | None, day: date, a_week: int
) -> tuple[int, int]:
    if before is None or session >= len(block.weeks) * a_week:
        return session, 0
    gap = (day - before).days
    back = max((b.back_weeks for b in block.breaks if gap >= b.days), default=0)
    if not back:
        return session, 0
    return max(0, session // a_week - back) * a_week, back
