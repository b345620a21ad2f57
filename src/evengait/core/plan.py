"""A plan as it stands today: its state, the days to come, what was decided so far; for exports and pages alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evengait.core.errors import UsageError
from evengait.core.language import say
from evengait.core.strength_dose import ExerciseDose, StrengthDose

if TYPE_CHECKING:
    import datetime as dt

__all__ = [
    "DECISIONS", "KINDS", "STATES", "Decision", "ExerciseDose", "Plan", "PlanDay", "RunDose", "StrengthDose",
]  # fmt: skip

STATES = ("blocked", "preparing", "running", "returned")
DECISIONS = ("advance", "hold", "regress", "refer")
KINDS = ("run", "walk", "strength", "rest")


@dataclass(frozen=True)
class RunDose:
    """What a run or a walk asks for. Every bound is an upper one: less is always allowed.

    Attributes
    ----------
    repeats : int
        How often walk and run follow each other; 1 = one walk, or one run, without a break.
    walk_s, run_s : int
        Seconds walked, then run, in each repeat; 0 = none. Both 0: the run is bounded by ``distance_m`` alone.
    distance_m : float or None
        Longest distance [m]; None = bounded by time.
    climb_m : float or None
        Most metres of climb; None = the plan says nothing of it.
    fast_m : float or None
        Most metres faster than the runner's own threshold; None = the plan says nothing of it.
    stop_above_nprs : float or None
        Pain above which to stop and walk home, 0 to 10.

    Examples
    --------
    >>> RunDose(repeats=6, walk_s=180, run_s=120).total_s
    1800
    """

    repeats: int = 1
    walk_s: int = 0
    run_s: int = 0
    distance_m: float | None = None
    climb_m: float | None = None
    fast_m: float | None = None
    stop_above_nprs: float | None = None

    @property
    def total_s(self) -> int | None:
        """Seconds from start to end; None where distance alone bounds the run."""
        return self.repeats * (self.walk_s + self.run_s) or None

    @property
    def running_s(self) -> int:
        """Seconds of running; 0 where distance alone bounds the run."""
        return self.repeats * self.run_s

    def to_json(self) -> dict[str, Any]:
        """Return the prescription of ``plan --json``."""
        whole = {"repeats": self.repeats, "walk_s": self.walk_s, "run_s": self.run_s}
        bounds = {
            "distance_m": self.distance_m, "climb_m": self.climb_m, "fast_m": self.fast_m,
            "stop_above_nprs": self.stop_above_nprs,
        }  # fmt: skip
        return whole | bounds


@dataclass(frozen=True)
class PlanDay:
    """One entry of the calendar; a date may hold a run and a strength entry, a rest entry stands alone.

    Attributes
    ----------
    date : date
        Local date.
    kind : {"run", "walk", "strength", "rest"}
    why : str
        One plain sentence: why this, why today.
    dose : RunDose, StrengthDose or None
        None = rest.
    stage : str or None
        Stage of the ladder, for runs and walks.
    title : str
        A few words for a calendar or a watch, such as ``6 × (walk 3 min, run 2 min)``.
    hard : bool
        A long, hilly or fast run, or heavy lifting: hard days of the two kinds are kept apart.
    provisional : bool
        True where the entry holds only if the runs before it go well; not for the watch yet.

    Raises
    ------
    UsageError
        The kind is not known.
    """

    date: dt.date
    kind: str
    why: str
    dose: RunDose | StrengthDose | None = None
    stage: str | None = None
    title: str = ""
    hard: bool = False
    provisional: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UsageError(say("A day of a plan is one of: {join}.", join=", ".join(KINDS)))

    def to_json(self) -> dict[str, Any]:
        """Return one day of ``plan --json``."""
        return {
            "date": self.date.isoformat(), "kind": self.kind, "stage": self.stage,
            "prescription": self.dose.to_json() if self.dose else None, "title": self.title, "why": self.why,
            "hard": self.hard, "provisional": self.provisional,
        }  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """What the plan decided, when, why, and by which rule of which version.

    Attributes
    ----------
    date : date
        Local date on which it could be known.
    decision : {"advance", "hold", "regress", "refer"}
    because : tuple of str
        Plain sentences.
    rule, version : str
        Id of the rule, version of the progression it stands in.
    evidence : tuple of str
        Ids of ``knowledge/evidence``.
    run_on : date or None
        The run it is about; None = not about a run.
    before, after : str
        Where the plan stood before and after, in words such as ``S2``.
    """

    date: dt.date
    decision: str
    because: tuple[str, ...]
    rule: str
    version: str
    evidence: tuple[str, ...] = ()
    run_on: dt.date | None = None
    before: str = ""
    after: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return one decision of ``plan --json``."""
        return {
            "date": self.date.isoformat(), "decision": self.decision, "because": list(self.because),
            "evidence": list(self.evidence), "rule": self.rule, "version": self.version,
            "run_on": self.run_on.isoformat() if self.run_on else None, "before": self.before, "after": self.after,
        }  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A plan on one day.

    Attributes
    ----------
    today : date
        Local date it was worked out for.
    state : {"blocked", "preparing", "running", "returned"}
    stage : str
        Where on the ladder.
    days : tuple of PlanDay
        Today and what follows, by date.
    decisions : tuple of Decision
        Oldest first.
    blocked_by : str or None
        Id of the rule that stops running; None unless ``blocked``.
    because : tuple of str
        Plain sentences: why it stands so.
    ask : tuple of str
        What the plan would need to know; plain questions.
    progression, version, status : str
        The rules it is pinned to, and whether a clinician has reviewed them.
    caveats : tuple of str
        What must be read with it.

    Raises
    ------
    UsageError
        The state is not known, or a run stands in a plan that may hold none.
    """

    today: dt.date
    state: str
    stage: str
    days: tuple[PlanDay, ...]
    decisions: tuple[Decision, ...]
    progression: str
    version: str
    status: str
    blocked_by: str | None = None
    because: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise UsageError(say("The state of a plan is one of: {join}.", join=", ".join(STATES)))
        if self.state in {"blocked", "preparing"} and any(day.kind == "run" for day in self.days):
            raise UsageError("A plan that is blocked, or whose gates are not met, holds no run.")

    def to_json(self) -> dict[str, Any]:
        """Return the document of ``plan --json``."""
        return {
            "today": self.today.isoformat(), "state": self.state, "blocked_by": self.blocked_by,
            "stage": self.stage, "because": list(self.because), "ask": list(self.ask),
            "days": [day.to_json() for day in self.days],
            "decisions": [decision.to_json() for decision in self.decisions],
            "progression": self.progression, "version": self.version, "status": self.status,
            "caveats": list(self.caveats),
        }  # fmt: skip
