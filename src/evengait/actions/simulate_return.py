"""Live a way back to running with a made-up runner, and check every day what no plan may do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.progression.calendar import days_ahead
from evengait.analysis.progression.done import DayDone, SessionDone
from evengait.analysis.progression.former import FormerWeek
from evengait.analysis.progression.journey import begin, live, replay
from evengait.analysis.progression.judge import Way
from evengait.analysis.progression.log import Log, Screened
from evengait.core.plan import RunDose
from evengait.core.plan_record import Passed
from evengait.simulation.returning import KINDS, Habits, Returner

if TYPE_CHECKING:
    from evengait.analysis.progression.journey import Standing
    from evengait.core.plan import Decision, PlanDay
    from evengait.core.progression import Progression
    from evengait.simulation.returning import Ran

START = date(2026, 1, 5)
LONGEST_DAYS = 500


@dataclass
class Lived:
    """What came of one runner.

    Attributes
    ----------
    weeks : float or None
        From the first run to the former week; None = not reached.
    states : dict of state to days
    decisions : list of Decision
    broken : list of str
        Promises that were broken, with the day; must stay empty.
    """

    kind: str
    former: FormerWeek
    started: date
    weeks: float | None = None
    states: dict[str, int] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def simulate_return(rules: Progression, seed: int, kind: str, *, days: int = LONGEST_DAYS) -> Lived:
    """Live one made-up runner's way back.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    days : int
        At most.

    Returns
    -------
    Lived
        The same for the same seed.
    """
    rng = np.random.default_rng([seed, 5])
    former = _former(rng)
    profile = list(rules.profiles.values())[int(rng.integers(len(rules.profiles)))]
    way = Way(rules, profile, former, START - timedelta(days=20))
    runner = Returner(_shifted(KINDS[kind], rng), START, seed)
    log = _before(way, former)
    lived = Lived(kind, former, START)
    now, first_run = begin(way, START), None
    for n in range(days):
        day = START + timedelta(days=n)
        _clinic(log, runner, way, day)
        # The morning's plan: with yesterday's diary, before today's run.
        morning, _ = live(way, log, now)
        planned = days_ahead(way, log, morning)
        lived.broken += broken_promises(log, morning, planned, lived.decisions)
        run = next((d for d in planned if d.date == day and d.kind == "run"), None)
        dose = run.dose if run and isinstance(run.dose, RunDose) else None
        ran = runner.run(day, dose, log.longest_before(day, 30) or 0.0)
        walk = next((d for d in planned if d.date == day and d.kind == "walk"), None)
        _write(log, runner, day, ran, walked=walk is not None)
        now, made = live(way, log, now)
        lived.decisions += made
        lived.states[now.state] = lived.states.get(now.state, 0) + 1
        if now.state == "running" and first_run is None:
            first_run = day
        if now.state == "returned" and first_run is not None:
            lived.weeks = (day - first_run).days / 7
            break
    again, decisions = replay(way, log, START, now.day)
    if (again, list(decisions)) != (now, lived.decisions):
        lived.broken.append(f"{now.day}: the replay came to another place")
    return lived


def broken_promises(
    log: Log, now: Standing, planned: tuple[PlanDay, ...], decisions: list[Decision]
) -> list[str]:
    """Return what a plan broke of what every plan promises; written without the engine's own sums."""
    broken = []
    runs = [day for day in planned if day.kind == "run" and isinstance(day.dose, RunDose)]
    asked = log.screened(now.day)
    if runs and (asked is None or (asked.running == "stop" and not log.cleared(asked.on, now.day))):
        broken.append(f"{now.day}: a run while the screening says stop")
    for run in runs:
        dose = run.dose
        if not isinstance(dose, RunDose) or dose.distance_m is None:
            continue
        back = [run.date - timedelta(days=n) for n in range(1, 31)]
        longest = max(
            (s.distance_m or 0.0 for d in back if d in log.runs for s in log.runs[d].sessions), default=0.0
        )
        if dose.distance_m > 1.10 * longest + 1e-6:
            broken.append(f"{now.day}: {run.date} beyond 1.10 times the longest of 30 days")
    ill = log.diary.get(now.day - timedelta(days=1))
    if ill is not None and ill.illness and any(run.date == now.day for run in runs):
        broken.append(f"{now.day}: a run on a day of illness")
    broken += _harder_after_pain(now, runs, decisions)
    return broken


def _harder_after_pain(now: Standing, runs: list[PlanDay], decisions: list[Decision]) -> list[str]:
    """Check that nothing planned after a step back asks for more than before it."""
    last = next((d for d in reversed(decisions) if d.decision in {"advance", "regress"}), None)
    if last is None or last.decision != "regress" or not runs or now.since > last.date:
        return []
    names = [f"S{n}" for n in range(10)]
    if names.index(runs[0].stage or "S0") > names.index(last.before or "S0"):
        return [f"{now.day}: a higher stage after a step back"]
    return []


def _clinic(log: Log, runner: Returner, way: Way, day: date) -> None:
    """Let the questions be asked and clinicians speak."""
    n, habits = (day - runner.start).days, runner.habits
    cleared = habits.stopped_from + habits.stopped_days
    if n in {0, habits.stopped_from}:
        stop = runner.stopped(day)
        rule = "possible-bone-stress-injury" if stop else ""
        log.screenings.append(Screened(day, "stop" if stop else "continue", rule))
    # A sign in the diary that stopped running is looked at by a clinician within three weeks.
    seen = n == cleared or (n % 21 == 20 and not runner.stopped(day))
    if seen:
        log.words.append(Passed("clinician", day, "clinician"))
    if seen or (n == 0 and not runner.stopped(day)):
        gates = way.rules.gates_of(way.profile)
        log.words += [Passed(gate.id, day, gate.by) for gate in gates if gate.kind == "word" and gate.needed]


def _write(log: Log, runner: Returner, day: date, ran: Ran | None, *, walked: bool) -> None:
    if ran is not None:
        done = SessionDone(
            f"{day}", day, ran.run_s, ran.walk_s, ran.longest_run_s, ran.distance_m, ran.ascent_m, ran.fast_m
        )
        log.runs[day] = DayDone(day, (done,))
    entry = runner.entry(day, ran)
    if walked:
        log.walks[day] = SessionDone(f"{day}w", day, 0.0, 1800.0, 0.0, 2700.0)
        if runner.habits.told:
            entry = replace(
                entry, pain_during_nprs=entry.pain_daily_nprs, pain_next_morning_nprs=entry.pain_daily_nprs
            )
    log.diary[day] = entry


def _former(rng: np.random.Generator) -> FormerWeek:
    """Draw a week before the pain: 15 to 130 km in three to seven runs."""
    week = float(np.exp(rng.uniform(np.log(15_000), np.log(130_000))))
    runs = int(np.clip(round(week / 14_000) + rng.integers(0, 2), 3, 7))
    longest = week * max(1 / runs, rng.uniform(0.25, 0.4))
    others = rng.dirichlet(np.full(runs - 1, 20.0)) * (week - longest)
    lengths = sorted([longest, *np.minimum(others, longest).tolist()], reverse=True)
    return FormerWeek(
        tuple(lengths), float(rng.uniform(3, 25)), float(rng.uniform(0.0, 0.15) * week), int(rng.integers(7))
    )


def _before(way: Way, former: FormerWeek) -> Log:
    """Return a log with three weeks of the runs before the pain."""
    log = Log()
    for n in range(21):
        day = way.onset - timedelta(days=n + 1)
        metres = former.runs_m[n % len(former.runs_m)]
        done = SessionDone(f"{day}", day, metres / 2.9, 0.0, metres / 2.9, metres, 0.0, 0.0)
        log.runs[day] = DayDone(day, (done,))
    return log


def _shifted(habits: Habits, rng: np.random.Generator) -> Habits:
    """Let what happens once happen at another time for each runner."""
    later = int(rng.integers(0, 60))
    moved = {
        name: getattr(habits, name) + later
        for name in ("away_from", "stopped_from")
        if 0 < getattr(habits, name) < LONGEST_DAYS
    }
    return replace(habits, **moved)
