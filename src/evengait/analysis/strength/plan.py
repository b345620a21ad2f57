"""The strength block as days of a plan: place, dates, exercises, loads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evengait.analysis.strength.choice import slots_of
from evengait.analysis.strength.log_book import by_exercise, session_dates
from evengait.analysis.strength.place import Place, place
from evengait.analysis.strength.session import Known, dose
from evengait.analysis.strength.spacing import heavy_dates, why_then
from evengait.core.language import say
from evengait.core.plan import PlanDay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from evengait.core.diary import DiaryEntry
    from evengait.core.exercise import Exercise
    from evengait.core.strength import StrengthSet
    from evengait.core.strength_block import StrengthBlock
    from evengait.core.strength_setup import StrengthSetup


@dataclass(frozen=True)
class StrengthPlan:
    """The sessions to come.

    Attributes
    ----------
    days : tuple of PlanDay
        By date; only the first is not provisional.
    done : tuple of date
        Sessions of the block that were logged.
    session, total : int
        Sessions behind the runner (less than those done, after a break), and of the whole block.
    caveats : tuple of str
        What must be read with it.
    waits : bool
        Nothing is planned although sessions are left: something has to be cleared first.
    """

    days: tuple[PlanDay, ...]
    done: tuple[date, ...]
    session: int
    total: int
    caveats: tuple[str, ...] = field(default=())
    waits: bool = False

    @property
    def finished(self) -> bool:
        """True where no session is left."""
        return self.session >= self.total


def strength_plan(
    block: StrengthBlock,
    book: Mapping[str, Exercise],
    setup: StrengthSetup,
    *,
    start: date,
    today: date,
    sets: Sequence[StrengthSet] = (),
    diary: Mapping[date, DiaryEntry] | None = None,
    runs: Mapping[date, bool] | None = None,
) -> StrengthPlan:
    """Return the sessions of a block that are still to come.

    Parameters
    ----------
    start : date
        When the block begins; earlier sets only tell first loads.
    sets : sequence of StrengthSet
        The log, in any order.
    diary : mapping of date to DiaryEntry
        For mornings after; asked only where a site hurts.
    runs : mapping of date to bool
        Days with a run, done or planned; True = a hard one: fast, hilly or long.

    Returns
    -------
    StrengthPlan
        Replayed from the log each time: nothing of it is kept.
    """
    a_week = setup.sessions_a_week or (
        block.sessions_a_week if setup.running else block.sessions_a_week_not_running
    )
    done = session_dates([one for one in sets if one.date <= today], book, start)
    here = place(block, done, today, a_week)
    total = len(block.weeks) * a_week
    first = max(start, today)
    dates = heavy_dates(
        block.apart, runs or {}, done, first, total - here.session, a_week, setup.weekdays, since=start
    )
    known = Known(
        block, book, setup, by_exercise(one for one in sets if one.date <= today), diary or {}, here, today
    )
    days, seen = [], set[str]()
    for index, day in enumerate(dates):
        before = dates[index - 1] if index else (done[-1] if done else None)
        why = why_then(block.apart, runs or {}, day, before, setup.weekdays)
        days.append(_day(known, here, index, day, a_week, why, total, seen))
    return StrengthPlan(tuple(days), tuple(done), here.session, total, _caveats(block, days))


def _day(
    known: Known, here: Place, index: int, day: date, a_week: int, why: str, total: int, seen: set[str]
) -> PlanDay:
    session = here.session + index
    week = known.block.weeks[session // a_week]
    slots = slots_of(known.block, session, week.number)
    whole = dose(known, slots, week, session + 1, seen)
    title = say("Strength, session {session} of {total}", session=session + 1, total=total)
    return PlanDay(day, "strength", why, whole, title=title, hard=True, provisional=index > 0)


def _caveats(block: StrengthBlock, days: Sequence[PlanDay]) -> tuple[str, ...]:
    if not days:
        return ()
    first = () if block.reviewed_by else (say("This strength block is not reviewed by a clinician."),)
    return (
        *first,
        say("It is a general programme that you may change; stop a set that hurts more than its limit."),
    )
