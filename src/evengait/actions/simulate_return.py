"""Live a way back to running with a made-up runner, and check every day what no plan may do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from evengait.analysis.progression.calendar import days_ahead
from evengait.analysis.progression.done import DayDone, SessionDone
from evengait.analysis.progression.former import FormerWeek
from evengait.analysis.progression.journey import live, replay
from evengait.analysis.progression.judge import Way
from evengait.analysis.progression.log import Log, Screened
from evengait.analysis.progression.standing import begin
from evengait.analysis.strength.spacing import heavy_dates
from evengait.core.plan import RunDose
from evengait.core.plan_record import Passed
from evengait.knowledge.strength_book import strength_block
from evengait.simulation.returning import KINDS, Habits, Returner

if TYPE_CHECKING:
    from evengait.analysis.progression.standing import Standing
    from evengait.core.plan import Decision, PlanDay
    from evengait.core.progression import Progression
    from evengait.core.strength_block import StrengthBlock
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
    profile: str
    former: FormerWeek
    started: date
    weeks: float | None = None
    states: dict[str, int] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def simulate_return(
    rules: Progression, seed: int, kind: str, *, profile: str | None = None, days: int = LONGEST_DAYS
) -> Lived:
    """Live one made-up runner's way back.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    profile : str, optional
        Pain profile; None = drawn.
    days : int
        At most.

    Returns
    -------
    Lived
        The same for the same seed.
    """
    rng = np.random.default_rng([seed, 5])
    former = _former(rng)
    drawn = list(rules.profiles)[int(rng.integers(len(rules.profiles)))]
    way = Way(rules, rules.profiles[profile or drawn], former, START - timedelta(days=20))
    runner = Returner(_shifted(KINDS[kind], rng), START, seed)
    log = _before(way, former)
    lived = Lived(kind, way.profile.id, former, START)
    watch = Watch(strength_block())
    now, first_run = begin(way, START), None
    for n in range(days):
        day = START + timedelta(days=n)
        _clinic(log, runner, way, day)
        # The morning's plan: with yesterday's diary, before today's run.
        morning, heard = live(way, log, now)
        watch.heed(heard)
        planned = days_ahead(way, log, morning)
        lived.broken += watch.look(log, morning, planned)
        run = next((d for d in planned if d.date == day and d.kind == "run"), None)
        dose = run.dose if run and isinstance(run.dose, RunDose) else None
        ran = runner.run(day, dose, log.longest_before(day, 30) or 0.0)
        _write(log, runner, day, ran, walked=any(d.date == day and d.kind == "walk" for d in planned))
        evening, made = live(way, log, now)
        watch.heed(made)
        lived.broken += watch.step(now, evening, made)
        now = evening
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


@dataclass
class Watch:
    """Looks at every plan for what no plan may do; written without the engine's own sums.

    Attributes
    ----------
    block : StrengthBlock
        Whose heavy days must find room beside the runs.
    most : dict of unit to float
        After a step back: the hardest that was planned before it, in metres and in seconds of running.
    last : tuple of RunDose
        What was planned last.
    """

    block: StrengthBlock
    most: dict[str, float] = field(default_factory=dict)
    last: tuple[RunDose, ...] = ()

    def look(self, log: Log, now: Standing, planned: tuple[PlanDay, ...]) -> list[str]:
        """Return what the plan of one morning breaks."""
        runs = [(day, day.dose) for day in planned if day.kind == "run" and isinstance(day.dose, RunDose)]
        broken = []
        asked = log.screened(now.day)
        if runs and (asked is None or (asked.running == "stop" and not log.cleared(asked.on, now.day))):
            broken.append("a run while the screening says stop")
        for day, dose in runs:
            if dose.distance_m is not None and dose.distance_m > 1.10 * _longest(log, day.date) + 1e-6:
                broken.append("a run beyond 1.10 times the longest of 30 days")
            if any(size > self.most.get(unit, size) + 1e-6 for unit, size in _sizes(dose)):
                broken.append("a harder run after a step back")
        self.last = tuple(dose for _, dose in runs)
        before = log.diary.get(now.day - timedelta(days=1))
        if before is not None and before.illness and any(day.date == now.day for day, _ in runs):
            broken.append("a run after a day of illness")
        if now.day.weekday() == 0:
            broken += self._apart(now.day, {day.date: day.hard for day, _ in runs})
        return [f"{now.day}: {what}" for what in broken]

    def heed(self, made: list[Decision]) -> None:
        """Keep in mind what was planned before a step back, until the next step forward."""
        kinds = {decision.decision for decision in made}
        if "advance" in kinds:
            self.most = {}
        if "regress" in kinds:
            for dose in self.last:
                for unit, size in _sizes(dose):
                    self.most[unit] = max(size, self.most.get(unit, 0.0))

    def step(self, was: Standing, now: Standing, made: list[Decision]) -> list[str]:
        """Return what a day's decisions break: more than one thing that goes up."""
        kinds = {decision.decision for decision in made}
        one, two = was.at, now.at
        if (
            "advance" not in kinds
            or one is None
            or two is None
            or one.on_ladder
            or len(now.path) < len(was.path)
        ):
            return []
        changed = [
            n for n in ("runs_a_week", "longest_m", "hills", "speed") if getattr(one, n) != getattr(two, n)
        ]
        if len(changed) > 1 or (len(was.path) < len(now.path) and len(changed) != 1):
            return [f"{now.day}: {len(changed)} things went up at once"]
        return []

    def _apart(self, today: date, hard: dict[date, bool]) -> list[str]:
        """Look for heavy days beside the runs of two weeks: there must be some, and they must be apart."""
        if not hard:
            return []
        heavy = heavy_dates(self.block.apart, hard, [], today, 4, self.block.sessions_a_week)
        heavy = [day for day in heavy if day < today + timedelta(days=14)]
        broken = [] if len(heavy) >= 2 else ["no room for strength beside the runs"]
        if any((b - a).days < 2 for a, b in pairwise(heavy)):
            broken.append("heavy days less than 48 hours apart")
        if any(hard.get(day) or hard.get(day - timedelta(days=1)) for day in heavy):
            broken.append("heavy lifting on the day of a hard run or the day after")
        return broken


def _longest(log: Log, day: date) -> float:
    """Return the metres of the longest session of the 30 days before a date."""
    back = [date.fromordinal(day.toordinal() - n) for n in range(1, 31)]
    return max(
        (s.distance_m or 0.0 for d in back if d in log.runs for s in log.runs[d].sessions), default=0.0
    )


def _sizes(dose: RunDose) -> tuple[tuple[str, float], ...]:
    return (("m", dose.distance_m),) if dose.distance_m is not None else (("s", float(dose.running_s)),)


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
