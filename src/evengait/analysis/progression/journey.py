"""Day after day: from what was screened, run and felt to where the plan stands, and to its decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from evengait.analysis.progression.gates import gate_states
from evengait.analysis.progression.judge import GOOD, RESETS, Finding, judge, judge_at_once
from evengait.analysis.progression.position import (
    VARIABLES,
    Position,
    all_back,
    first_position,
    next_step,
    sessions_needed,
)
from evengait.core.plan import Decision

if TYPE_CHECKING:
    from datetime import date

    from evengait.analysis.progression.judge import Way
    from evengait.analysis.progression.log import Log


@dataclass(frozen=True)
class Standing:
    """Where a plan stands at the end of a date.

    Attributes
    ----------
    state : {"blocked", "preparing", "running", "returned"}
    path : tuple of Position
        Every step so far; a step back takes the last away. Empty before the first run.
    day, since : date
        The date itself, and when the last step of the path was reached or gone back to.
    gates_since : date
        What was said or done before it passes no gate.
    good : int
        Runs in a row inside the profile at this step.
    pending : date or None
        A run whose next morning is waited for.
    rest_until : date or None
        No run up to this date.
    gap_steps : int
        Steps back already taken for the present days without a run.
    regressions : tuple of date
        Steps back in the last weeks.
    blocked_by : str
        Rule that stops running; empty unless blocked.
    blocked_on : date or None
    """

    state: str
    day: date
    since: date
    gates_since: date
    path: tuple[Position, ...] = ()
    good: int = 0
    pending: date | None = None
    rest_until: date | None = None
    gap_steps: int = 0
    regressions: tuple[date, ...] = ()
    blocked_by: str = ""
    blocked_on: date | None = None

    @property
    def at(self) -> Position | None:
        """The present place on the way; None before the first run."""
        return self.path[-1] if self.path else None


def begin(way: Way, started_on: date) -> Standing:
    """Return how a plan stands before its first day."""
    return Standing("preparing", started_on - timedelta(days=1), started_on, way.onset)


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
        return _block(way, now, stop)
    if now.state == "blocked":
        if not _lifted(log, now):
            return now, []
        again = replace(
            now, state="preparing", path=(), good=0, since=day, gates_since=now.blocked_on or day, blocked_by="",
            blocked_on=None,
        )  # fmt: skip
        now, made = again, [_decision(way, again, Finding("regress-restart"), was)]
    else:
        made = []
    if now.state == "preparing":
        now, more = _prepare(way, log, now)
        made += more
    if now.state in {"running", "returned"}:
        now, more = _run_on(way, log, now)
        made += more
    return now, made


def may_run_hills_and_fast(log: Log, day: date) -> bool:
    """Tell whether the screening leaves hills and speed free, or a clinician has spoken since."""
    asked = log.screened(day)
    return asked is not None and (asked.running == "continue" or log.cleared(asked.on, day))


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


def _block(way: Way, now: Standing, stop: Finding) -> tuple[Standing, list[Decision]]:
    blocked = replace(
        now, state="blocked", path=(), good=0, pending=None, rest_until=None, blocked_by=stop.rule,
        blocked_on=now.day, since=now.day,
    )  # fmt: skip
    return blocked, [_decision(way, blocked, stop, now)]


def _prepare(way: Way, log: Log, now: Standing) -> tuple[Standing, list[Decision]]:
    """Begin on the day on which every gate is met; a run before it opens nothing."""
    gates = gate_states(way, log, now.gates_since, now.day)
    if not all(gate.met for gate in gates if gate.needed):
        early = now.day in log.runs
        return now, [_decision(way, now, Finding("hold-preparing"), now, run_on=now.day)] if early else []
    begun = replace(
        now, state="running", path=(first_position(way.rules),), since=now.day, good=0, pending=None
    )
    met = tuple(gate.words for gate in gates if gate.met)
    return begun, [_decision(way, begun, Finding("advance-gates"), now, also=met)]


def _run_on(way: Way, log: Log, was: Standing) -> tuple[Standing, list[Decision]]:
    """Settle yesterday's run, look for days without one, then at today's."""
    now, made = _settle(way, log, was)
    if now.state == "blocked":
        return now, made
    now, more = _gap(way, log, now)
    made += more
    if now.state == "returned" and (now.day - now.since).days > way.rules.build.watch_days:
        return now, made
    entry = log.diary.get(now.day)
    if now.day in log.runs:
        at_once = judge_at_once(way, entry)
        if at_once is not None:
            now, more = _follow(way, log, replace(now, pending=None), at_once, now.day)
            return replace(now, gap_steps=0), made + more
        return replace(now, pending=now.day, gap_steps=0), made
    if entry is not None and entry.limp:
        now, more = _limped(way, log, now)
        made += more
    return now, made


def _limped(way: Way, log: Log, now: Standing) -> tuple[Standing, list[Decision]]:
    """Go back for a limp on a day without a run; while it lasts, only the rest grows."""
    if now.rest_until is None or now.rest_until < now.day:
        return _follow(way, log, now, Finding("regress-limp"), None)
    rest = way.rules.rules["regress-limp"].rest
    return replace(now, rest_until=now.day + timedelta(days=rest)), []


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
    return back, [_decision(way, back, Finding("regress-gap", {"days": str(days)}), now)]


def _follow(
    way: Way, log: Log, now: Standing, found: Finding, run_on: date | None
) -> tuple[Standing, list[Decision]]:
    """Do what a finding asks for."""
    decision = way.rules.rules[found.rule].decision
    if decision == "refer":
        blocked, made = _block(way, now, found)
        return blocked, [replace(one, run_on=run_on) for one in made]
    if decision == "regress":
        return _back(way, now, found, run_on)
    if found.rule != GOOD:
        held = replace(now, good=0) if found.rule in RESETS else now
        return held, [_decision(way, held, found, now, run_on=run_on)]
    return _forward(way, log, replace(now, good=now.good + 1), run_on)


def _back(way: Way, now: Standing, found: Finding, run_on: date | None) -> tuple[Standing, list[Decision]]:
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
    return back, [_decision(way, back, found, now, run_on=run_on, before_all=also)]


def _forward(way: Way, log: Log, now: Standing, run_on: date | None) -> tuple[Standing, list[Decision]]:
    """Take the next step if everything for it is there; else say what is still missing."""
    at = now.at
    assert at is not None  # noqa: S101 - a run was judged, so there is a place

    def hold(rule: str, more: str = "") -> tuple[Standing, list[Decision]]:
        return now, [_decision(way, now, Finding(rule, {"more": more}), now, run_on=run_on)]

    if now.state == "returned":
        return hold("hold-returned")
    missing = _missing(way, log, now, at)
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
        return ahead, [_decision(way, ahead, Finding(rule, words), now, run_on=run_on)]
    if not all_back(way.rules, at, way.former):
        return hold("hold-restrict")
    if share < way.rules.build.returned_share:
        return hold(GOOD, "the whole former week")
    done = replace(now, state="returned", since=now.day, good=0)
    return done, [_decision(way, done, Finding("advance-returned"), now, run_on=run_on)]


def _missing(way: Way, log: Log, now: Standing, at: Position) -> str:
    """Return what the next step still waits for, in a few words; empty = nothing."""
    needed = sessions_needed(way.rules, at, way.profile)
    if now.good < needed:
        return f"{needed - now.good} more such run{'s' * (needed - now.good > 1)}"
    if at.on_ladder:
        return ""
    build = way.rules.build
    days = build.step_days - (now.day - now.since).days
    if days > 0:
        return f"{days} more day{'s' * (days > 1)}"
    longest = log.longest_m(now.since, now.day)
    if longest is None or longest < build.longest_done * at.longest_m:
        return "the week's longest run"
    return ""


def _share(way: Way, log: Log, day: date) -> float:
    """Return the share of the former week that was really run in seven days, the better of two weeks."""
    if way.former is None:
        return 0.0
    weeks = (log.week_m(day), log.week_m(day - timedelta(days=7)))
    return max((week for week in weeks if week is not None), default=0.0) / way.former.distance_m


def _decision(
    way: Way, after: Standing, found: Finding, before: Standing, *, run_on: date | None = None,
    also: tuple[str, ...] = (), before_all: tuple[str, ...] = (),
) -> Decision:  # fmt: skip
    rule = way.rules.rules[found.rule]
    evidence = tuple(
        dict.fromkeys((*rule.evidence, *(way.profile.evidence if rule.decision == "regress" else ())))
    )
    return Decision(
        after.day, rule.decision, (*before_all, rule.says.format(**found.values), *also), rule.id,
        way.rules.version, evidence, run_on, _stage(way, before), _stage(way, after),
    )  # fmt: skip


def _stage(way: Way, standing: Standing) -> str:
    return standing.at.stage if standing.at else way.rules.ladder.walk_stage
