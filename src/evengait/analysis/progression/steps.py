"""A step forward when everything for it is there, a step back when something speaks against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.analysis.progression.judge import GOOD, Finding
from evengait.analysis.progression.position import VARIABLES, all_back, next_step, sessions_needed
from evengait.analysis.progression.standing import decide, decide_agreed
from evengait.core.language import say, say_many

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.progression.judge import Way
    from evengait.analysis.progression.log import Log
    from evengait.analysis.progression.position import Position
    from evengait.analysis.progression.standing import Standing
    from evengait.core.plan import Decision
    from evengait.core.plan_change import PlanChange


def step_back(
    way: Way, now: Standing, found: Finding, run_on: date | None
) -> tuple[Standing, list[Decision]]:
    """Take away what came last; a second step back within a week counts double."""
    judging, rules = way.rules.judging, way.rules.rules
    recent = tuple(d for d in now.regressions if (now.day - d).days < judging.stuck_days)
    again = any((now.day - d).days < judging.twice_days for d in recent)
    applied = rules[found.rule]
    also: tuple[str, ...] = ()
    if again and applied.steps < rules["regress-twice"].steps:
        also = (applied.says.format(**found.values),)
        found, applied = Finding("regress-twice", {"days": str(judging.twice_days)}), rules["regress-twice"]
    rest = now.day + timedelta(days=applied.rest)
    back = replace(
        now, state="running", path=now.path[: max(1, len(now.path) - applied.steps)], good=0, since=now.day,
        rest_until=max(rest, now.rest_until or rest), regressions=(*recent, now.day),
    )  # fmt: skip
    return back, [decide(way, back, found, now, run_on=run_on, before_all=also)]


def step_forward(way: Way, log: Log, now: Standing, run_on: date | None) -> tuple[Standing, list[Decision]]:
    """Take the next step if everything for it is there; else say what is still missing."""
    at = now.at
    assert at is not None  # noqa: S101 - a run was judged, so there is a place

    def hold(rule: str, more: str = "") -> tuple[Standing, list[Decision]]:
        return now, [decide(way, now, Finding(rule, {"more": more}), now, run_on=run_on)]

    if now.state == "returned":
        return hold("hold-returned")
    agreed = _agreed(way, log, now, at)
    missing = _missing(way, log, now, at)
    if agreed is not None and (not missing or agreed.kind == "cap"):
        return now, [decide_agreed(way, now, agreed, now, run_on)]
    if missing:
        return hold(GOOD, missing)
    least = way.rules.judging.week_least
    week, before = log.week_pain(now.day, least), log.week_pain(now.day - timedelta(days=7), least)
    if week is not None and before is not None and week - before > way.rules.judging.week_rise:
        return hold("hold-weekly")
    lately = log.longest_m(now.since - timedelta(days=7), now.day)
    if lately is None and at.stage == way.rules.stages[-1].name:
        return hold("hold-distance")
    free = may_run_hills_and_fast(log, now.day)
    share = _share(way, log, now.day)
    step = next_step(way.rules, at, way.former, share=share, longest_run_m=lately or 0.0, free=free)
    if step is not None:
        words = {"done": str(now.good), "variable": VARIABLES[step.variable]}
        rule = "advance-sessions" if at.on_ladder else "advance-week"
        ahead = replace(now, path=(*now.path, step.to), good=0, since=now.day)
        return ahead, [decide(way, ahead, Finding(rule, words), now, run_on=run_on)]
    if not all_back(way.rules, at, way.former) and not free:
        return hold("hold-restrict")
    if not all_back(way.rules, at, way.former) or share < way.rules.build.returned_share:
        return hold(GOOD, say("the whole former week"))
    done = replace(now, state="returned", since=now.day, good=0)
    return done, [decide(way, done, Finding("advance-returned"), now, run_on=run_on)]


def _agreed(way: Way, log: Log, now: Standing, at: Position) -> PlanChange | None:
    """Return what the runner agreed on that keeps her here; a distance does where the step needs a longer run."""
    cap, needed = log.agreed("cap", now.day), way.rules.build.longest_done * at.longest_m
    if cap is not None and not at.on_ladder and (cap.distance_m or 0.0) < needed:
        return cap
    return log.agreed("hold", now.day)


def step_agreed(way: Way, log: Log, now: Standing) -> tuple[Standing, list[Decision]]:
    """Do what was agreed on for this date: one step back, or no run up to a day."""
    made: list[Decision] = []
    for change in log.changes:
        if change.kind == "back" and change.first_on == now.day:
            back = replace(now, path=now.path[: max(1, len(now.path) - 1)], good=0, since=now.day)
            made.append(decide_agreed(way, back, change, now, None))
            now = back
    rest = log.agreed("rest", now.day)
    if rest is not None and rest.last_on is not None:
        rested = replace(now, rest_until=max(rest.last_on, now.rest_until or rest.last_on))
        if rest.first_on == now.day:
            made.append(decide_agreed(way, rested, rest, now, None))
        now = rested
    return now, made


def _missing(way: Way, log: Log, now: Standing, at: Position) -> str:
    """Return what the next step still waits for, in a few words; empty = nothing."""
    needed = sessions_needed(way.rules, at, way.profile)
    if now.good < needed:
        return say_many("{n} more such run", "{n} more such runs", needed - now.good)
    if at.on_ladder:
        return ""
    build = way.rules.build
    days = build.step_days - (now.day - now.since).days
    if days > 0:
        return say_many("{n} more day", "{n} more days", days)
    longest = log.longest_m(now.since, now.day)
    if longest is None or longest < build.longest_done * at.longest_m:
        return say("the week's longest run")
    return ""


def _share(way: Way, log: Log, day: date) -> float:
    """Return the share of the former week that was really run in seven days, the better of two weeks."""
    if way.former is None:
        return 0.0
    weeks = (log.week_m(day), log.week_m(day - timedelta(days=7)))
    return max((week for week in weeks if week is not None), default=0.0) / way.former.distance_m


def may_run_hills_and_fast(log: Log, day: date) -> bool:
    """Tell whether the screening leaves hills and speed free, or a clinician has spoken since."""
    asked = log.screened(day)
    return asked is not None and (asked.running == "continue" or log.cleared(asked.on, day))
