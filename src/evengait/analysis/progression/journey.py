"""Day after day: from what was screened, run and felt to where the plan stands, and to its decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.analysis.progression.gates import gate_states
from evengait.analysis.progression.judge import GOOD, RESETS, Finding, judge, judge_at_once
from evengait.analysis.progression.position import first_position
from evengait.analysis.progression.standing import begin, block, decide
from evengait.analysis.progression.steps import step_agreed, step_back, step_forward

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.progression.judge import Way
    from evengait.analysis.progression.log import Log
    from evengait.analysis.progression.standing import Standing
    from evengait.core.plan import Decision


def replay(way: Way, log: Log, started_on: date, today: date) -> tuple[Standing, tuple[Decision, ...]]:
    """Live every day from the start to today; the same facts always lead to the same place.

    Returns
    -------
    Standing, tuple of Decision
    """
    now, decisions = begin(way, started_on), []
    while now.day < today:
        now, made = live(way, log, now)
        decisions += made
    return now, tuple(decisions)


def live(way: Way, log: Log, was: Standing) -> tuple[Standing, list[Decision]]:
    """Live the day after ``was`` and return where the plan stands at its end, with what was decided."""
    day = was.day + timedelta(days=1)
    now = replace(was, day=day)
    stop = _stopped(way, log, now)
    if stop is not None:
        if now.state == "blocked" and now.blocked_by == stop.rule:
            return now, []
        return block(way, now, stop)
    if now.state == "blocked":
        if not _lifted(log, now):
            return now, []
        again = replace(
            now, state="preparing", path=(), good=0, since=day, gates_since=now.blocked_on or day, blocked_by="",
            blocked_on=None,
        )  # fmt: skip
        now, made = again, [decide(way, again, Finding("regress-restart"), was)]
    else:
        made = []
    if now.state == "preparing":
        now, more = _prepare(way, log, now)
        made += more
    if now.state in {"running", "returned"}:
        now, more = _run_on(way, log, now)
        made += more
    return now, made


def _stopped(way: Way, log: Log, now: Standing) -> Finding | None:
    """Return what stops running on this date: the screening, or a sign in the diary."""
    asked = log.screened(now.day)
    if asked is not None and asked.running == "stop" and not log.cleared(asked.on, now.day):
        return Finding("refer-screen")
    if log.cleared(now.day, now.day):
        return None
    return _sign(way, log, now.day)


def _sign(way: Way, log: Log, day: date) -> Finding | None:
    entry, profile = log.diary.get(day), way.profile
    if entry is None:
        return None
    if entry.bone_pain:
        return Finding("refer-bone")
    if entry.numb_or_weak:
        return Finding("refer-nerve")
    for rule, pain, limit in (
        ("refer-night", entry.pain_night_nprs, profile.night_max),
        ("refer-rest", entry.pain_rest_nprs, profile.rest_max),
    ):
        if pain is not None and pain > limit:
            return Finding(rule, {"pain": f"{pain:g}"})
    return None


def _lifted(log: Log, now: Standing) -> bool:
    """Tell whether running may begin again: a clinician's word, or the questions answered anew on a later date."""
    since = now.blocked_on or now.day
    if now.blocked_by == "refer-screen" or log.cleared(since, now.day):
        return True
    asked = log.screened(now.day)
    return asked is not None and asked.on > since and asked.running != "stop"


def _prepare(way: Way, log: Log, now: Standing) -> tuple[Standing, list[Decision]]:
    """Begin on the day on which every gate is met; a run before it opens nothing."""
    gates = gate_states(way, log, now.gates_since, now.day)
    if not all(gate.met for gate in gates if gate.needed):
        early = now.day in log.runs
        return now, [decide(way, now, Finding("hold-preparing"), now, run_on=now.day)] if early else []
    begun = replace(
        now, state="running", path=(first_position(way.rules),), since=now.day, good=0, pending=None
    )
    met = tuple(gate.words for gate in gates if gate.met)
    return begun, [decide(way, begun, Finding("advance-gates"), now, also=met)]


def _run_on(way: Way, log: Log, was: Standing) -> tuple[Standing, list[Decision]]:
    """Settle yesterday's run, look for days without one, then at today's."""
    now, made = _settle(way, log, was)
    if now.state == "blocked":
        return now, made
    if now.state == "running":
        now, more = step_agreed(way, log, now)
        made += more
    now, more = _gap(way, log, now)
    made += more
    if now.state == "returned" and (now.day - now.since).days > way.rules.build.watch_days:
        return now, made
    at_once = judge_at_once(way, log.diary.get(now.day))
    if now.day in log.runs:
        now = replace(now, gap_steps=0)
        if at_once is None:
            return replace(now, pending=now.day), made
        now, more = _follow(way, log, replace(now, pending=None), at_once, now.day)
    elif at_once is not None:
        now, more = _hurt_without_run(way, log, now, at_once)
    else:
        more = []
    return now, made + more


def _hurt_without_run(way: Way, log: Log, now: Standing, found: Finding) -> tuple[Standing, list[Decision]]:
    """Go back for pain or a limp on a day of which no run is recorded; while it lasts, only the rest grows."""
    rule = way.rules.rules[found.rule]
    if rule.decision == "refer" or now.rest_until is None or now.rest_until < now.day:
        return _follow(way, log, now, found, None)
    return replace(now, rest_until=now.day + timedelta(days=rule.rest)), []


def _settle(way: Way, log: Log, now: Standing) -> tuple[Standing, list[Decision]]:
    """Judge the run whose morning was waited for, once the morning is known or another day has begun."""
    run_on = now.pending
    if run_on is None:
        return now, []
    entry = log.diary.get(run_on)
    known = entry is not None and entry.pain_next_morning_nprs is not None
    late = now.day > run_on + timedelta(days=1) or now.day in log.runs
    if not known and not late:
        return now, []
    at = now.at
    assert at is not None  # noqa: S101 - a run is waited for on the way only
    free = _kept_free(way, log, now, run_on)
    return _follow(way, log, replace(now, pending=None), judge(way, log, at, run_on, kept_free=free), run_on)


def _kept_free(way: Way, log: Log, now: Standing, day: date) -> bool:
    """Tell whether the plan had no run on a date of this step."""
    at = now.at
    if at is None or (now.rest_until is not None and day <= now.rest_until):
        return True
    if at.on_ladder:
        first = day - timedelta(days=way.rules.ladder.every_days - 1)
        return bool(log.run_days(first, day - timedelta(days=1)))
    return len(log.run_days(day - timedelta(days=6), day)) > at.runs_a_week


def _gap(way: Way, log: Log, now: Standing) -> tuple[Standing, list[Decision]]:
    """Go back for days without a run."""
    last = log.last_run(now.day, 60)
    if now.state == "returned" or last is None or len(now.path) < 2:
        return now, []
    days = (now.day - last).days
    due = max((gap.steps for gap in way.rules.gaps if days >= gap.days), default=0)
    if due <= now.gap_steps:
        return now, []
    path = now.path[: max(1, len(now.path) - (due - now.gap_steps))]
    back = replace(now, path=path, good=0, since=now.day, gap_steps=due)
    return back, [decide(way, back, Finding("regress-gap", {"days": str(days)}), now)]


def _follow(
    way: Way, log: Log, now: Standing, found: Finding, run_on: date | None
) -> tuple[Standing, list[Decision]]:
    """Do what a finding asks for."""
    decision = way.rules.rules[found.rule].decision
    if decision == "refer":
        blocked, made = block(way, now, found)
        return blocked, [replace(one, run_on=run_on) for one in made]
    if decision == "regress":
        return step_back(way, now, found, run_on)
    if found.rule != GOOD:
        held = replace(now, good=0) if found.rule in RESETS else now
        return held, [decide(way, held, found, now, run_on=run_on)]
    return step_forward(way, log, replace(now, good=now.good + 1), run_on)
