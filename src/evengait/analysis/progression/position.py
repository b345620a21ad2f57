"""Where on the way: the ladder's stages, then one variable a step. A step back takes the last one away again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evengait.core.language import Said
from evengait.core.plan import RunDose

if TYPE_CHECKING:
    from evengait.analysis.progression.former import FormerWeek
    from evengait.core.progression import PainProfile, Progression

    Former = FormerWeek | None


@dataclass(frozen=True)
class Position:
    """One place on the way.

    Attributes
    ----------
    stage : str
        Of the ladder, or of the build-up.
    runs_a_week : int
        0 on the ladder, where runs fall every other day.
    longest_m : float
        Most metres of one run; 0 on the ladder, which is bounded by time.
    hills, speed : int
        Steps of each that are back.
    """

    stage: str
    runs_a_week: int = 0
    longest_m: float = 0.0
    hills: int = 0
    speed: int = 0

    @property
    def on_ladder(self) -> bool:
        """True up to the last stage of walking and running."""
        return self.runs_a_week == 0


@dataclass(frozen=True)
class Step:
    """A step forward and what it raises: ``running``, ``runs``, ``distance``, ``hills`` or ``speed``."""

    to: Position
    variable: str


VARIABLES = Said({
    "running": "running time", "runs": "the number of runs", "distance": "distance", "hills": "hills",
    "speed": "speed",
})  # fmt: skip


def first_position(rules: Progression) -> Position:
    """Return the first stage with running in it."""
    return Position(rules.stages[0].name)


def next_step(
    rules: Progression, at: Position, former: Former, *, share: float, longest_run_m: float, free: bool
) -> Step | None:
    """Return the next step, None where nothing is left to raise.

    Parameters
    ----------
    former : FormerWeek or None
        None = not known: distance rises, hills and speed wait.
    share : float
        Of the former week's distance, as really run in seven days.
    longest_run_m : float
        Longest run really done lately: the base of the next longest.  [m]
    free : bool
        False: hills and speed wait for the screening.
    """
    names = [stage.name for stage in rules.stages]
    if at.on_ladder and at.stage != names[-1]:
        return Step(Position(names[names.index(at.stage) + 1]), "running")
    build = rules.build
    if at.on_ladder:
        runs = min(build.runs_a_week, len(former.runs_m)) if former else build.runs_a_week
        base = min(longest_run_m, former.runs_m[0]) if former else longest_run_m
        at = Position(build.stages[0], runs, base)
    if free and former and share >= build.hills_from and at.hills < hill_steps(rules, former):
        return Step(replace(at, stage=build.stages[1], hills=at.hills + 1), "hills")
    hills_done = bool(former) and at.hills >= hill_steps(rules, former)
    if free and former and hills_done and share >= build.speed_from and at.speed < speed_steps(rules, former):
        return Step(replace(at, stage=build.stages[2], speed=at.speed + 1), "speed")
    if former and at.runs_a_week < len(former.runs_m):
        return Step(replace(at, runs_a_week=at.runs_a_week + 1), "runs")
    if former and at.longest_m >= former.runs_m[0]:
        return None
    longest = build.longest_rise * min(at.longest_m, longest_run_m)
    longest = min(longest, former.runs_m[0]) if former else longest
    return Step(replace(at, longest_m=max(longest, at.longest_m)), "distance")


def hill_steps(rules: Progression, former: Former) -> int:
    """Return how many steps hills need: none where the former week was flat or its climb is not known."""
    climb = former.climb_m_per_km if former else None
    return 0 if climb is None or climb <= rules.build.flat_m_per_km else len(rules.build.hills_steps)


def speed_steps(rules: Progression, former: Former) -> int:
    """Return how many steps speed needs: none where the former week's fast distance is not known, or nothing."""
    return len(rules.build.speed_steps) if former and former.fast_m else 0


def all_back(rules: Progression, at: Position, former: Former) -> bool:
    """Tell whether nothing is left to raise."""
    return (
        former is not None
        and not at.on_ladder
        and at.runs_a_week >= len(former.runs_m)
        and at.longest_m >= rules.build.returned_share * former.runs_m[0]
        and at.hills >= hill_steps(rules, former)
        and at.speed >= speed_steps(rules, former)
    )


def sessions_needed(rules: Progression, at: Position, profile: PainProfile) -> int:
    """Return the runs in a row, inside the profile, that a place asks for."""
    stage = next((s for s in rules.stages if s.name == at.stage), None)
    if stage is None:
        return max(profile.sessions, round(rules.build.sessions_share * at.runs_a_week))
    return max(profile.sessions, stage.sessions or 0)


def climb_rate(rules: Progression, at: Position, former: Former) -> float:
    """Return the most metres of climb per kilometre that a place allows."""
    build, usual = rules.build, former.climb_m_per_km if former else None
    if usual is None:
        return build.flat_m_per_km
    share = build.hills_steps[at.hills - 1] if at.hills else build.hills_before
    return max(build.flat_m_per_km, share * usual)


def fast_week_m(rules: Progression, at: Position, former: Former) -> float:
    """Return the metres of fast running that a place allows in a week."""
    if not at.speed or former is None or former.fast_m is None:
        return 0.0
    return rules.build.speed_steps[at.speed - 1] * former.fast_m


def ladder_dose(rules: Progression, at: Position, profile: PainProfile) -> RunDose:
    """Return what a run on the ladder asks for."""
    stage = next(stage for stage in rules.stages if stage.name == at.stage)
    return RunDose(stage.repeats, stage.walk_s, stage.run_s, fast_m=0.0, stop_above_nprs=profile.during_max)


def week_doses(at: Position, former: Former) -> tuple[float, ...]:
    """Return the distances of a week's runs after the ladder, longest first.

    Each is the former week's run of that rank, cut to the longest that is back.
    """
    if former is None:
        return (at.longest_m,) * at.runs_a_week
    return tuple(min(metres, at.longest_m) for metres in former.runs_m[: at.runs_a_week])
