"""Today and the coming days: runs where the place on the way has them, walks before the first, rest elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.analysis.progression.position import (
    climb_rate,
    fast_week_m,
    hill_steps,
    ladder_dose,
    sessions_needed,
    week_doses,
)
from evengait.analysis.progression.words import dose_title
from evengait.core.language import say
from evengait.core.plan import PlanDay, RunDose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from evengait.analysis.progression.judge import Way
    from evengait.analysis.progression.log import Log
    from evengait.analysis.progression.position import Position
    from evengait.analysis.progression.standing import Standing

HORIZON_DAYS = 14
TEMPLATES = {
    1: (0,), 2: (0, 3), 3: (0, 3, 5), 4: (0, 2, 3, 5), 5: (0, 2, 3, 4, 6), 6: (0, 2, 3, 4, 5, 6),
    7: (0, 1, 2, 3, 4, 5, 6),
}  # fmt: skip
"""Days after the long run's weekday on which one runs, by the number of runs a week."""
SECOND_HARD = 3
"""Days after the long run's weekday on which the week's hilly or fast run lies: far from both long runs."""
LEAST_WORTH_M = 1000.0


def days_ahead(way: Way, log: Log, now: Standing, horizon: int = HORIZON_DAYS) -> tuple[PlanDay, ...]:
    """Return one entry for ``now.day`` and each day after it, ``horizon`` in all.

    Every run is what the place on the way allows today; the step that may follow is not laid out before it is reached.
    ``provisional`` marks the days on which it could be.
    """
    first, last = now.day, now.day + timedelta(days=horizon - 1)
    if now.state == "blocked":
        return tuple(
            _rest(day, say("No run and no walk for exercise is planned until this is cleared."))
            for day in _days(first, last)
        )
    if now.state == "preparing":
        return tuple(_walks(way, log, now, first, last))
    if now.state == "returned":
        return tuple(
            _rest(day, say("The former week is back: the plan asks for nothing more."))
            for day in _days(first, last)
        )
    at = now.at
    assert at is not None  # noqa: S101 - a plan that runs has a place
    runs = (
        _ladder_runs(way, log, now, at, first, last)
        if at.on_ladder
        else _week_runs(way, log, now, at, first, last)
    )
    planned = {run.date: run for run in runs}
    return tuple(planned.get(day) or _rest(day, _why_rest(way, log, now, day)) for day in _days(first, last))


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def _rest(day: date, why: str) -> PlanDay:
    return PlanDay(day, "rest", why, title=say("Rest"))


def _why_rest(way: Way, log: Log, now: Standing, day: date) -> str:
    if day == now.day and day in log.runs:
        return say("Today's run is in. How the next morning feels decides what follows.")
    rest = log.agreed("rest", day)
    if rest is not None and way.agreed is not None:
        return way.agreed.words(rest, "why", way.units)
    if now.rest_until is not None and day <= now.rest_until:
        return say("Rest from running after the step back.")
    if _ill(log, now, day):
        return say("Rest from running while you are ill.")
    return say("A day between runs, for the body to answer.")


def _ill(log: Log, now: Standing, day: date) -> bool:
    """Tell whether the diary's last word on illness, today's or yesterday's, is yes."""
    if day > now.day + timedelta(days=1):
        return False
    for back in (0, 1):
        entry = log.diary.get(now.day - timedelta(days=back))
        if entry is not None and entry.illness is not None:
            return entry.illness
    return False


def _walks(way: Way, log: Log, now: Standing, first: date, last: date) -> Iterator[PlanDay]:
    """Yield a walk every other day before the first run; where a bone may be concerned only with a clinician's word."""
    ladder = way.rules.ladder
    asked = log.screened(now.day) is not None
    cleared = not way.profile.bone or log.cleared(now.gates_since, now.day)
    dose = RunDose(1, ladder.walk_s, stop_above_nprs=way.profile.during_max)
    for n, day in enumerate(_days(first, last)):
        if not asked:
            yield _rest(day, say("Nothing is planned before the red-flag questions are answered."))
        elif not cleared:
            yield _rest(day, say("What to walk until then is for the clinician to say."))
        elif n % ladder.every_days == 0 and not _ill(log, now, day):
            yield PlanDay(
                day, "walk", say("A brisk walk without more pain comes before the first run."), dose, ladder.walk_stage,
                dose_title(dose, way.units, walk=True),
            )  # fmt: skip
        else:
            yield _rest(day, say("A day between walks."))


def _ladder_runs(
    way: Way, log: Log, now: Standing, at: Position, first: date, last: date
) -> Iterator[PlanDay]:
    dose = ladder_dose(way.rules, at, way.profile)
    left = sessions_needed(way.rules, at, way.profile) - now.good
    run_on = log.last_run(first)
    for day in _days(first, last):
        apart = run_on is None or (day - run_on).days >= way.rules.ladder.every_days
        if day in log.runs or not apart or _resting(log, now, day):
            continue
        run_on = day
        yield PlanDay(
            day,
            "run",
            f"{_why_held(way, log, day) or _why_ladder(at, left)}{_why_capped(way, log, day)}",
            dose,
            at.stage,
            dose_title(dose, way.units),
            provisional=left <= 0 and log.agreed("hold", day) is None,
        )
        left -= 1


def _why_held(way: Way, log: Log, day: date) -> str:
    """Return that the runner agreed to stay at this step; empty where she did not."""
    held = log.agreed("hold", day)
    return way.agreed.words(held, "why", way.units) if held is not None and way.agreed is not None else ""


def _why_capped(way: Way, log: Log, day: date) -> str:
    cap = log.agreed("cap", day)
    return f" {way.agreed.words(cap, 'why', way.units)}" if cap is not None and way.agreed is not None else ""


def _why_ladder(at: Position, left: int) -> str:
    if left > 1:
        return say(
            "Stage {stage}: {left} runs inside the profile, this one included, bring the next stage.",
            stage=at.stage,
            left=left,
        )
    if left == 1:
        return say(
            "Stage {stage}: if it stays inside the profile, and the next morning too, the next "
            "stage follows.",
            stage=at.stage,
        )
    return say("Stage {stage} again, or the next one if the runs before it went well.", stage=at.stage)


def _resting(log: Log, now: Standing, day: date) -> bool:
    resting = now.rest_until is not None and day <= now.rest_until
    return resting or log.agreed("rest", day) is not None or _ill(log, now, day)


def _week_runs(way: Way, log: Log, now: Standing, at: Position, first: date, last: date) -> Iterator[PlanDay]:
    """Yield the runs after the ladder: the week's pattern, within the budget of any seven days and the 30-day bound."""
    build, doses = way.rules.build, week_doses(at, way.former)
    long_day = way.former.long_weekday if way.former else 6
    offsets = TEMPLATES[min(7, len(doses))]
    ran = {done.date: done.distance_m or 0.0 for done in log.run_days(first - timedelta(days=6), first)}
    for day in _days(first, last):
        offset = (day.weekday() - long_day) % 7
        if offset not in offsets or day in log.runs or _resting(log, now, day):
            continue
        week = [metres for d, metres in ran.items() if 0 <= (day - d).days < 7]
        bound = log.longest_before(day, build.spike_days)
        metres = min(_dose(offset, offsets, doses), sum(doses) - sum(week))
        if bound is not None:
            metres = min(metres, build.longest_rise * bound)
        cap = log.agreed("cap", day)
        if cap is not None:
            metres = min(metres, cap.distance_m or 0.0)
        if len(week) >= at.runs_a_week or metres < LEAST_WORTH_M or bound is None:
            continue
        ran[day] = metres
        yield _agreed_day(way, log, _build_day(way, now, at, day, offset, metres, doses))


def _agreed_day(way: Way, log: Log, day: PlanDay) -> PlanDay:
    """Return a run with what was agreed on beside it."""
    held = _why_held(way, log, day.date)
    why = f"{held or day.why}{_why_capped(way, log, day.date)}"
    return replace(day, why=why, provisional=day.provisional and not held)


def _dose(offset: int, offsets: tuple[int, ...], doses: tuple[float, ...]) -> float:
    """Return a run day's distance: the longest on the long day, the second longest on the week's other hard day."""
    if offset == 0:
        return doses[0]
    others = sorted(offsets[1:], key=lambda o: (o != SECOND_HARD, o))
    return doses[min(1 + others.index(offset), len(doses) - 1)]


def _build_day(
    way: Way, now: Standing, at: Position, day: date, offset: int, metres: float, doses: tuple[float, ...]
) -> PlanDay:
    flat = min(way.rules.build.flat_m_per_km, climb_rate(way.rules, at, way.former))
    hilly = at.hills > 0 and (offset == SECOND_HARD or at.hills == hill_steps(way.rules, way.former))
    rate = climb_rate(way.rules, at, way.former) if hilly or not at.hills else flat
    fast = min(fast_week_m(way.rules, at, way.former), metres / 2) if offset == SECOND_HARD else 0.0
    dose = RunDose(
        distance_m=_rounded(metres), climb_m=float(round(rate * metres / 1000)), fast_m=float(round(fast)),
        stop_above_nprs=way.profile.during_max,
    )  # fmt: skip
    longest = offset == 0 and (len(doses) == 1 or doses[0] > 1.1 * doses[1])
    hard = longest or (offset == SECOND_HARD and (at.hills > 0 or at.speed > 0))
    title = dose_title(dose, way.units)
    return PlanDay(
        day, "run", _why_week(now, at, longest=offset == 0), dose, at.stage, title, hard=hard,
        provisional=(day - now.since).days >= way.rules.build.step_days,
    )  # fmt: skip


def _rounded(metres: float) -> float:
    """Return a distance in whole hundreds of metres, down: a bound is never rounded up."""
    return float(int(metres // 100) * 100)


def _why_week(now: Standing, at: Position, *, longest: bool) -> str:
    what = say("The week's longest run") if longest else say("A shorter run of this week")
    before = now.path[-2] if len(now.path) > 1 else None
    raised = _raised(before, at)
    return say("{what}, stage {stage}. {raised}", what=what, stage=at.stage, raised=raised)


def _raised(before: Position | None, at: Position) -> str:
    if before is None or before.on_ladder:
        return say("Running without walking is back; from here one thing a week goes up.")
    if at.hills > before.hills:
        return say("Hills go up this week; distance and speed stay.")
    if at.speed > before.speed:
        return say("Speed goes up this week; distance and hills stay.")
    if at.runs_a_week > before.runs_a_week:
        return say("One run a week more; distance, hills and speed stay.")
    return say("Distance goes up by at most a tenth; hills and speed stay.")
