"""On which dates: heavy days at least 48 hours apart, away from hard runs, on preferred weekdays where they can be."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, pairwise
from math import ceil
from typing import TYPE_CHECKING

from evengait.core.language import say
from evengait.core.units import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from evengait.core.strength_block import Apart


def hard_run_near(rule: Apart, runs: Mapping[date, bool], day: date) -> bool:
    """Whether a hard run lies on a date or so shortly before it that no heavy day may follow."""
    return any(runs.get(day - timedelta(days=back)) for back in range(rule.after_hard_run_days + 1))


def heavy_dates(
    rule: Apart,
    runs: Mapping[date, bool],
    done: Sequence[date],
    today: date,
    count: int,
    a_week: int,
    weekdays: Sequence[int] = (),
    *,
    since: date | None = None,
) -> list[date]:
    """Return the dates of the next heavy sessions.

    Parameters
    ----------
    runs : mapping of date to bool
        Days with a run, done or planned; True = a hard one.
    done : sequence of date
        Heavy days done, rising.
    count : int
        How many dates are wanted; fewer come where there is no room for 26 weeks.
    a_week : int
        At most so many in a week from Monday to Sunday, those done counted.
    weekdays : sequence of int
        Preferred days, 0 = Monday.
    since : date, optional
        When the block began: preferred days before it count for nothing. None = today.

    Notes
    -----
    Week by week; within one, the most sessions that fit, then the fewest compromises: other weekdays than preferred,
    a hard run on the next day, a preferred day spoilt, a run on the same day, then even gaps, then the earliest.
    """
    found: list[date] = []
    monday = today - timedelta(days=today.weekday())
    for _ in range(26):
        if len(found) >= count:
            break
        taken = sum(monday <= day < monday + timedelta(days=7) for day in done)
        last = max([*done, *found], default=None)
        days = [monday + timedelta(days=i) for i in range(7)]
        free = [day for day in days if _free(rule, runs, day, last, today)]
        room = _room(rule, runs, days, done, (since or today, today), a_week, weekdays)
        want = min(a_week - taken, count - len(found), room)
        found += _best(rule, runs, free, want, last, a_week, weekdays)
        monday += timedelta(days=7)
    return found[:count]


def _room(
    rule: Apart,
    runs: Mapping[date, bool],
    days: Sequence[date],
    done: Sequence[date],
    span: tuple[date, date],
    a_week: int,
    weekdays: Sequence[int],
) -> int:
    """Return how many sessions a week may still hold: what is left of the running one is not crammed.

    A preferred day that has passed is gone; one that a hard run took is made up for on another day.
    """
    since, today = span
    if days[0] >= today:
        return a_week
    if not weekdays:
        return ceil(sum(day >= today for day in days) * a_week / 7)
    wanted = [day for day in days if day.weekday() in weekdays and day >= since]
    taken = [day for day in wanted if hard_run_near(rule, runs, day)]
    ahead = [day for day in wanted if day >= today and day not in taken and day not in done]
    made_up = [day for day in done if day in days and day.weekday() not in weekdays]
    return max(0, len(ahead) + len(taken) - len(made_up))


def _free(rule: Apart, runs: Mapping[date, bool], day: date, last: date | None, today: date) -> bool:
    after = last is None or (day - last).days >= rule.heavy_days
    return day >= today and after and not hard_run_near(rule, runs, day)


def _best(
    rule: Apart,
    runs: Mapping[date, bool],
    free: Sequence[date],
    want: int,
    last: date | None,
    a_week: int,
    weekdays: Sequence[int],
) -> list[date]:
    for size in range(want, 0, -1):
        sets: list[tuple[date, ...]] = [
            days
            for days in combinations(free, size)
            if all((b - a).days >= rule.heavy_days for a, b in pairwise(days))
        ]
        if sets:
            best = min(sets, key=lambda days: _cost(rule, runs, days, last, a_week, weekdays))
            return list(best)
    return []


def _cost(
    rule: Apart,
    runs: Mapping[date, bool],
    days: Sequence[date],
    last: date | None,
    a_week: int,
    weekdays: Sequence[int],
) -> tuple[float, ...]:
    ahead = range(1, rule.before_hard_run_days + 1)
    spoilt = (days[-1] + timedelta(days=i) for i in range(1, rule.heavy_days))
    gaps = [(b - a).days for a, b in pairwise([*([last] if last else []), *days])]
    return (
        sum(bool(weekdays) and day.weekday() not in weekdays for day in days),
        sum(any(runs.get(day + timedelta(days=i)) for i in ahead) for day in days),
        # Nor too close before a day that is preferred.
        sum(day.weekday() in weekdays for day in spoilt),
        sum(day in runs for day in days),
        sum(abs(gap - 7 / a_week) for gap in gaps),
        sum(day.toordinal() for day in days),
    )


def why_then(
    rule: Apart, runs: Mapping[date, bool], day: date, before: date | None, weekdays: Sequence[int]
) -> str:
    """Return one sentence on why a session stands on a date."""
    parts = []
    if before is not None:
        parts.append(say("{days} days after the session before", days=(day - before).days))
    if weekdays and day.weekday() not in weekdays:
        parts.append(
            say(
                "a {weekdays} because no preferred day was free of hard runs and far enough",
                weekdays=say(WEEKDAYS[day.weekday()]),
            )
        )
    elif weekdays:
        parts.append(say("a day you prefer"))
    if any(runs.get(day + timedelta(days=i)) for i in range(1, rule.before_hard_run_days + 1)):
        parts.append(say("a hard run follows on the next day, no better day was free"))
    elif day in runs:
        parts.append(say("run first, then lift; no better day was free"))
    else:
        parts.append(say("away from hard runs"))
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
